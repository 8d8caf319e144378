/**
 * The shape of a command, and how its options are read. Options by node:util parseArgs; `--help` is every command's and is
 * derived from the same data, so that what is listed is what is accepted.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Terminal } from './terminal.js'

/** 0 good; 1 ran, and the answer is no; 2 misuse, refused input or defect. */
export type ExitCode = 0 | 1 | 2

export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
  readonly short?: string
  /** What stands for the value in the help text: `--out DIR`. */
  readonly value?: string
  readonly help: string
}

export interface Command {
  readonly name: string
  readonly summary: string
  readonly usage: string
  readonly options: Readonly<Record<string, CommandOption>>
  /** How many operands it takes at most; the rest is refused. */
  readonly operands: number
  /** @returns the exit status; `machine` alone answers with one of its own, the status the program ended with. */
  run(invocation: Invocation, terminal: Terminal): Promise<number>
}

/** Misuse of the command line: one line with the remedy, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'usage'
}

/** What stood on the command line, read. */
export class Invocation {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    readonly operands: readonly string[],
  ) {}

  flag(name: string): boolean {
    return this.values[name] === true
  }

  text(name: string): string | undefined {
    const value = this.values[name]
    return typeof value === 'string' ? value : undefined
  }

  list(name: string): readonly string[] {
    const value = this.values[name]
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  }

  /** A whole number in the range, or the default. */
  integer(name: string, fallback: number, { least, most }: { readonly least: number; readonly most: number }): number {
    const text = this.text(name)
    if (text === undefined) return fallback
    const value = /^\d{1,15}$/u.test(text) ? Number(text) : NaN
    if (value >= least && value <= most) return value
    throw new UsageError(`--${name} ${JSON.stringify(text)}: not a whole number from ${least} to ${most}`)
  }

  choice<T extends string>(name: string, fallback: T, choices: readonly T[]): T {
    const text = this.text(name)
    if (text === undefined) return fallback
    const found = choices.find((choice) => choice === text)
    if (found !== undefined) return found
    throw new UsageError(`--${name} ${JSON.stringify(text)}: not one of ${choices.join(', ')}`)
  }
}

/** @throws UsageError for an unknown option, a missing value or an operand too many; `--help` is answered before any of that. */
export function parseInvocation(command: Command, args: readonly string[]): Invocation | 'help' {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  if (own.includes('--help') || own.includes('-h')) return 'help'
  const parsed = parseOptions(command, args)
  const surplus = parsed.positionals[command.operands]
  if (surplus !== undefined) throw misuse(command, `unexpected operand ${JSON.stringify(surplus)}`)
  return new Invocation(parsed.values, parsed.positionals)
}

function parseOptions(command: Command, args: readonly string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: parseArgsOptions(command), allowPositionals: true, strict: true })
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error
    // Node appends advice on `--` after the first sentence; ours is shorter.
    throw misuse(
      command,
      (error.message.split(/\. |\n/u, 1)[0] ?? error.message).replace(/^[A-Z]/u, (letter) => letter.toLowerCase()),
    )
  }
}

function parseArgsOptions(command: Command): NonNullable<ParseArgsConfig['options']> {
  const pick = ({ type, multiple = false, short }: CommandOption) => ({ type, multiple, ...(short === undefined ? {} : { short }) })
  return Object.fromEntries(Object.entries(command.options).map(([name, option]) => [name, pick(option)]))
}

export function misuse(command: Pick<Command, 'name'>, what: string): UsageError {
  return new UsageError(`${command.name}: ${what}; remedy: see "bulkhead ${command.name} --help"`)
}

export function helpOf(command: Command): string {
  const rows = Object.entries(command.options).map(([name, { value, help, short }]): [string, string] => [
    `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  ])
  rows.push(['-h, --help', 'this text'])
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  const lines = rows.map(([left, help]) => `  ${left.padEnd(width)}${help}`)
  return `Usage: bulkhead ${command.usage}\n\n${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.\n\nOptions:\n${lines.join('\n')}\n`
}
