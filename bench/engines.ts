/**
 * Instructions per second of each engine on small programs: medians of several runs, start-up included. Printed, never
 * asserted. `node dist/bench/engines.js [RUNS]`
 */
import { runAssembly } from '../kernel/testbench/bare-assembly.js'

const FINISH = 'li t0, 0x100000\n li t1, 0x5555\n sw t1, 0(t0)\n'

/** Each takes about ROUNDS times the same number of instructions, and leaves its checksum in a0. */
const PROGRAMS: Readonly<Record<string, { readonly source: string; readonly rounds: Readonly<Record<Engine, bigint>> }>> = {
  'arithmetic loop': {
    rounds: { reference: 100_000n, interpreter: 20_000_000n },
    source: `
      li   s0, ROUNDS
      li   a0, 1
      li   a1, 6364136223846793005
    1: mul  a0, a0, a1
      xori a0, a0, 0x55
      srli t0, a0, 29
      add  a0, a0, t0
      sltu t1, a0, t0
      sub  a0, a0, t1
      addi s0, s0, -1
      bnez s0, 1b
      ${FINISH}`,
  },
  'shell sort of 32,768 words': {
    rounds: { reference: 1n, interpreter: 30n },
    source: `
      li   s0, ROUNDS
      li   s2, 32768
      la   s1, end
      li   a0, 88172645463325252
    round:
      mv   t0, s1
      mv   t1, s2
    1: slli t2, a0, 13
      xor  a0, a0, t2
      srli t2, a0, 7
      xor  a0, a0, t2
      slli t2, a0, 17
      xor  a0, a0, t2
      sw   a0, 0(t0)
      addi t0, t0, 4
      addi t1, t1, -1
      bnez t1, 1b
      srli s3, s2, 1            # gap
    gap:
      mv   s4, s3               # i
    2: slli t0, s4, 2
      add  t0, s1, t0
      lw   t3, 0(t0)
      mv   t1, s4
    3: bltu t1, s3, 4f
      sub  t2, t1, s3
      slli t4, t2, 2
      add  t4, s1, t4
      lw   t5, 0(t4)
      bge  t3, t5, 4f
      slli t6, t1, 2
      add  t6, s1, t6
      sw   t5, 0(t6)
      mv   t1, t2
      j    3b
    4: slli t6, t1, 2
      add  t6, s1, t6
      sw   t3, 0(t6)
      addi s4, s4, 1
      blt  s4, s2, 2b
      srli s3, s3, 1
      bnez s3, gap
      addi s0, s0, -1
      bnez s0, round
      lw   a0, 400(s1)
      ${FINISH}
      .align 3
    end:`,
  },
  'copy of 64 KiB by doublewords': {
    rounds: { reference: 20n, interpreter: 4_000n },
    source: `
      li   s0, ROUNDS
      la   s1, end
      li   s3, 65536
      add  s2, s1, s3
    round:
      mv   t0, s1
      mv   t1, s2
      srli t2, s3, 5
    1: ld   t3, 0(t0)
      ld   t4, 8(t0)
      ld   t5, 16(t0)
      ld   t6, 24(t0)
      sd   t3, 0(t1)
      sd   t4, 8(t1)
      sd   t5, 16(t1)
      sd   t6, 24(t1)
      addi t0, t0, 32
      addi t1, t1, 32
      addi t2, t2, -1
      bnez t2, 1b
      addi s0, s0, -1
      bnez s0, round
      ld   a0, 8(s2)
      ${FINISH}
      .align 3
    end:`,
  },
}

type Engine = 'reference' | 'interpreter'
const ENGINES: readonly Engine[] = ['reference', 'interpreter']
const RAM_BYTES = 2 ** 20
const DEFAULT_RUNS = 5

/** Millions of instructions per second. */
function speed(name: string, engine: Engine): number {
  const { source, rounds } = PROGRAMS[name] ?? { source: '', rounds: { reference: 1n, interpreter: 1n } }
  const begin = performance.now()
  const run = runAssembly({ source, file: name, engine, ramBytes: RAM_BYTES, symbols: { ROUNDS: rounds[engine] } })
  const seconds = (performance.now() - begin) / 1000
  if (!run.ok) throw new Error(run.error)
  if (run.value.reason.kind !== 'powered-off') throw new Error(`${name}: ended by ${run.value.reason.kind}`)
  return run.value.instructions / seconds / 1e6
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const runs = Number(process.argv[2] ?? DEFAULT_RUNS)
console.log(`million instructions per second, median of ${runs} runs, Node ${process.version}`)
for (const name of Object.keys(PROGRAMS)) {
  const figures = ENGINES.map((engine) => {
    const speeds = Array.from({ length: runs }, () => speed(name, engine))
    return `${engine} ${median(speeds).toFixed(1)}`
  })
  console.log(`${name.padEnd(32)}${figures.join('   ')}`)
}
