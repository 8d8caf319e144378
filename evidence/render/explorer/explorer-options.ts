import type { FlowDiagram } from '../../items/flow-diagram.js'

/** What an explorer may show beyond the traced set itself; all of it optional, none of it judged. */
export interface ExplorerOptions {
  /** Folder of templates whose theme the page wears; null: the project's own. */
  readonly templates?: string
  /** Text of a module by its path, to stand beside its hits; undefined: the text is not at hand. */
  readonly sourceText?: (path: string) => string | undefined
  /** Flows of configured systems, to be drawn. */
  readonly flows?: readonly FlowDiagram[]
}
