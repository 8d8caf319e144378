/**
 * The terminal belongs to the machine: keys go to its console, its output to the screen as it comes. Model time keeps to the clock on the
 * wall, one nanosecond a cycle, so that a system that waits lets this host rest too. Times in milliseconds of the host.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { BareMachine } from '../../kernel/testbench/bare-machine.js'
import type { StopReason } from '../../kernel/testbench/computer.js'
import { ESCAPE_HELP, EscapeKey, type EscapeCommand } from './escape-key.js'
import { speedOf, type Speed } from './speed.js'

/** Between two looks at the keyboard. */
const SLICE_INSTRUCTIONS = 2_000_000
const SLICE_CYCLES = 20_000_000
const CYCLES_PER_MILLISECOND = 1_000_000
const LONGEST_SLEEP = 20

export interface InteractiveOptions {
  readonly stdin: NodeJS.ReadStream
  readonly input: (bytes: Uint8Array) => void
  readonly message: (line: string) => void
  readonly maxInstructions: number
  readonly now: () => number
}

/** @returns why the machine stopped; `undefined`: the user left. */
export async function attachTerminal(prepared: BareMachine, options: InteractiveOptions): Promise<StopReason | undefined> {
  const { stdin, input, message, now } = options
  const key = new EscapeKey()
  const speed = speedOf(prepared.machine, now)
  let left = false
  const obey = (command: EscapeCommand): void => {
    if (command === 'leave') left = true
    else message(command === 'help' ? ESCAPE_HELP : speed.line())
  }
  const typed = (bytes: Buffer): void => {
    const read = key.read(bytes)
    if (read.bytes.length > 0) input(read.bytes)
    read.commands.forEach(obey)
  }
  if (stdin.isTTY) stdin.setRawMode(true)
  stdin.on('data', typed)
  message(ESCAPE_HELP)
  try {
    return await runUntil(prepared, () => left, speed, options.maxInstructions)
  } finally {
    stdin.off('data', typed)
    if (stdin.isTTY) stdin.setRawMode(false)
    stdin.pause()
  }
}

async function runUntil(
  prepared: BareMachine,
  left: () => boolean,
  speed: Speed,
  maxInstructions: number,
): Promise<StopReason | undefined> {
  const { machine, flush, restart } = prepared
  while (!left()) {
    const remaining = maxInstructions - speed.instructions()
    if (remaining <= 0) return { kind: 'instruction-limit' }
    const begin = machine.hart(0).cycles
    const reason = machine.run({ maxInstructions: Math.min(SLICE_INSTRUCTIONS, remaining), untilCycle: begin + SLICE_CYCLES })
    flush()
    if (reason.kind === 'reset') restart()
    else if (!['instruction-limit', 'cycle-limit', 'idle'].includes(reason.kind)) return reason
    const ahead = machine.hart(0).cycles / CYCLES_PER_MILLISECOND - speed.elapsed()
    await sleep(reason.kind === 'idle' ? LONGEST_SLEEP : Math.max(0, Math.min(LONGEST_SLEEP, ahead)))
  }
  return undefined
}
