/** What an explorer may show beyond the traced set itself; all of it optional, none of it judged. */
export interface ExplorerOptions {
  /** Folder of templates whose theme the page wears; null: the project's own. */
  readonly templates?: string
  /** Text of a module by its path, to stand beside its hits; undefined: the text is not at hand. */
  readonly sourceText?: (path: string) => string | undefined
  /** Picture of the configured flows: an SVG file, shown as an image, so nothing in it can run. */
  readonly flows?: { readonly title: string; readonly text: string; readonly svg: string }
}
