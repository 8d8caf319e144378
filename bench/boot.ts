/**
 * `node dist/bench/boot.js`: what a boot costs by the number of partitions, in model cycles and in milliseconds of the host, and whether
 * every partition runs in its window of the first frame. One line of JSON for each size.
 */
import { bootChain } from '../test/kernel/chain-system.js'

for (const partitions of [16, 64, 256, 1024]) {
  const begin = performance.now()
  const { system, bootCycles } = bootChain(partitions)
  const booted = performance.now()
  system.stimulate({ kind: 'run-frames', frames: 1 })
  const windows = system.observe({ kind: 'windows' }).length
  const frame = Math.round(performance.now() - booted)
  const perPartition = Math.round(bootCycles / partitions)
  console.log(JSON.stringify({ partitions, bootCycles, perPartition, hostBootMs: Math.round(booted - begin), windows, hostFrameMs: frame }))
}
