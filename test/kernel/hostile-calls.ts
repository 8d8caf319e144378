/**
 * A hostile partition that makes random calls, without end: any number, any arguments, again after every restart that it brings upon
 * itself. Beside it a peer that it may talk to, and a bystander that must be, to the bit, as if the hostile one had only spun.
 */
import { createHash } from 'node:crypto'
import { compileSystem } from '../../kernel/separation/config/compiler/compile.js'
import { BulkheadSystem } from '../../kernel/testbench/bulkhead-system.js'
import { readPolicy } from '../../kernel/testbench/oracle/policy.js'

const SYSTEM = `system: hostile-calls
revision: 1
memory: 2 MiB
majorFrame: 80000
partitions:
  - name: bystander
    code: 4 KiB
    data: 8 KiB
  - name: hostile
    code: 4 KiB
    data: 16 KiB
    threads:
      - { name: helper, priority: 3 }
      - { name: pulse, kind: periodic, priority: 9, period: 20000, deadline: 15000 }
      - { name: medic, kind: handler, priority: 200 }
    semaphores: [{ name: lock, ceiling: 20 }, { name: units, initial: 2, maximum: 3 }]
    health:
      MEMORY_VIOLATION: WARM
      STACK_OVERFLOW: WARM
      ILLEGAL_INSTRUCTION: WARM
      HARDWARE_FAULT: WARM
      DEADLINE_MISSED: HANDLER
      NUMERIC_ERROR: LOG
    restartLimit: 1000000
  - name: peer
    code: 4 KiB
    data: 4 KiB
ports:
  - { name: words, kind: queuing, message: 64, depth: 4, from: hostile, to: [peer] }
  - { name: answer, kind: sampling, message: 32, refresh: 200000, from: peer, to: [hostile] }
notifications:
  - { name: bell, from: [hostile], to: peer, bits: 0xff }
schedule:
  - { partition: bystander, at: 0, length: 15000 }
  - { partition: hostile, at: 15000, length: 50000 }
  - { partition: peer, at: 65000, length: 15000 }
audit: { records: 64 }
policy:
  flows: [{ from: hostile, to: peer }, { from: peer, to: hostile }]
`

/** Counts and keeps the times it is told, so that a window that moves or a word that changes leaves a trace. */
const BYSTANDER = `
  li   s1, DATA
1: addi s0, s0, 1
  sd   s0, 0(s1)
  andi t0, s0, 511
  slli t0, t0, 3
  add  t0, t0, s1
  li   a7, TIME
  ecall
  sd   a1, 8(t0)
  j    1b
`

const PEER = `
1: li  a7, PORT_RECV
  li   a0, CAP_WORDS
  li   a1, DATA
  li   a2, 64
  ecall
  li   a7, PORT_SEND
  li   a0, CAP_ANSWER
  li   a1, DATA
  li   a2, 32
  ecall
  j    1b
`

/** State of the generator at DATA + 0x3000, calls so far behind it: no call that succeeds writes there. */
const hostile = (seed: number): string => `
  li   s2, DATA + 0x3000
  ld   s1, 0(s2)
  bnez s1, again
  li   s1, ${seed * 2 + 1}
again:
  jal  value
  mv   s3, t1
  jal  value
  mv   a1, t1
  jal  value
  mv   a2, t1
  jal  value
  mv   a3, t1
  jal  value
  andi a7, s1, 63                      # mostly numbers that exist
  bltz s1, 1f
  andi a7, s1, 31
1: andi t0, s1, 1984
  bnez t0, 2f
  mv   a7, t1                          # now and then any number at all
2: mv  a0, s3
  li   t0, WAIT                        # who waits makes no calls: no wait has an end in the future
  beq  a7, t0, 3f
  li   t0, SEM_WAIT
  bne  a7, t0, 4f
3: li  a1, 0
4: li  t0, YIELD
  beq  a7, t0, again
  li   t0, THR_CTL                     # nor does it stop or suspend itself
  bne  a7, t0, 5f
  bnez a0, 5f
  li   a0, 1
5: sd  s1, 0(s2)
  ld   t0, 8(s2)
  addi t0, t0, 1
  sd   t0, 8(s2)
  ecall
  j    again
value:                                 # xorshift; t1: small, in data, in code, of the kernel, or anything
  slli t0, s1, 13
  xor  s1, s1, t0
  srli t0, s1, 7
  xor  s1, s1, t0
  slli t0, s1, 17
  xor  s1, s1, t0
  andi t2, s1, 7
  srli t1, s1, 8
  andi t1, t1, 15
  li   t0, 4
  bltu t2, t0, 1f                      # 0 to 3: small
  srli t1, s1, 16
  beq  t2, t0, 1f                      # 4: anything
  li   t0, 0x1fff
  and  t1, t1, t0
  li   t0, DATA
  add  t0, t0, t1
  li   t3, 6
  bgtu t2, t3, 2f
  mv   t1, t0                          # 5, 6: in data
  beq  zero, zero, 1f
2: li  t0, 0x2080010000                # 7: memory of the kernel, as the kernel sees it
  add  t1, t1, t0
1: ret
`

const SPIN = '1: j 1b'
const COUNT_AT = 0x3008

export class HostileCalls {
  private readonly system: BulkheadSystem
  frames = 0

  /** `seed` undefined: the hostile partition only spins. */
  constructor(seed: number | undefined, amnesia = false) {
    this.system = new BulkheadSystem(
      { ...compileSystem('hostile-calls.yaml', SYSTEM), policy: readPolicy(SYSTEM), policyText: SYSTEM },
      { engine: 'interpreter', amnesia },
    )
    this.system.load('bystander', BYSTANDER)
    this.system.load('peer', PEER)
    this.system.load('hostile', seed === undefined ? SPIN : hostile(seed))
    this.system.boot()
  }

  run(frames: number): void {
    this.frames += frames
    this.system.stimulate({ kind: 'run-frames', frames })
  }

  get calls(): number {
    const place = { kind: 'data', partition: 'hostile', offset: COUNT_AT, bytes: 8 } as const
    const bytes = this.system.observe({ kind: 'memory', place })
    return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
  }

  /** Memory, registers and window starts of the bystander. */
  bystander(): string {
    const hash = createHash('sha256').update(this.system.observe({ kind: 'memory', place: { kind: 'all-data', partition: 'bystander' } }))
    for (let register = 1; register < 32; register++)
      hash.update(`${this.system.observe({ kind: 'register', partition: 'bystander', register })} `)
    for (const { partition, cycle } of this.system.observe({ kind: 'windows' })) if (partition === 'bystander') hash.update(`${cycle} `)
    return hash.digest('hex')
  }

  /** What the oracles object to, and whether the system still runs. */
  objections(): readonly string[] {
    const chain = this.system.observe({ kind: 'audit-chain' })
    const power = this.system.observe({ kind: 'power' })
    return [
      ...this.system.observe({ kind: 'isolation' }),
      ...this.system.observe({ kind: 'transitions' }).slice(0, 5),
      ...(chain === 'whole' ? [] : [`audit chain ${chain}`]),
      ...(power.state === 'on' ? [] : [`the system is ${JSON.stringify(power)}`]),
    ]
  }

  /** Results that were seen, by call. */
  outcomes(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const { entry, outcome, partition } of this.system.interfaceUses())
      if (partition === 'hostile') counts.set(`${entry} ${outcome}`, (counts.get(`${entry} ${outcome}`) ?? 0) + 1)
    return counts
  }
}
