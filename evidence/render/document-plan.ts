/**
 * A document as a sequence of chunks: which template prints what, in which order. HTML and PDF both follow it, so they cannot differ
 * in content. Chunks are made one at a time, so that a document of any length needs the memory of one.
 */
import type { Numbering } from './numbering.js'

export interface Part {
  readonly id: string
  /** `1`, `2` ...; empty for what stands before the contents. */
  readonly number: string
  readonly title: string
  /** Page of the HTML report it is on; parts of one page follow each other. */
  readonly page: string
}

export interface Chunk {
  readonly part: Part
  readonly template: string
  readonly context: object
  /** Stands before the table of contents of the PDF. */
  readonly front: boolean
}

export interface DocumentPlan {
  readonly title: string
  readonly subtitle: string
  /** Name and version of the system under test. */
  readonly system: string
  /** The source tree had uncommitted changes. */
  readonly dirty: boolean
  /** In print order, for navigation. */
  readonly parts: readonly Part[]
  readonly numbering: Numbering
  chunks(): Iterable<Chunk>
}
