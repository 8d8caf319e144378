/**
 * The Gherkin documents of a stream. Pickles follow their document, so one document at a time is held as an index; of the others it is
 * known where they stand, and a stream that comes back to one has it read again. Messages, GherkinDocument.
 */
import { EvidenceError } from '../../model/errors.js'
import { JsonCursor } from '../json/json-cursor.js'
import { FeatureIndex } from './feature-index.js'
import type { ReadAgain } from './message-file.js'

/** Where a document stands in the stream, in bytes, and on which line. */
interface Place {
  readonly start: number
  readonly end: number
  readonly line: number
}

export class FeatureShelf {
  private readonly places = new Map<string, Place>()
  private readonly cursor: JsonCursor
  private openUri: string | undefined
  private openIndex = new FeatureIndex()

  constructor(
    private readonly file: string,
    private readonly readAgain: ReadAgain,
  ) {
    this.cursor = new JsonCursor(file)
  }

  /** At the value of `gherkinDocument`. */
  add(cursor: JsonCursor): void {
    const index = new FeatureIndex()
    const start = cursor.position
    const uri = plainUri(index.read(cursor))
    this.places.set(uri, { start, end: cursor.position, line: cursor.place.line ?? 1 })
    this.openUri = uri
    this.openIndex = index
  }

  /** An empty index where the stream holds no such document. */
  of(uri: string): FeatureIndex {
    if (uri === this.openUri) return this.openIndex
    const place = this.places.get(uri)
    this.openUri = uri
    this.openIndex = place === undefined ? new FeatureIndex() : this.read(uri, place)
    return this.openIndex
  }

  /** @throws EvidenceError `unreadable-file` when the file is no longer what it was. */
  private read(uri: string, { start, end, line }: Place): FeatureIndex {
    const index = new FeatureIndex()
    const bytes = this.readAgain(start, end - start)
    this.cursor.start(Buffer.concat([bytes, Buffer.from('\n')]), 0, line)
    if (bytes.length === end - start && plainUri(index.read(this.cursor)) === uri) return index
    throw new EvidenceError('unreadable-file', { file: this.file, line }, 'changed while it was read', 'trace when the run has ended')
  }
}

function plainUri(uri: string): string {
  return uri.replaceAll('\\', '/')
}
