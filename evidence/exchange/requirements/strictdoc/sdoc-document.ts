/** What stands in one StrictDoc file: nodes with their fields and relations, in the order of the file. StrictDoc user guide, "SDoc Syntax". */

export interface SdocField {
  readonly name: string
  readonly value: string
  readonly line: number
}

export interface SdocRelation {
  /** `Parent`, `Child`, `File` in the files seen; any other word is reported by the reader. */
  readonly type: string
  /** `VALUE`, or `PATH` of a file. */
  readonly target: string
  readonly role: string
  readonly line: number
}

export interface SdocNode {
  readonly tag: string
  readonly line: number
  readonly fields: SdocField[]
  readonly relations: SdocRelation[]
  /** The composite node around it. */
  readonly within: SdocNode | undefined
}

export interface SdocDocument {
  readonly file: string
  /** Fields of the document itself: TITLE, VERSION, UID, OPTIONS ... */
  readonly fields: readonly SdocField[]
  readonly nodes: readonly SdocNode[]
  readonly grammar: SdocGrammar | undefined
  /** `IMPORT_FROM_FILE` of its grammar. */
  readonly importedGrammar: SdocField | undefined
  /** `[DOCUMENT_FROM_FILE]`. */
  readonly included: readonly SdocField[]
}

/** Elements by tag. */
export type SdocGrammar = ReadonlyMap<string, SdocElement>

export interface SdocElement {
  readonly fields: ReadonlyMap<string, SdocGrammarField>
  /** `Parent`, `Parent:Refines`. */
  readonly relations: ReadonlySet<string>
}

export interface SdocGrammarField {
  readonly required: boolean
  /** Undefined: any text. */
  readonly choices: readonly string[] | undefined
  readonly several: boolean
}

/** First field of that name; empty: there is none. */
export function fieldOf(fields: readonly SdocField[], name: string): string {
  return fields.find((field) => field.name === name)?.value ?? ''
}
