/**
 * Random instruction streams on this computer and on QEMU: equal digests of registers, flags and memory after every block, or the
 * instructions up to the first that differs. In M, S and U. Exit 1 when they differ. `node dist/bench/outside-oracle.js [--seed=1] [--engine=NAME] [--passes=16]`
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bootElf, ENGINE_KINDS } from '../kernel/testbench/bare-machine.js'
import { blockText } from '../kernel/testbench/outside-oracle/block-text.js'
import { streamProgram, type StreamOptions } from '../kernel/testbench/outside-oracle/stream-program.js'
import { installedVersion } from './engines/build-program.js'
import { QEMU } from './engines/peers.js'

const BLOCKS = 300
const INSTRUCTIONS_PER_BLOCK = 96
const QEMU_ARGUMENTS = ['-M', 'virt', '-m', '128M', '-display', 'none', '-monitor', 'none']
const LONGEST_MS = 120_000
/** Of a block that differs. */
const LINES = 12

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'interpreter' },
    passes: { type: 'string', default: '16' },
  },
})
const engine = ENGINE_KINDS.find((kind) => kind === values.engine)
if (engine === undefined) throw new Error(`no engine ${values.engine}; one of ${ENGINE_KINDS.join(', ')}`)

const version = installedVersion(QEMU)
if (version === undefined) console.log(`${QEMU} is not installed: nothing was compared`)
else {
  console.log(`${version}; engine ${engine}`)
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-oracle-'))
  try {
    const equal = (['M', 'S', 'U'] as const).map((privilege) => compare(privilege, folder)).every(Boolean)
    process.exitCode = equal ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function compare(privilege: StreamOptions['privilege'], folder: string): boolean {
  const passes = Number(values.passes)
  const options = { seed: Number(values.seed), privilege, blocks: BLOCKS, instructionsPerBlock: INSTRUCTIONS_PER_BLOCK, passes }
  const file = join(folder, `${privilege}.elf`)
  const at = firstDifference(options, file)
  if (at === undefined)
    console.log(`${privilege}: ${BLOCKS * passes * INSTRUCTIONS_PER_BLOCK} instructions in ${BLOCKS * passes} blocks, equal`)
  else for (const line of differenceLines(options, at, file)) console.log(line)
  return at === undefined
}

/** Number of the first block, over all passes, after which the digests differ. */
function firstDifference(options: StreamOptions, file: string): number | undefined {
  const { elf } = streamProgram(options)
  if (!elf.ok) throw new Error(elf.error)
  const [ours, theirs] = [onThisComputer(elf.value), onQemu(elf.value, file)]
  const expected = options.blocks * options.passes
  const at = Array.from({ length: expected }, (_, index) => index).find(
    (index) => ours[index] === undefined || ours[index] !== theirs[index],
  )
  return at
}

/** The shortest beginning of the block that still differs: its last instruction is the one. */
function differenceLines(options: StreamOptions, at: number, file: string): string[] {
  const block = at % BLOCKS
  const passes = Math.floor(at / BLOCKS) + 1
  let [equal, differs] = [0, options.instructionsPerBlock]
  while (differs - equal > 1) {
    const instructions = (equal + differs) >> 1
    if (firstDifference({ ...options, passes, cut: { block, instructions } }, file) === at) differs = instructions
    else equal = instructions
  }
  const { blocks } = streamProgram({ ...options, cut: { block, instructions: differs } })
  const text = blockText(blocks[block] ?? []).slice(0, differs)
  return [`${options.privilege}: block ${block} of pass ${passes - 1} differs after instruction ${differs}`, ...text.slice(-LINES)]
}

function onThisComputer(elf: Uint8Array): string[] {
  let printed = ''
  const output = (bytes: Uint8Array): void => void (printed += Buffer.from(bytes).toString('latin1'))
  const run = bootElf({ elf, file: 'stream.elf', engine: engine ?? 'interpreter', output })
  if (!run.ok) throw run.error
  return printed.split('\n').slice(0, -1)
}

/** Its UART writes to a file: to a pipe that is full it drops what it cannot write. */
function onQemu(elf: Uint8Array, file: string): string[] {
  const printed = `${file}.txt`
  writeFileSync(file, elf)
  spawnSync(QEMU, [...QEMU_ARGUMENTS, '-serial', `file:${printed}`, '-bios', file], { timeout: LONGEST_MS })
  return readFileSync(printed, 'latin1').replaceAll('\r', '').split('\n').slice(0, -1)
}
