/**
 * One bit of kernel data flips while partitions are at work. Then the system halts, or goes on; it never fails as a program does,
 * and no partition ever finds in its memory what another one wrote, unless the policy lists that flow. SKPP FPT_FLS.1, FDP_IFF.1.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BulkheadSystem } from '../../kernel/testbench/bulkhead-system.js'
import { AUDIT_RECORD_BYTES } from '../../kernel/abi/audit.js'
import { CONTEXT_BYTES, ControlRecord, PartitionRecord, ThreadRecord } from '../../kernel/separation/memory/kernel-records.js'
import { compileNamed } from '../../kernel/testbench/open-system.js'
import { kernelLayout, portBytes } from '../../kernel/separation/memory/kernel-layout.js'
import { busySystem, listedFlows, patternOf } from './busy-system.js'

type Snapshot = ReturnType<BulkheadSystem['snapshot']>
type Outcome = 'no effect seen' | 'other behaviour' | 'halted'

interface Flip {
  readonly address: number
  readonly bit: number
}

const PAGE = 4096
const RAM_BASE = 0x8000_0000
const FRAMES = 3
/** When a bit flips, in cycles since a frame began. */
const INSTANTS = [21_000, 61_000, 77_000, 105_000]
const FLIPS = 12

interface Extent {
  readonly address: number
  readonly bytes: number
}

/** A xorshift generator: the same flips in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

function flipped(snapshot: Snapshot, { address, bit }: Flip): Snapshot {
  const page = Math.floor((address - RAM_BASE) / PAGE)
  const index = snapshot.pages.indexOf(page)
  assert.ok(index >= 0, `page ${page} was never written`)
  const contents = snapshot.contents.slice()
  const at = index * PAGE + (address % PAGE)
  contents[at] = (contents[at] ?? 0) ^ (1 << bit)
  return { ...snapshot, contents }
}

class Campaign {
  private readonly system: BulkheadSystem
  private readonly snapshots: readonly Snapshot[]
  private readonly sound: readonly string[]
  private readonly names: readonly string[]
  private readonly flows: ReadonlySet<string>
  private readonly cycles: number

  constructor(
    private readonly name: string,
    private readonly instants: readonly number[],
  ) {
    const { configuration } = compileNamed(name)
    this.cycles = FRAMES * configuration.majorFrame
    this.names = configuration.partitions.map((partition) => partition.name)
    this.flows = listedFlows(name)
    this.system = busySystem(name, { engine: 'interpreter', amnesia: false })
    this.system.boot()
    // Ends one cycle before the second frame; the instants count from there.
    this.system.stimulate({ kind: 'run-frames', frames: 1 })
    let before = 0
    this.snapshots = instants.map((at) => {
      this.system.stimulate({ kind: 'run-cycles', cycles: at - before })
      before = at
      return this.system.snapshot()
    })
    this.sound = this.snapshots.map((snapshot) => this.digestAfter(snapshot))
  }

  run(instant: number, flip: Flip): Outcome {
    const outcome = this.outcome(instant, flip)
    assert.deepEqual(this.crossings(), [], `${this.name}: bit ${flip.bit} of 0x${flip.address.toString(16)} at instant ${instant}`)
    return outcome
  }

  outcome(instant: number, flip: Flip): Outcome {
    const digest = this.digestAfter(flipped(this.snapshots[instant]!, flip))
    if (this.system.observe({ kind: 'power' }).state !== 'on') return 'halted'
    return digest === this.sound[instant] ? 'no effect seen' : 'other behaviour'
  }

  /** The partition in whose window an instant lies. */
  running(instant: number): number | undefined {
    const { windows, majorFrame } = compileNamed(this.name).configuration
    const at = this.instants[instant]! % majorFrame
    return windows.find(({ offset, length }) => at >= offset && at < offset + length)?.partition
  }

  /** Flows that happened and are not listed. */
  crossings(): readonly string[] {
    return this.names.flatMap((to) => {
      const memory = Buffer.from(
        this.system.observe({ kind: 'memory', place: { kind: 'data', partition: to, offset: 0, bytes: this.dataBytes(to) } }),
      )
      return this.names
        .filter((from, id) => from !== to && !this.flows.has(`${from} ${to}`) && memory.includes(Buffer.from(patternOf(id))))
        .map((from) => `${from} to ${to}`)
    })
  }

  /** The memory of partitions, as one text. */
  private digestAfter(snapshot: Snapshot): string {
    this.system.continueFrom(snapshot)
    this.system.stimulate({ kind: 'run-cycles', cycles: this.cycles })
    return this.names
      .map((partition) =>
        Buffer.from(
          this.system.observe({ kind: 'memory', place: { kind: 'data', partition, offset: 0, bytes: this.dataBytes(partition) } }),
        ).toString('base64'),
      )
      .join(' ')
  }

  private dataBytes(partition: string): number {
    return compileNamed(this.name).configuration.partitions.find(({ name }) => name === partition)?.data.bytes ?? 0
  }
}

