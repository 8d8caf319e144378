/**
 * Who runs a benchmark program: each engine of this computer, in a process of its own, and QEMU. Seconds are wall clock of the
 * whole process, start-up included.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ENGINE_KINDS, type EngineKind } from '../../kernel/testbench/bare-machine.js'

export interface JobResult {
  readonly seconds: number
  /** What the program printed. */
  readonly printed: string
  /** Retired instructions; `undefined` where the peer does not count them. */
  readonly instructions: number | undefined
}

export interface Peer {
  readonly name: string
  /** Divides a program's rounds: slow engines do less of the same. */
  readonly share: number
  run(elf: string): JobResult
}

export const QEMU = 'qemu-system-riscv64'
const QEMU_ARGUMENTS = ['-M', 'virt', '-m', '128M', '-accel', 'tcg,thread=single', '-display', 'none', '-monitor', 'none']
const JOB = fileURLToPath(new URL('engine-job.js', import.meta.url))
const SHARES: Readonly<Partial<Record<EngineKind, number>>> = { reference: 1000, interpreter: 8 }
const LONGEST_JOB_MS = 300_000

export function enginePeer(kind: EngineKind, share = SHARES[kind] ?? 1): Peer {
  return { name: kind, share, run: (elf) => job(process.execPath, [JOB, elf, kind]) }
}

export const enginePeers = (): Peer[] => ENGINE_KINDS.map((kind) => enginePeer(kind))

export const QEMU_NAME = 'QEMU'

export const qemuPeer: Peer = { name: QEMU_NAME, share: 1, run: (elf) => job(QEMU, [...QEMU_ARGUMENTS, '-serial', 'stdio', '-bios', elf]) }

function job(command: string, args: readonly string[]): JobResult {
  const begin = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: LONGEST_JOB_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const seconds = (performance.now() - begin) / 1000
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ended with ${status ?? 'no status'}: ${stderr}`)
  const [printed = '', instructions] = stdout.trim().split('\n')
  return { seconds, printed, instructions: instructions === undefined ? undefined : Number(instructions) }
}
