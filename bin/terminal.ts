/**
 * What a command writes to the terminal. Text that others made (scenario names, console output, file names, messages of a
 * dependency) may carry escape sequences and bidirectional controls: it is made visible before it is printed.
 */
import { TimeLeft } from './time-left.js'

/** C0 but tab and newline, DEL, C1, and the controls that reorder, hide or imitate text (Unicode Standard, "Bidirectional Algorithm"). */
// eslint's no-control-regex forbids writing the range as a literal, and it is right: nobody could read it.
const CONTROLS = new RegExp(
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]',
  'gu',
)

/** Control characters as `\u{1b}`: they are shown, not obeyed. */
export function visible(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** The first line of a message, visible and of bearable length. */
export function oneLine(text: string, limit = 600): string {
  const line = visible(text.split(/\r?\n/u, 1)[0] ?? '')
  return line.length > limit ? `${line.slice(0, limit)} ...` : line
}

export type Progress = (line: string, done?: number) => void

/** The two streams of a command; a reader that goes away (`| head`) is no failure of it. */
export interface Terminal {
  /** The answer. */
  readonly out: (text: string) => void
  /** What is being done, a line each. `done`: share of work of known size that is behind, 0 to 1; the line then tells the time left. */
  readonly progress: Progress
  /** The reader of the answer has gone. */
  readonly closed: () => boolean
}

export interface TerminalStreams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** Seconds since the command began; progress lines carry them. */
  readonly elapsed: () => number
}

export function openTerminal({ stdout, stderr, elapsed }: TerminalStreams): Terminal {
  let closed = false
  const timeLeft = new TimeLeft()
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      if (stream === stdout) closed = true
    })
  }
  return {
    out: (text) => {
      if (!closed) stdout.write(text)
    },
    progress: (line, done) => {
      const at = elapsed()
      const left = done === undefined ? undefined : timeLeft.after(at, done)
      const end = left === undefined ? '' : `, about ${Math.max(1, Math.round(left))} s left`
      stderr.write(`${at.toFixed(1).padStart(6)} s  ${oneLine(line)}${end}\n`)
    },
    closed: () => closed,
  }
}
