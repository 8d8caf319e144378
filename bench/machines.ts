/**
 * Machines of 64 MiB made, started and dropped, a thousand for each engine: milliseconds for each, and what the process holds on the way,
 * in MB. `node dist/bench/machines.js [MACHINES]`. Aims: at most 5 ms; memory flat.
 */
import { setImmediate } from 'node:timers/promises'
import { MIB } from '../kernel/common/units.js'
import { assembleElf } from '../kernel/testbench/assembled-elf.js'
import { ENGINE_KINDS, prepareMachine, type EngineKind } from '../kernel/testbench/bare-machine.js'
import { median } from './engines/statistics.js'

const machines = Number(process.argv[2] ?? 1000)
const PARTS = 4
/** The event loop turns after so many, and dropped memory can be given back. */
const TURN = 10
const INSTRUCTIONS = 1000

const program = assembleElf('1: addi a0, a0, 1\n sd a0, -8(sp)\n j 1b\n', { file: 'loop.s' })
if (!program.ok) throw new Error(program.error)
const kernel = { file: 'loop.elf', bytes: program.value }

/** Milliseconds to make it, ready for its first instruction. */
function makeOne(engine: EngineKind): number {
  const begin = performance.now()
  const prepared = prepareMachine({ kernel, engine, ramBytes: 64 * MIB })
  const milliseconds = performance.now() - begin
  if (!prepared.ok) throw prepared.error
  prepared.value.machine.run({ maxInstructions: INSTRUCTIONS })
  return milliseconds
}

for (const engine of ENGINE_KINDS) {
  const times: number[] = []
  const held: string[] = []
  for (let made = 1; made <= machines; made++) {
    times.push(makeOne(engine))
    if (made % TURN === 0) await setImmediate()
    if (made % Math.floor(machines / PARTS) === 0) held.push((process.memoryUsage().rss / 1e6).toFixed(0))
  }
  const late = [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN
  console.log(
    `${engine.padEnd(12)}median ${median(times).toFixed(2)} ms, 95 of 100 within ${late.toFixed(2)} ms; ${held.join(', ')} MB held`,
  )
}
