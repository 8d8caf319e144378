/** `bulkhead machine --trace`: every instruction as a line, to a file or to standard output. */
import { closeSync, openSync, writeSync } from 'node:fs'
import type { BareMachine, BareMachineOptions } from '../../kernel/testbench/bare-machine.js'
import { traceRun } from '../../kernel/testbench/trace/trace-run.js'
import { UsageError, type CommandOption, type Invocation } from '../command.js'

export const TRACE_OPTIONS: Readonly<Record<string, CommandOption>> = {
  trace: { type: 'string', value: 'FILE', help: 'every instruction, what it wrote, and traps, to FILE; - is standard output' },
  'trace-limit': { type: 'string', value: 'N', help: 'so many instructions are traced (default 100000), then the program runs on' },
}

const DEFAULT_LIMIT = 100_000
const STANDARD_OUTPUT = 1
/** Characters written at once. */
const BLOCK = 1 << 16

export interface ChosenTrace {
  readonly file: string
  readonly most: number
}

export function readTrace(invocation: Invocation): ChosenTrace | undefined {
  const file = invocation.text('trace')
  const most = invocation.integer('trace-limit', DEFAULT_LIMIT, { least: 1, most: Number.MAX_SAFE_INTEGER })
  if (file === undefined && invocation.text('trace-limit') !== undefined)
    throw new UsageError('--trace-limit says how much --trace tells; give --trace FILE too')
  if (file !== undefined && (invocation.flag('interactive') || invocation.text('gdb') !== undefined))
    throw new UsageError('--trace cannot be given with --interactive or --gdb')
  return file === undefined ? undefined : { file, most }
}

export function traceTo(
  { file, most }: ChosenTrace,
  { machine, symbols, flush }: BareMachine,
  options: BareMachineOptions,
): ReturnType<typeof traceRun> {
  const descriptor = file === '-' ? STANDARD_OUTPUT : openFile(file)
  let waiting = ''
  const drain = (): void => {
    for (let bytes = Buffer.from(waiting); bytes.length > 0;) bytes = bytes.subarray(writeSync(descriptor, bytes))
    waiting = ''
  }
  const write = (line: string): void => {
    waiting += `${line}\n`
    if (waiting.length >= BLOCK) drain()
  }
  const stop = traceRun(machine, { symbols, most, maxInstructions: options.maxInstructions ?? Infinity, write })
  drain()
  flush()
  if (descriptor !== STANDARD_OUTPUT) closeSync(descriptor)
  return stop
}

function openFile(file: string): number {
  try {
    return openSync(file, 'w')
  } catch (error) {
    throw new UsageError(
      `--trace ${file}: cannot be written (${error instanceof Error ? error.message : String(error)}); name another file`,
    )
  }
}
