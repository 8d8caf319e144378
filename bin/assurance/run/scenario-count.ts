/** How far a run has come, from the messages it has written so far. Counts alone: the verdicts are read when the run is over. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'

const PICKLE = '{"pickle":'
const FINISHED = '{"testCaseFinished":'

/** What begins a line is kept until the line is long enough to tell. */
const HEAD = Math.max(PICKLE.length, FINISHED.length)
const CHUNK = 1 << 16

export interface RunCounts {
  readonly finished: number
  /** Scenarios of the run; 0: not known yet. */
  readonly total: number
}

/** Every shard lists all scenarios and runs its part of them. */
export class ScenarioCount {
  private readonly files: readonly GrowingFile[]

  constructor(paths: readonly string[]) {
    this.files = paths.map((path) => new GrowingFile(path))
  }

  /** Reads what was added since the last call. */
  read(): RunCounts {
    for (const file of this.files) file.readOn()
    return {
      finished: this.files.reduce((sum, { finished }) => sum + finished, 0),
      total: Math.max(0, ...this.files.map(({ pickles }) => pickles)),
    }
  }
}

class GrowingFile {
  pickles = 0
  finished = 0
  private offset = 0
  private head = ''

  constructor(private readonly path: string) {}

  readOn(): void {
    if (!existsSync(this.path)) return
    const handle = openSync(this.path, 'r')
    try {
      const { size } = fstatSync(handle)
      const chunk = Buffer.alloc(CHUNK)
      while (this.offset < size) {
        const read = readSync(handle, chunk, 0, CHUNK, this.offset)
        if (read === 0) return
        this.offset += read
        this.take(chunk.toString('latin1', 0, read))
      }
    } finally {
      closeSync(handle)
    }
  }

  private take(text: string): void {
    const [rest = '', ...lines] = text.split('\n')
    this.grow(rest)
    for (const line of lines) {
      this.head = ''
      this.grow(line)
    }
  }

  /** Counts a line once, when enough of it is there. */
  private grow(text: string): void {
    if (this.head.length >= HEAD) return
    const before = this.head
    this.head = (before + text).slice(0, HEAD)
    const begins = (mark: string) => this.head.startsWith(mark) && !before.startsWith(mark)
    if (begins(PICKLE)) this.pickles++
    if (begins(FINISHED)) this.finished++
  }
}
