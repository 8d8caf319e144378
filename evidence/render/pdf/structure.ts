/**
 * Nodes of the logical structure of the PDF (what a screen reader follows), built by the layout and turned into structure elements
 * by the painter. ISO 32000-1, "Standard structure types"; ISO 14289-1 (PDF/UA-1).
 */
export type StructureType =
  | 'Document'
  | 'Sect'
  | 'Div'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'Caption'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'TOC'
  | 'TOCI'
  | 'Code'

export interface StructureNode {
  readonly type: StructureType
  readonly parent: StructureNode | null
  /** Of a header cell: what it heads. */
  readonly scope?: 'Column' | 'Row'
}

export function structureNode(type: StructureType, parent: StructureNode | null): StructureNode {
  return { type, parent }
}
