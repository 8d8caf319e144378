/** A checked document together with the index of ids and the lines of its entries. */
import type { SourcePlace } from '../model/errors.js'
import type { IdIndex } from './id-index.js'
import type { YamlDocument, YamlPath } from './yaml-document.js'

export class Loaded<Shape> {
  constructor(
    private readonly document: YamlDocument,
    readonly value: Shape,
    readonly ids: IdIndex,
  ) {}

  at(path: YamlPath): SourcePlace {
    return { file: this.document.file, line: this.document.lineOf(path) }
  }

  /** Visits the entries of the list at `path`; `at` gives the place of a path within the entry. */
  each<Entry>(path: YamlPath, entries: readonly Entry[], visit: (entry: Entry, at: (inner: YamlPath) => SourcePlace) => void): void {
    entries.forEach((entry, i) => visit(entry, (inner) => this.at([...path, i, ...inner])))
  }
}
