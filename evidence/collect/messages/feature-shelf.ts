/**
 * The Gherkin documents of a stream. Pickles follow their document, so one document at a time is held as an index; of the others the bytes
 * are kept, for streams that come back to them. Messages, GherkinDocument.
 */
import { FeatureIndex } from './feature-index.js'
import { JsonCursor } from '../json/json-cursor.js'

interface WrittenDocument {
  readonly bytes: Buffer
  readonly line: number
}

export class FeatureShelf {
  private readonly documents = new Map<string, WrittenDocument>()
  private readonly cursor: JsonCursor
  private openUri: string | undefined
  private openIndex = new FeatureIndex()

  constructor(file: string) {
    this.cursor = new JsonCursor(file)
  }

  /** At the value of `gherkinDocument`. */
  add(cursor: JsonCursor): void {
    const index = new FeatureIndex()
    let uri = ''
    const document = cursor.copyValue(() => (uri = index.read(cursor).replaceAll('\\', '/')))
    this.documents.set(uri, document)
    this.openUri = uri
    this.openIndex = index
  }

  /** An empty index where the stream holds no such document. */
  of(uri: string): FeatureIndex {
    if (uri === this.openUri) return this.openIndex
    const document = this.documents.get(uri)
    this.openUri = uri
    this.openIndex = document === undefined ? new FeatureIndex() : this.read(document)
    return this.openIndex
  }

  private read({ bytes, line }: WrittenDocument): FeatureIndex {
    const index = new FeatureIndex()
    this.cursor.start(bytes, 0, line)
    index.read(this.cursor)
    return index
  }
}
