/** The model refuses what the policy does not permit: transitions written by hand, each wrong in one place. SKPP FDP_IFF.1. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CODE, DATA } from '../../../abi/partition-memory.js'
import { callByNumber, CALLS, type CallName } from '../../../abi/calls.js'
import { returnValue, type ReturnCode } from '../../../abi/return-codes.js'
import { PolicyModel } from './policy-model.js'

const POLICY = `
majorFrame: 1000
partitions:
  - { name: writer, code: 4 KiB, data: 4 KiB, health: { ILLEGAL_REQUEST: IDLE }, restartLimit: 1, authority: { control: [reader] } }
  - { name: reader, code: 4 KiB, data: 4 KiB, maintenance: true, authority: { observe: [writer], system: [halt, maintenance] } }
ports:
  - { name: sample, kind: sampling, message: 8, refresh: 500, from: writer, to: [reader] }
  - { name: queue, kind: queuing, message: 8, depth: 1, from: writer, to: [reader] }
notifications:
  - { name: bell, from: [writer], to: reader, bits: 0x3 }
schedule:
  - { partition: writer, at: 0, length: 500 }
  - { partition: reader, at: 500, length: 500 }
`
const zero = Array.from({ length: 32 }, () => 0n)
const ECALL = { kind: 'exception', code: 8 } as const
const TIMER = { kind: 'interrupt', code: 5 } as const
const RESUMED = 7n

class Bench {
  readonly data = new Map([
    ['writer', new Uint8Array(4096)],
    ['reader', new Uint8Array(4096)],
  ])
  private readonly last = new Map<string, readonly bigint[]>()
  private pc = BigInt(CODE)
  readonly model = new PolicyModel(POLICY, {
    readUser: (name, address, length) => this.room(name, address, length),
    mayWrite: (name, address, length) => this.room(name, address, length) !== undefined,
    code: () => new Uint8Array([1, 2]),
    data: (name) => this.data.get(name) ?? new Uint8Array(),
    image: () => new Uint8Array([1, 2]),
  })

  start(partition: string, cycle: number): void {
    this.model.resume({ partition, thread: 0n, cycle, pc: BigInt(CODE), registers: zero, epoch: 0, userMemoryOpen: false })
  }

  call(partition: string, cycle: number, name: CallName, args: readonly (bigint | number)[]): void {
    const number = CALLS.find((call) => call.name === name)?.number ?? -1
    const registers = zero.map((_, index) => (index === 17 ? BigInt(number) : BigInt(args[index - 10] ?? 0)))
    this.last.set(partition, registers)
    this.model.trap({ partition, thread: 0n, cycle, cause: ECALL, pc: this.pc, address: 0n, registers })
  }

  ends(partition: string, cycle: number, code: ReturnCode, ...values: readonly (bigint | number)[]): void {
    const saved = this.last.get(partition) ?? zero
    const registers = saved.map((value, index) => (index === 10 ? returnValue(code) : BigInt(values[index - 11] ?? value)))
    this.model.resume({ partition, thread: 0n, cycle, pc: this.pc + 4n, registers, epoch: 0, userMemoryOpen: false })
  }

  put(partition: string, text: string): void {
    this.data.get(partition)?.set(Buffer.from(text))
  }

  private room(name: string, address: bigint, length: number): Uint8Array | undefined {
    const at = Number(address) - DATA
    return at >= 0 && at + length <= 4096 ? this.data.get(name)?.slice(at, at + length) : undefined
  }
}

/** Both partitions have started; the writer has sent "true" to the sampling port. */
function sent(): Bench {
  const bench = new Bench()
  bench.start('writer', 0)
  bench.put('writer', 'true')
  bench.call('writer', 10, 'port_send', [0, DATA, 4])
  bench.ends('writer', 20, 'OK')
  bench.start('reader', 500)
  return bench
}

