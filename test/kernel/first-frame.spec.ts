/** The first frame begins on a frame boundary with room before it, however long boot took. Times in model cycles. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { projectRoot } from '../../bin/project.js'
import { BulkheadSystem } from '../../kernel/testbench/bulkhead-system.js'
import { readPolicy } from '../../kernel/testbench/oracle/policy.js'
import { compileSystem } from '../../kernel/separation/config/compiler/compile.js'

const text = readFileSync(join(projectRoot, 'kernel/testbench/systems/two-partitions.yaml'), 'utf8')

function firstWindow(memory: string, frame: number): number | undefined {
  const varied = text
    .replace(/memory: .*/u, `memory: ${memory}`)
    .replace(/majorFrame: .*/u, `majorFrame: ${frame}`)
    .replace(/at: 50000, length: 50000/u, `at: 50000, length: ${frame - 50_000}`)
  const system = new BulkheadSystem(
    { ...compileSystem('varied.yaml', varied), policy: readPolicy(varied), policyText: varied },
    { engine: 'interpreter', amnesia: false },
  )
  system.boot()
  system.stimulate({ kind: 'run-frames', frames: 1 })
  return system.observe({ kind: 'windows' })[0]?.sinceEpoch
}

describe('first frame, ARINC 653 Part 1, "Partition scheduling"', () => {
  // Bug: boot that ended less than the switch reserve before a frame took the wait for the next one for a corrupt record, and halted.
  for (const memory of ['2 MiB', '3 MiB', '4 MiB'])
    for (const frame of [100_000, 101_000, 102_000, 103_000, 104_000, 105_000])
      test(`${memory} of memory and a frame of ${frame} cycles: the first window begins after the declared start charge`, () => {
        assert.equal(firstWindow(memory, frame), 8144)
      })
})
