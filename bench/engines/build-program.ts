/**
 * Makes ELF files of the benchmark programs, the same file for every peer: assembly by the assembler of kernel/programs, C by
 * Debian's riscv64 GCC where it is installed.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assembleElf } from '../../kernel/testbench/assembled-elf.js'
import type { BenchProgram } from './bench-programs.js'

export const COMPILER = 'riscv64-linux-gnu-gcc'
const TARGET = ['-O2', '-march=rv64gc', '-mabi=lp64d', '-mcmodel=medany', '-ffreestanding', '-fno-math-errno']
/** No loop becomes a call of a memory function: there is no library. */
const OWN_LOOPS = ['-fno-tree-loop-distribute-patterns']
const LINK = ['-static', '-nostdlib', '-fno-pie', '-no-pie', '-Wl,--build-id=none,--no-warn-rwx-segments']

/** First line of what `COMMAND --version` prints; `undefined` when it is not installed. */
export function installedVersion(command: string): string | undefined {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.split('\n')[0] : undefined
}

/** @throws Error with what the compiler or assembler said. */
export function buildProgram(program: BenchProgram, rounds: number, sources: string, into: string): string {
  const file = join(into, `${program.name.replaceAll(' ', '-')}-${rounds}.elf`)
  if (program.language === 'c') compile(program, rounds, sources, file)
  else writeFileSync(file, assembled(program, rounds, sources))
  return file
}

function compile({ source, compilerOptions = [] }: BenchProgram, rounds: number, sources: string, file: string): void {
  const inputs = ['supervisor.s', source].map((name) => join(sources, name))
  const script = ['-T', join(sources, 'program.ld')]
  const args = [...TARGET, ...OWN_LOOPS, ...compilerOptions, ...LINK, ...script, `-DROUNDS=${rounds}ul`, ...inputs, '-o', file]
  const { status, stderr } = spawnSync(COMPILER, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${source}: ${COMPILER} refused it: ${stderr}`)
}

function assembled({ source }: BenchProgram, rounds: number, sources: string): Uint8Array {
  const text = ['supervisor.s', source].map((name) => readFileSync(join(sources, name), 'utf8')).join('')
  const elf = assembleElf(text, { file: source, symbols: { ROUNDS: BigInt(rounds) } })
  if (!elf.ok) throw new Error(elf.error)
  return elf.value
}
