/**
 * The PDFKit document of the pack: PDF/A-3a and PDF/UA-1 in one file, tagged, fonts embedded, no host time.
 * ISO 19005-3; ISO 14289-1, "Identification" (the extension schema is what PDF/A asks for when a file also says it is PDF/UA).
 */
import PDFDocument from 'pdfkit'

export interface PackInfo {
  readonly title: string
  readonly subject: string
  /** Seconds since 1970 in UTC; the same inputs give the same bytes. */
  readonly created: number
}

export class PackDocument extends PDFDocument {
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
