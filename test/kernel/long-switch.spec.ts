/**
 * A switch with much to do: threads of the next partition have missed their deadlines when its window begins, each miss is recorded and
 * raises an alarm, and the partition before it makes long calls to the end. No window moves. SKPP FRU_PRU_EXP.1.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MOST_SEMAPHORES, MOST_THREADS } from '../../kernel/separation/config/limits.js'
import { compileSystem } from '../../kernel/separation/config/compiler/compile.js'
import { BulkheadSystem } from '../../kernel/testbench/bulkhead-system.js'
import { readPolicy } from '../../kernel/testbench/oracle/policy.js'

const FRAMES = 12
const FRAME = 60_000

const numbered = (count: number, text: (n: number) => string): string => Array.from({ length: count }, (_, n) => text(n)).join('')

const SYSTEM = `system: worst-switch
revision: 1
memory: 2 MiB
majorFrame: ${FRAME}
partitions:
  - name: reader
    code: 4 KiB
    data: 4 KiB
    authority: { readAudit: true }
  - name: late
    code: 4 KiB
    data: 4 KiB
    threads:
${numbered(MOST_THREADS, (n) => `      - { name: t${n}, kind: sporadic, priority: ${n + 1}, period: 1, deadline: 1 }\n`)}
    semaphores:
${numbered(MOST_SEMAPHORES, (n) => `      - { name: s${n}, ceiling: ${n + 100} }\n`)}
    health: { DEADLINE_MISSED: { action: LOG, escalate: { count: 16, within: 2, action: IDLE } } }
schedule:
  - { partition: reader, at: 0, length: 30000 }
  - { partition: late, at: 30000, length: 30000 }
notifications:
  - { name: alarm, from: [], to: reader, bits: 0xff }
audit:
  records: 512
  alarms:
${numbered(8, (n) => `    - { event: DEADLINE_MISSED, count: ${n + 1}, action: { notify: alarm, bits: ${1 << n} } }\n`)}
policy:
  flows: [{ from: late, to: reader }]
`

/** Sixteen records at a time, without a pause: a long call. */
const READER = `
1: li  a7, AUDIT_READ
  li   a0, 0
  li   a1, DATA
  li   a2, 16
  ecall
  j    1b
`

/** Starts all its threads near the end of its window, by way of a wait that ends outside it; each holds a semaphore. */
const LATE = `
again:
  li   a7, YIELD
  ecall
  li   a7, THR_CTL
  li   a0, 0
  li   a1, 4
  li   a2, 255                         # above its threads: they miss their deadlines before they run
  ecall
  li   s0, 1
1: li  a7, THR_CTL
  mv   a0, s0
  li   a1, 0
  la   a2, work
  li   a3, DATA + 0x800
  ecall
  addi s0, s0, 1
  li   t0, ${MOST_THREADS + 1}
  bltu s0, t0, 1b
  li   a7, TIME
  ecall
  li   t0, 29000
  add  a1, a2, t0                      # behind the end of the window
  li   a7, WAIT
  li   a0, 0
  ecall
  j    again
work:
  addi s1, a0, 0
  li   a7, SEM_WAIT
  addi a0, s1, -1
  li   a1, 0
  ecall
  li   a7, THR_CTL
  mv   a0, s1
  li   a1, 1
  ecall
`

describe('A switch with much to do', () => {
  test('moves no window and stops nothing', (context) => {
    const system = new BulkheadSystem(
      { ...compileSystem('worst-switch.yaml', SYSTEM), policy: readPolicy(SYSTEM), policyText: SYSTEM },
      { engine: 'interpreter', amnesia: false },
    )
    system.load('reader', READER)
    system.load('late', LATE)
    system.boot()
    system.stimulate({ kind: 'run-frames', frames: FRAMES })
    assert.deepEqual(system.observe({ kind: 'power' }), { state: 'on' })
    const missed = system.observe({ kind: 'audit' }).filter(({ event }) => event === 'DEADLINE_MISSED').length
    context.diagnostic(`${missed} deadlines missed in ${FRAMES} frames`)
    assert.ok(missed >= MOST_THREADS, 'the threads do miss their deadlines')
    for (const partition of ['reader', 'late']) {
      const starts = system.observe({ kind: 'windows' }).filter((window) => window.partition === partition)
      const apart = starts.slice(2).map(({ cycle }, index) => cycle - (starts[index + 1]?.cycle ?? 0))
      assert.ok(apart.length > FRAMES / 2, partition)
      assert.deepEqual([...new Set(apart)], [FRAME], partition)
    }
    assert.deepEqual(system.observe({ kind: 'transitions' }), [])
  })
})
