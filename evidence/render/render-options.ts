/** What a report needs beside the assurance case itself: where it came from and how it is to look. */
export interface RenderOptions {
  /** Files the case was made from, in the order they are printed. */
  readonly inputs: readonly InputFile[]
  /** SHA-256 over the inputs, 64 hexadecimal digits; its beginning stands on every page. */
  readonly packDigest: string
  /** A user's folder of templates, over those of the project. */
  readonly templates?: string
  /** Machine-readable data inside the PDF. */
  readonly attachments?: readonly Attachment[]
  /** Date written into the PDF, in seconds since 1970 (`SOURCE_DATE_EPOCH`); default: a constant, so that equal inputs give equal bytes. */
  readonly created?: number
  /** Takes one line about what the reader of a document should know before he opens it. */
  readonly tell?: (line: string) => void
}

export interface InputFile {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

/** A file inside the PDF. ISO 19005-3 allows any; each says what it is to the document. */
export interface Attachment {
  readonly name: string
  readonly mediaType: string
  readonly description: string
  readonly relationship: 'Source' | 'Data'
  readonly bytes: Uint8Array
}

/** 2000-01-01T00:00:00Z: a date nobody takes for that of the run. */
export const constantDate = 946_684_800
