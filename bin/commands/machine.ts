/** `bulkhead machine`: boots third-party software on the emulated computer; no kernel of ours is involved. */
import { outcomeOf, prepareMachine, runMachine, type BareMachine, type BareMachineRun } from '../../kernel/testbench/bare-machine.js'
import { GdbSession } from '../../kernel/testbench/gdb/gdb-session.js'
import { dumpHart } from '../../kernel/testbench/hart-dump.js'
import { serveGdb } from '../gdb-server.js'
import type { Command, Invocation } from '../command.js'
import { consoleStream } from '../machine/console-stream.js'
import { logDevices } from '../machine/device-log.js'
import { attachTerminal } from '../machine/interactive.js'
import { MACHINE_OPTIONS, readMachineOptions, type ChosenMachine } from '../machine/machine-options.js'
import { readTrace, TRACE_OPTIONS, traceTo, type ChosenTrace } from '../machine/trace-file.js'
import { restoreMachine, saveMachine } from '../machine/saved-file.js'
import { speedOf } from '../machine/speed.js'
import { switchOnRelaxedSimd } from '../machine/relaxed-simd.js'
import type { Terminal } from '../terminal.js'

export const command: Command = {
  name: 'machine',
  summary: 'boot a bare-metal ELF file, or firmware and a kernel, on the emulated computer',
  usage: 'machine [options] [FILE.elf]',
  options: {
    ...MACHINE_OPTIONS,
    interactive: { type: 'boolean', help: 'the keyboard is the console of the machine; Control-A x leaves' },
    stats: { type: 'boolean', help: 'at the end, instructions a second on standard error' },
    log: { type: 'string', value: 'LIST', help: 'accesses to devices on standard error: uart, virtio, plic, rtc ..., with commas' },
    save: { type: 'string', value: 'FILE', help: 'when the run ends, write the machine to FILE' },
    restore: { type: 'string', value: 'FILE', help: 'go on from FILE; all other options as they were when it was saved' },
    dump: { type: 'boolean', help: 'when the program does not end well, registers and CSRs on standard error' },
    ...TRACE_OPTIONS,
    gdb: { type: 'string', value: 'PORT', help: 'wait for GDB at this port of 127.0.0.1, and let it drive the machine' },
    json: { type: 'boolean', help: 'the outcome as JSON on standard output; the console goes to standard error' },
  },
  operands: 1,
  run: runCommand,
}

async function runCommand(invocation: Invocation, terminal: Terminal): Promise<number> {
  switchOnRelaxedSimd()
  const interactive = invocation.flag('interactive')
  const stream = invocation.flag('json') ? process.stderr : process.stdout
  const output = interactive ? (bytes: Uint8Array): void => void stream.write(bytes) : consoleStream(stream)
  const chosen = readMachineOptions(invocation, output)
  const trace = readTrace(invocation)
  const port = invocation.integer('gdb', 0, { least: 1, most: 65_535 })
  const prepared = prepareMachine(chosen.options)
  if (!prepared.ok) throw prepared.error
  const log = invocation.text('log')
  if (log !== undefined) logDevices(prepared.value.machine, log.split(','), (line) => void process.stderr.write(line))
  const { machine } = prepared.value
  const [saved, toSave] = [invocation.text('restore'), invocation.text('save')]
  if (saved !== undefined) restoreMachine(saved, machine, chosen.drives)
  if (port !== 0) return debug(prepared.value, port, terminal)
  const now = (): number => performance.now()
  const begin = now()
  const speed = speedOf(prepared.value.machine, now)
  const run = interactive ? await interact(prepared.value, chosen, terminal) : runOrTrace(prepared.value, chosen, trace)
  for (const { disk } of chosen.drives) disk.flush()
  if (toSave !== undefined) saveMachine(toSave, machine, chosen.drives)
  if (invocation.flag('stats')) terminal.progress(speed.line())
  if (run === undefined) return 0
  if (invocation.flag('json')) terminal.out(`${outcomeAsJson(run, (now() - begin) / 1000)}\n`)
  if (invocation.flag('dump') && run.exit !== 0) for (const line of run.harts.flatMap(dumpHart)) terminal.progress(line)
  return exitOf(run, terminal)
}

function runOrTrace(prepared: BareMachine, { options }: ChosenMachine, trace: ChosenTrace | undefined): BareMachineRun {
  return trace === undefined
    ? runMachine(prepared, options)
    : outcomeOf(prepared.machine, traceTo(trace, prepared, options), options.engine)
}

/** `undefined`: the user left. */
async function interact(
  prepared: BareMachine,
  { options, console }: ChosenMachine,
  terminal: Terminal,
): Promise<BareMachineRun | undefined> {
  const { machine } = prepared
  const reason = await attachTerminal(prepared, {
    stdin: process.stdin,
    input: (bytes) => (console ?? machine.uart).input(bytes),
    message: (line) => terminal.progress(line),
    maxInstructions: options.maxInstructions ?? Infinity,
    now: () => performance.now(),
  })
  return reason === undefined ? undefined : outcomeOf(machine, reason, options.engine)
}

/** Exit 0 when GDB has gone. */
async function debug({ machine, flush }: BareMachine, port: number, terminal: Terminal): Promise<number> {
  terminal.progress(`waiting for GDB: target remote 127.0.0.1:${port}`)
  await serveGdb(new GdbSession(machine), port, flush)
  return 0
}

function outcomeAsJson({ exit, instructions, cycles, reason, engine }: BareMachineRun, seconds: number): string {
  const mips = seconds > 0 ? instructions / seconds / 1e6 : 0
  return JSON.stringify({ exit, instructions, cycles, seconds: round(seconds, 6), mips: round(mips, 3), engine, reason })
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** The program's own status, as far as an exit status can hold it; 1 when it did not end by itself. */
function exitOf({ exit, reason, pc, instructions }: BareMachineRun, terminal: Terminal): number {
  if (exit !== null) return exit > 255 ? 255 : exit
  terminal.progress(`the program did not end by itself: ${reason} at pc 0x${pc.toString(16)} after ${instructions} instructions`)
  return 1
}