const wrong: readonly (readonly [name: string, act: (bench: Bench) => void, finding: RegExp])[] = [
  ['a partition runs in another one’s window', (b) => b.start('reader', 100), /reader runs outside its windows/],
  [
    'a partition runs on past its window',
    (b) => {
      b.start('writer', 0)
      b.call('writer', 501, 'yield', [])
    },
    /beyond the end of its window/,
  ],
  [
    'a partition starts with registers of a former life',
    ({ model }) =>
      model.resume({
        partition: 'writer',
        thread: 0n,
        cycle: 0,
        pc: BigInt(CODE),
        registers: zero.with(5, 1n),
        epoch: 0,
        userMemoryOpen: false,
      }),
    /registers of a former life/,
  ],
  [
    'a partition starts with data of a former life',
    (b) => {
      b.put('writer', 'x')
      b.start('writer', 0)
    },
    /data of a former life/,
  ],
  [
    'the kernel keeps its permission for the memory of partitions',
    ({ model }) =>
      model.resume({ partition: 'writer', thread: 0n, cycle: 0, pc: BigInt(CODE), registers: zero, epoch: 0, userMemoryOpen: true }),
    /keeps the permission for its memory/,
  ],
  [
    'a register differs after an interrupt',
    ({ model }) => {
      model.resume({ partition: 'writer', thread: 0n, cycle: 0, pc: BigInt(CODE), registers: zero, epoch: 0, userMemoryOpen: false })
      model.trap({ partition: 'writer', thread: 0n, cycle: 9, cause: TIMER, pc: 8n, address: 0n, registers: zero })
      model.resume({ partition: 'writer', thread: 0n, cycle: 1000, pc: 8n, registers: zero.with(31, 1n), epoch: 0, userMemoryOpen: false })
    },
    /altered registers/,
  ],
  [
    'a receiver sends',
    (b) => {
      b.start('reader', 500)
      b.call('reader', 510, 'port_send', [0, DATA, 4])
      b.ends('reader', 520, 'OK')
    },
    /port_send ended with OK, the policy permits PERM/,
  ],
  [
    'a refused caller goes on although its health table stops it',
    (b) => {
      b.start('writer', 0)
      b.call('writer', 10, 'port_recv', [0, DATA, 8])
      b.ends('writer', 20, 'PERM')
    },
    /runs although it is stopped/,
  ],
  [
    'a call alters a register that carries no result',
    (b) => {
      b.start('writer', 0)
      b.call('writer', 10, 'notify', [2, 1])
      b.ends('writer', 20, 'OK', RESUMED)
    },
    /altered more than its results/,
  ],
  [
    'a bit outside the mask is set',
    (b) => {
      b.start('writer', 0)
      b.call('writer', 10, 'notify', [2, 4])
      b.ends('writer', 20, 'OK')
    },
    /notify ended with OK, the policy permits ARG/,
  ],
  [
    'a waiting partition gets a bit that nobody set',
    (b) => {
      b.start('reader', 500)
      b.call('reader', 510, 'wait', [3, 0])
      b.ends('reader', 520, 'OK', 1)
    },
    /bits that nobody set/,
  ],
  [
    'a partition that was stopped by its controller runs',
    (b) => {
      b.start('writer', 0)
      b.call('writer', 10, 'part_mode', [3, 0])
      b.ends('writer', 20, 'OK')
      b.start('reader', 500)
    },
    /reader runs although it is stopped/,
  ],
  [
    'an observer controls',
    (b) => {
      b.start('reader', 500)
      b.call('reader', 510, 'part_mode', [2, 0])
      b.ends('reader', 520, 'OK')
    },
    /part_mode ended with OK, the policy permits PERM/,
  ],
  [
    'a partition runs after the module was halted',
    (b) => {
      b.start('reader', 500)
      b.call('reader', 510, 'sys_ctl', [0])
      b.start('writer', 1000)
    },
    /although the module is halted/,
  ],
  [
    'a partition without that right runs in maintenance mode',
    (b) => {
      b.start('reader', 500)
      b.call('reader', 510, 'sys_ctl', [2])
      b.start('writer', 1000)
    },
    /runs in maintenance mode/,
  ],
  [
    'a caller without the right halts the module',
    (b) => {
      b.start('writer', 0)
      b.call('writer', 10, 'sys_ctl', [0])
      b.ends('writer', 20, 'OK')
    },
    /sys_ctl ended with OK, the policy permits PERM/,
  ],
  [
    'a full queue takes another message',
    (b) => {
      b.start('writer', 0)
      for (const cycle of [10, 30]) {
        b.call('writer', cycle, 'port_send', [1, DATA, 4])
        b.ends('writer', cycle + 10, 'OK')
      }
    },
    /port_send ended with OK, the policy permits FULL/,
  ],
]

describe('executable policy model', () => {
  for (const [name, act, finding] of wrong) {
    test(`refuses: ${name}`, () => {
      const bench = new Bench()
      act(bench)
      assert.match(bench.model.findings.join('; '), finding)
    })
  }

  test('refuses: the receiver gets another message than was sent', () => {
    const bench = sent()
    bench.call('reader', 510, 'port_recv', [0, DATA, 8])
    bench.put('reader', 'lies')
    bench.ends('reader', 520, 'OK', 4, 1, 500)
    assert.match(bench.model.findings.join('; '), /received another message/)
  })

  test('refuses: a message is called valid although its age is beyond the refresh period', () => {
    const bench = sent()
    bench.call('reader', 510, 'port_recv', [0, DATA, 8])
    bench.put('reader', 'true')
    bench.ends('reader', 520, 'OK', 4, 1, 501)
    assert.match(bench.model.findings.join('; '), /validity that the age denies/)
  })

  test('permits the message that was sent, at the age it has', () => {
    const bench = sent()
    bench.call('reader', 510, 'port_recv', [0, DATA, 8])
    bench.put('reader', 'true')
    bench.ends('reader', 520, 'OK', 4, 1, 500)
    assert.deepEqual(bench.model.findings, [])
    assert.equal(bench.model.transitions, 6)
  })

  test('after a reset everything begins anew', () => {
    const bench = sent()
    bench.call('reader', 510, 'sys_ctl', [0])
    bench.model.reset()
    bench.data.forEach((data) => data.fill(0))
    bench.start('writer', 0)
    assert.deepEqual(bench.model.findings, [])
  })

  test('knows every call of the interface', () => {
    for (const { number } of CALLS) {
      const bench = new Bench()
      bench.start('writer', 0)
      bench.model.trap({
        partition: 'writer',
        thread: 0n,
        cycle: 10,
        cause: ECALL,
        pc: 0n,
        address: 0n,
        registers: zero.with(17, BigInt(number)),
      })
      bench.model.resume({
        partition: 'writer',
        thread: 0n,
        cycle: 20,
        pc: 4n,
        registers: zero.with(17, BigInt(number)).with(10, returnValue('CALL')),
        epoch: 0,
        userMemoryOpen: false,
      })
      assert.match(
        bench.model.findings.join(),
        new RegExp(`${callByNumber.get(number)?.name ?? '?'} ended with CALL, the policy permits (?!CALL)`),
      )
    }
  })
})
