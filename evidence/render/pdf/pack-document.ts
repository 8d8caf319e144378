/**
 * The PDFKit document of the pack: PDF/A-3a and PDF/UA-1 in one file, tagged, fonts embedded, no host time.
 * ISO 19005-3; ISO 14289-1, "Identification" (the extension schema is what PDF/A asks for when a file also says it is PDF/UA).
 */
import PDFDocument from 'pdfkit'
import type { Attachment } from '../render-options.js'
import { ByteChunks } from './byte-chunks.js'
import type { RawObject } from './raw-object.js'

export interface PackInfo {
  readonly title: string
  readonly subject: string
  /** Seconds since 1970 in UTC; the same inputs give the same bytes. */
  readonly created: number
}

interface Catalogue {
  readonly Pages: { readonly data: { readonly Kids: unknown[] } }
  readonly Names: { readonly data: { Dests: unknown } }
  readonly StructTreeRoot: { readonly data: { K?: RawObject; ParentTree: unknown; ParentTreeNextKey: number }; readonly id: number }
  PageLabels?: RawObject
}

/** What PDFKit keeps for the file, not in its type declarations. An object is numbered by its place among the offsets. */
interface FileState {
  readonly _offsets: (number | null)[]
  _offset: number
  _waiting: number
  readonly _root: { readonly data: Catalogue }
}

export class PackDocument extends PDFDocument {
  declare private chunks: ByteChunks | undefined

  constructor(info: PackInfo) {
    super({
      pdfVersion: '1.7',
      subset: 'PDF/A-3a',
      tagged: true,
      lang: 'en-GB',
      displayTitle: true,
      autoFirstPage: false,
      info: {
        Title: info.title,
        Subject: info.subject,
        Creator: 'Bulkhead',
        Producer: 'PDFKit',
        CreationDate: new Date(info.created * 1000),
      },
    })
    this.appendXML(uaIdentification)
  }

  /** The file so far. */
  get bytes(): ByteChunks {
    return (this.chunks ??= new ByteChunks())
  }

  /** PDFKit writes everything through here, its constructor included; strings end in a line feed. Not through its stream: that costs more than the layout. */
  _write(data: Uint8Array | string): void {
    const state = this as unknown as FileState
    if (typeof data === 'string') this.bytes.addText(`${data}\n`)
    else this.bytes.add(data)
    state._offset += data.length + (typeof data === 'string' ? 1 : 0)
  }

  /** Number of a new object that `writeObject` will write. */
  reserve(): number {
    const state = this as unknown as FileState
    state._waiting += 1
    return state._offsets.push(null)
  }

  writeObject(id: number, body: string): void {
    const state = this as unknown as FileState
    state._offsets[id - 1] = state._offset
    state._waiting -= 1
    this._write(`${id} 0 obj\n${body}\nendobj`)
  }

  /** `created` in seconds since 1970: the host's own dates would get into the file otherwise. */
  attach({ name, mediaType, description, relationship, bytes }: Attachment, created: number): void {
    const date = new Date(created * 1000)
    const options = { name, type: mediaType, description, relationship, creationDate: date, modifiedDate: date }
    this.file(Buffer.from(bytes), options)
  }

  /** Entries of the document catalogue and of what hangs from it. ISO 32000-1, "Document Catalog". */
  get catalogue(): FileState['_root']['data'] {
    return (this as unknown as FileState)._root.data
  }

  /** PDFKit copies the texts into XML as they are. Called once, by `end`, after the information dictionary was written. */
  override endMetadata(): void {
    const { info } = this
    for (const key of ['Title', 'Subject', 'Creator', 'Producer'] as const) info[key] = escapeXml(String(info[key]))
    super.endMetadata()
  }
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

const uaIdentification = `
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`
