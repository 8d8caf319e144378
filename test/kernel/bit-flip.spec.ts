/**
 * One bit of kernel data flips while partitions are at work. Then the system halts, or goes on; it never fails as a program does,
 * and no partition ever finds in its memory what another one wrote, unless the policy lists that flow. SKPP FPT_FLS.1, FDP_IFF.1.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BulkheadSystem } from '../../kernel/testbench/bulkhead-system.js'
import { compileNamed } from '../../kernel/testbench/open-system.js'
import { buildSystemMap } from '../../kernel/testbench/build-system-map.js'
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
    instants: readonly number[],
  ) {
    const { configuration } = compileNamed(name)
    this.cycles = FRAMES * configuration.majorFrame
    this.names = configuration.partitions.map((partition) => partition.name)
    this.flows = listedFlows(name)
    this.system = busySystem(name, { engine: 'interpreter', amnesia: false })
    this.system.boot()
    this.system.stimulate({ kind: 'run-frames', frames: 1 })
    this.snapshots = instants.map((cycles) => {
      this.system.stimulate({ kind: 'run-cycles', cycles })
      return this.system.snapshot()
    })
    this.sound = this.snapshots.map((snapshot) => this.digestAfter(snapshot))
  }

  run(instant: number, flip: Flip): Outcome {
    const digest = this.digestAfter(flipped(this.snapshots[instant]!, flip))
    const crossed = this.crossings()
    assert.deepEqual(crossed, [], `${this.name}: bit ${flip.bit} of 0x${flip.address.toString(16)} at instant ${instant}`)
    if (this.system.observe({ kind: 'power' }).state !== 'on') return 'halted'
    return digest === this.sound[instant] ? 'no effect seen' : 'other behaviour'
  }

  /** Flows that happened and are not listed. */
  crossings(): readonly string[] {
    return this.names.flatMap((to) => {
      const memory = Buffer.from(
        this.system.observe({ kind: 'memory', place: { kind: 'data', partition: to, offset: 0, bytes: this.dataBytes(to) } }),
      )
      return this.names
        .filter((from, id) => from !== to && !this.flows.has(`${from} ${to}`) && memory.includes(patternOf(id)))
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

describe('One flipped bit of kernel data', () => {
  for (const [seed, name] of SYSTEMS.entries()) {
    const { configuration } = compileNamed(name)
    const map = buildSystemMap(configuration)
    const tables = map.partitions.map(({ tables: { address } }) => address)
    const records = { address: RAM_BASE + 0x1_0000, end: Math.min(...tables) }
    const instants = [3_000, 31_000, 47_000, 52_000]

    test(`${name}: records of the kernel`, (context) => {
      const random = sequence(0x1234_5678 + seed)
      const campaign = new Campaign(name, instants)
      const counts: Record<Outcome, number> = { 'no effect seen': 0, 'other behaviour': 0, halted: 0 }
      for (let run = 0; run < 60; run++) {
        const flip = { address: records.address + random(records.end - records.address), bit: random(8) }
        counts[campaign.run(random(instants.length), flip)] += 1
      }
      context.diagnostic(JSON.stringify(counts))
    })
  }
})
