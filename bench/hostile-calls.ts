/**
 * A campaign of random calls: node dist/bench/hostile-calls.js [CALLS] [SEED] [SHARD/SHARDS]. Every shard runs its part of the calls with a
 * seed of its own, compares the bystander with a run in which the hostile partition only spins, and prints one line of JSON.
 */
import { HostileCalls } from '../test/kernel/hostile-calls.js'

const [calls = '20000', seed = '1', shard = '1/1'] = process.argv.slice(2)
const [index = 1, shards = 1] = shard.split('/').map(Number)
const wanted = Math.ceil(Number(calls) / shards)
/** Frames between two looks at the counter. */
const STRIDE = 50

const disturbed = new HostileCalls(Number(seed) * 1000 + index)
while (disturbed.calls < wanted && disturbed.objections().length === 0) disturbed.run(STRIDE)
const quiet = new HostileCalls(undefined)
quiet.run(disturbed.frames)

const untouched = disturbed.bystander() === quiet.bystander()
const objections = disturbed.objections()
const { frames } = disturbed
console.log(JSON.stringify({ shard, seed, calls: disturbed.calls, frames, results: disturbed.outcomes().size, untouched, objections }))
process.exitCode = untouched && objections.length === 0 ? 0 : 1
