/**
 * The state of a machine: taken, put back, digested. Decision 0003: putting back the snapshot that was last taken or put back copies only
 * pages stored to since; a digest hashes only pages stored to since the last one.
 */
import { createHash } from 'node:crypto'
import { PAGE_BYTES } from '../../common/units.js'
import type { MappedDevice } from '../bus/bus.js'
import type { HartState } from '../hart/hart-state.js'
import { DirtyMap, SINCE_DIGEST, SINCE_SNAPSHOT, WRITTEN } from '../memory/dirty-map.js'
import { RAM, ROM, ROM_BYTES } from '../memory/layout.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import { checkSnapshot, SNAPSHOT_VERSION, type MachineSnapshot } from './machine-snapshot.js'
import { PageTree } from './page-tree.js'

/** The snapshot from which pages are known to differ only where they are marked. */
interface Base {
  readonly snapshot: MachineSnapshot
  /** Place of a page among the snapshot's. */
  readonly places: ReadonlyMap<number, number>
}

export class MachineState {
  private readonly dirty: DirtyMap
  private readonly tree: PageTree
  private base: Base | undefined

  constructor(
    private readonly memory: MachineMemory,
    private readonly harts: readonly HartState[],
    private readonly devices: readonly MappedDevice[],
  ) {
    this.dirty = new DirtyMap(memory.wasm, memory.ramBytes)
    this.tree = new PageTree(memory, this.dirty)
  }

  take(): MachineSnapshot {
    const { memory, harts, devices } = this
    const pages = this.dirty.pages(WRITTEN)
    const contents = new Uint8Array(pages.length * PAGE_BYTES)
    pages.forEach((page, index) => contents.set(memory.peek(RAM + page * PAGE_BYTES, PAGE_BYTES), index * PAGE_BYTES))
    // The continuing machine must not know more than the restored one: stale translations would tell them apart.
    for (const hart of harts) hart.tlb.flush()
    const snapshot: MachineSnapshot = {
      version: SNAPSHOT_VERSION,
      ramBytes: memory.ramBytes,
      rom: memory.copyOut(ROM, ROM_BYTES),
      harts: harts.map(({ block }) => block.architecturalState()),
      pages,
      contents,
      devices: Object.fromEntries(devices.map(({ device }) => [device.name, device.snapshot()])),
    }
    this.startFrom(snapshot)
    return snapshot
  }

  /** @throws SnapshotError when the snapshot is not of an equal machine; then nothing has changed. */
  restore(snapshot: MachineSnapshot): void {
    const { memory, harts, devices } = this
    if (this.base?.snapshot !== snapshot) {
      const names = devices.map(({ device }) => device.name)
      checkSnapshot(snapshot, { ramBytes: memory.ramBytes, harts: harts.length, devices: names })
    }
    this.restorePages(snapshot)
    memory.copyIn(ROM, snapshot.rom)
    for (const { device } of devices) device.restore(snapshot.devices[device.name])
    harts.forEach((hart, index) => {
      hart.block.restoreArchitecturalState(snapshot.harts[index] ?? new Uint8Array())
      hart.wait = undefined
      hart.tlb.flush()
      hart.refreshTranslation()
    })
    this.startFrom(snapshot)
  }

  /** SHA-256, in hex, over ROM, harts, RAM and devices; the same for every engine, and taking it changes nothing. */
  digest(): string {
    const { memory, harts, devices } = this
    const hash = createHash('sha256')
    hash.update(`bulkhead machine ${SNAPSHOT_VERSION} ${memory.ramBytes}\n`)
    hash.update(memory.peek(ROM, ROM_BYTES))
    for (const { block } of harts) hash.update(block.architecturalState())
    hash.update(this.tree.root(this.openPages()))
    for (const { device } of devices) hash.update(`${device.name} ${canonical(device.snapshot())}\n`)
    return hash.digest('hex')
  }

  /** Pages that a hart may store to through its TLB, which marks nothing. */
  private openPages(): Set<number> {
    return new Set(this.harts.flatMap(({ tlb }) => tlb.storePages()).map((offset) => (offset - RAM) / PAGE_BYTES))
  }

  private restorePages(snapshot: MachineSnapshot): void {
    const { memory, dirty, base } = this
    const known = base?.snapshot === snapshot ? base : undefined
    const places = known?.places ?? placesOf(snapshot)
    const changed = known === undefined ? [...new Set([...dirty.pages(WRITTEN), ...snapshot.pages])] : dirty.pages(SINCE_SNAPSHOT)
    for (const page of changed) {
      const place = places.get(page)
      const offset = RAM + page * PAGE_BYTES
      if (place === undefined) memory.clear(offset, PAGE_BYTES)
      else memory.copyIn(offset, snapshot.contents.subarray(place * PAGE_BYTES, (place + 1) * PAGE_BYTES))
      dirty.set(page, SINCE_DIGEST | (place === undefined ? 0 : WRITTEN))
    }
  }

  /** From here on pages are marked against this snapshot. The write TLBs are empty. */
  private startFrom(snapshot: MachineSnapshot): void {
    this.dirty.clear(this.dirty.pages(SINCE_SNAPSHOT), SINCE_SNAPSHOT)
    if (this.base?.snapshot !== snapshot) this.base = { snapshot, places: placesOf(snapshot) }
  }
}

const placesOf = ({ pages }: MachineSnapshot): ReadonlyMap<number, number> => new Map(pages.map((page, place) => [page, place]))

/** JSON with bigints and digests of bytes, keys in the order in which the device's snapshot lists them, which is fixed. */
function canonical(state: unknown): string {
  return JSON.stringify(state, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`
    return value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value
  })
}
