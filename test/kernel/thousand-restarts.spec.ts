/**
 * A partition that fails in every window and is started anew in every frame, a thousand times over: nobody else differs from a run in
 * which it only spun, in memory, registers and window starts. SKPP FPT_RCV_EXP.2, FPT_SEP.3, FDP_RIP.2.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { compileSystem } from '../../kernel/separation/config/compiler/compile.js'
import { BulkheadSystem } from '../../kernel/testbench/bulkhead-system.js'
import { readPolicy } from '../../kernel/testbench/oracle/policy.js'

const RESTARTS = 1000
const SPIN = '1: j 1b'

const text = (mode: 'COLD' | 'WARM'): string => `system: restarts
revision: 1
memory: 2 MiB
majorFrame: 32000
partitions:
  - { name: failing, code: 4 KiB, data: 4 KiB, health: { MEMORY_VIOLATION: ${mode} }, restartLimit: ${RESTARTS} }
  - { name: counting, code: 4 KiB, data: 4 KiB }
schedule:
  - { partition: counting, at: 0, length: 12000 }
  - { partition: failing, at: 12000, length: 20000 }
audit: { records: 16 }
`

/** Counts its windows, and leaves a trace of every time it read. */
const COUNTING = `
  li   s1, DATA
1: ld   s0, 0(s1)
  addi s0, s0, 1
  sd   s0, 0(s1)
  li   a7, TIME
  ecall
  andi t0, s0, 255
  slli t0, t0, 3
  add  t0, t0, s1
  sd   a1, 8(t0)
  li   a7, YIELD
  ecall
  j    1b
`

/** Fills all it may write with its own pattern, then faults. */
const FAILING = `
  li   t0, DATA
  li   t1, DATA + DATA_BYTES
  li   t2, 0x5ec2e7
1: sd  t2, 0(t0)
  addi t0, t0, 8
  bltu t0, t1, 1b
  ld   t0, 0(zero)
`

function run(mode: 'COLD' | 'WARM', failing: string): BulkheadSystem {
  const source = text(mode)
  const system = new BulkheadSystem(
    { ...compileSystem('restarts.yaml', source), policy: readPolicy(source), policyText: source },
    { engine: 'interpreter', amnesia: false },
  )
  system.load('counting', COUNTING)
  system.load('failing', failing)
  system.boot()
  system.stimulate({ kind: 'run-frames', frames: RESTARTS })
  return system
}

function seenBy(system: BulkheadSystem, partition: string): string {
  const hash = createHash('sha256').update(system.observe({ kind: 'memory', place: { kind: 'all-data', partition } }))
  for (let register = 1; register < 32; register++) hash.update(`${system.observe({ kind: 'register', partition, register })} `)
  for (const window of system.observe({ kind: 'windows' })) if (window.partition === partition) hash.update(`${window.cycle} `)
  return hash.digest('hex')
}

describe(`${RESTARTS} restarts of one partition`, () => {
  for (const mode of ['COLD', 'WARM'] as const)
    test(`by ${mode} start: the other one is as if it had only spun`, () => {
      const disturbed = run(mode, FAILING)
      assert.equal(disturbed.observe({ kind: 'restarts', partition: 'failing' }), RESTARTS)
      assert.deepEqual(disturbed.observe({ kind: 'transitions' }), [])
      assert.deepEqual(disturbed.observe({ kind: 'isolation' }), [])
      const quiet = run(mode, SPIN)
      assert.equal(quiet.observe({ kind: 'restarts', partition: 'failing' }), 0)
      assert.equal(seenBy(disturbed, 'counting'), seenBy(quiet, 'counting'))
      assert.notEqual(seenBy(disturbed, 'failing'), seenBy(quiet, 'failing'), 'the comparison sees a difference where there is one')
    })
})
