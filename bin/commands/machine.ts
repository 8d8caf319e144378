/** `bulkhead machine`: boots a bare-metal ELF file on the emulated computer; no kernel of ours is involved. */
import { readFileSync, statSync } from 'node:fs'
import {
  bootElf,
  OPTIONAL_EXTENSIONS,
  prepareElf,
  type BareMachineOptions,
  type BareMachineRun,
  type OptionalExtension,
} from '../../kernel/testbench/bare-machine.js'
import { GdbSession } from '../../kernel/testbench/gdb/gdb-session.js'
import { dumpHart } from '../../kernel/testbench/hart-dump.js'
import { serveGdb } from '../gdb-server.js'
import { misuse, UsageError, type Command, type Invocation } from '../command.js'
import { visible, type Terminal } from '../terminal.js'

/** Larger files are no bare-metal programs, and reading one would take the host's memory. */
const LARGEST_FILE = 256 * 2 ** 20

/** RAM comes in pages of WebAssembly. */
const PAGE = 64 * 2 ** 10

export const command: Command = {
  name: 'machine',
  summary: 'boot a bare-metal ELF file on the emulated computer',
  usage: 'machine [options] FILE.elf',
  options: {
    engine: { type: 'string', value: 'NAME', help: 'reference or interpreter (default)' },
    'max-instructions': { type: 'string', value: 'N', help: 'stop after so many; without it the program runs until it ends' },
    memory: { type: 'string', value: 'SIZE', help: 'RAM from 0x80000000 on, as 64MiB or in bytes (default 128MiB)' },
    harts: { type: 'string', value: 'N', help: '1 to 8 (default 1)' },
    extensions: { type: 'string', value: 'LIST', help: `of ${OPTIONAL_EXTENSIONS.join(',')}, with commas; H unless given, none for none` },
    dump: { type: 'boolean', help: 'when the program does not end well, registers and CSRs on standard error' },
    gdb: { type: 'string', value: 'PORT', help: 'wait for GDB at this port of 127.0.0.1, and let it drive the machine' },
    json: { type: 'boolean', help: 'the outcome as JSON on standard output; the console goes to standard error' },
  },
  operands: 1,
  run: runMachine,
}

async function runMachine(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [file] = invocation.operands
  if (file === undefined) throw misuse(command, 'no ELF file given')
  const elf = readProgram(file)
  const maxInstructions = invocation.integer('max-instructions', 0, { least: 1, most: Number.MAX_SAFE_INTEGER })
  const engine = invocation.choice('engine', 'interpreter', ['interpreter', 'reference'])
  const memory = invocation.text('memory')
  const options: BareMachineOptions = {
    elf,
    file,
    engine,
    harts: invocation.integer('harts', 1, { least: 1, most: 8 }),
    extensions: parseExtensions(invocation.text('extensions')),
    output: consoleOf(invocation.flag('json') ? process.stderr : process.stdout),
    ...(maxInstructions === 0 ? {} : { maxInstructions }),
    ...(memory === undefined ? {} : { ramBytes: parseSize(memory) }),
  }
  const port = invocation.integer('gdb', 0, { least: 1, most: 65_535 })
  if (port !== 0) return debug(options, port, terminal)
  const begin = performance.now()
  const result = bootElf(options)
  const seconds = (performance.now() - begin) / 1000
  if (!result.ok) throw result.error
  if (invocation.flag('json')) terminal.out(`${outcomeAsJson(result.value, seconds)}\n`)
  if (invocation.flag('dump') && result.value.exit !== 0) for (const line of result.value.harts.flatMap(dumpHart)) terminal.progress(line)
  return exitOf(result.value, terminal)
}

/** Exit 0 when GDB has gone. */
async function debug(options: BareMachineOptions, port: number, terminal: Terminal): Promise<number> {
  const prepared = prepareElf(options)
  if (!prepared.ok) throw prepared.error
  const { machine, flush } = prepared.value
  terminal.progress(`waiting for GDB: target remote 127.0.0.1:${port}`)
  await serveGdb(new GdbSession(machine), port, flush)
  return 0
}

function parseExtensions(text: string | undefined): readonly OptionalExtension[] {
  if (text === undefined) return ['H']
  if (text === 'none') return []
  return text.split(',').map((name) => {
    const found = OPTIONAL_EXTENSIONS.find((extension) => extension === name)
    if (found === undefined)
      throw new UsageError(`--extensions ${JSON.stringify(name)}: not one of ${OPTIONAL_EXTENSIONS.join(', ')}, none`)
    return found
  })
}

function readProgram(file: string): Uint8Array {
  const { size } = statSync(file)
  if (size > LARGEST_FILE) throw new UsageError(`${file}: ${size} bytes; the largest program is ${LARGEST_FILE} bytes`)
  return readFileSync(file)
}

function parseSize(text: string): number {
  const [, digits, unit] = /^(\d{1,12})(KiB|MiB|GiB|K|M|G)?$/u.exec(text) ?? []
  const power = { K: 1, M: 2, G: 3 }[unit?.[0] ?? ''] ?? 0
  const bytes = digits === undefined ? 0 : Number(digits) * 1024 ** power
  if (bytes >= PAGE && bytes % PAGE === 0 && bytes <= 2 ** 32) return bytes
  throw new UsageError(`--memory ${JSON.stringify(text)}: not a size such as 64MiB; give a multiple of 64KiB, at most 4GiB`)
}

/** To a file or a pipe goes what the program printed, byte for byte; a terminal must not obey it. */
function consoleOf(stream: NodeJS.WriteStream): (bytes: Uint8Array) => void {
  if (!stream.isTTY) return (bytes) => void stream.write(bytes)
  const decoder = new TextDecoder()
  return (bytes) => void stream.write(visible(decoder.decode(bytes, { stream: true }).replaceAll('\r\n', '\n')))
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