const SYSTEMS = ['supervised', 'three-partitions'] as const

/** Where kernel data lies, by what it is: a flip picks the kind first, so that small records are hit as often as large ones. */
function targets(name: string): Readonly<Record<string, readonly Extent[]>> {
  const { configuration } = compileNamed(name)
  const layout = kernelLayout(configuration)
  return {
    'control record': [{ address: layout.control, bytes: ControlRecord.bytes }],
    'partition records': layout.partitions.map((address) => ({ address, bytes: PartitionRecord.bytes })),
    'saved contexts': [...layout.threads.flat().map(({ context }) => context), layout.idleContext].map((address) => ({
      address,
      bytes: CONTEXT_BYTES,
    })),
    'thread records': layout.threads.flat().map(({ record }) => ({ address: record, bytes: ThreadRecord.bytes })),
    ports: layout.ports.map((address, index) => ({ address, bytes: portBytes(configuration.ports[index]!) })),
    'audit trail': [{ address: layout.auditRing, bytes: configuration.audit.capacity * AUDIT_RECORD_BYTES }],
  }
}

describe('One flipped bit of a page table', () => {
  const name = 'supervised'
  const { configuration } = compileNamed(name)
  const { tables } = kernelLayout(configuration)
  const campaign = new Campaign(name, INSTANTS)

  /** Code and data pages, and the bits of the page number that lead to frames of others. */
  const flips = (partition: number): readonly Flip[] =>
    [0x10, 0x100, 0x103].flatMap((entry) =>
      [12, 13, 14, 15].map((bit) => ({ address: tables[partition]!.privateLeaves + 8 * entry + Math.floor(bit / 8), bit: bit % 8 })),
    )

  for (const [partition, { name: flipped }] of configuration.partitions.entries())
    test(`of ${flipped}, while another partition runs, gives it no page of anyone: the system halts before its window`, () => {
      const others = INSTANTS.map((_, instant) => instant).filter((instant) => campaign.running(instant) !== partition)
      assert.ok(others.length > 0)
      for (const flip of flips(partition)) assert.equal(campaign.run(others[flip.bit % others.length]!, flip), 'halted')
    })

  test('of the partition that runs is found before its next window', () => {
    for (const flip of flips(campaign.running(0)!)) assert.equal(campaign.outcome(0, flip), 'halted')
  })
})

describe('One flipped bit of kernel data', () => {
  for (const [seed, name] of SYSTEMS.entries()) {
    const campaign = new Campaign(name, INSTANTS)
    for (const [kind, extents] of Object.entries(targets(name)))
      test(`${name}, ${kind}: no crash, no flow that the policy does not list`, (context) => {
        const random = sequence(0x1234_5678 + seed)
        const counts: Record<Outcome, number> = { 'no effect seen': 0, 'other behaviour': 0, halted: 0 }
        for (let run = 0; run < FLIPS; run++) {
          const { address, bytes } = extents[random(extents.length)]!
          const instant = random(INSTANTS.length)
          counts[campaign.run(instant, { address: address + random(bytes), bit: random(8) })] += 1
        }
        context.diagnostic(JSON.stringify(counts))
      })
  }
})
