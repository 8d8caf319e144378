/**
 * Everything that a machine is, as plain data (structured-clone safe), and its digest. TLBs and decode caches are no state.
 */
import { createHash } from 'node:crypto'
import type { MappedDevice } from '../bus/bus.js'
import type { HartState } from '../hart/hart-state.js'
import { DIRTY_MAP, ARCHITECTURAL_BYTES, RAM, ROM, ROM_BYTES } from '../memory/layout.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import { PAGE_BYTES } from '../../common/units.js'

export const SNAPSHOT_VERSION = 2

export interface MachineSnapshot {
  readonly version: number
  readonly ramBytes: number
  readonly rom: Uint8Array
  /** Registers, CSRs and counters of each hart. */
  readonly harts: readonly Uint8Array[]
  /** Numbers of the RAM pages that were ever written, ascending, and their contents in that order; the others are zero. */
  readonly pages: readonly number[]
  readonly contents: Uint8Array
  readonly devices: Readonly<Record<string, unknown>>
}

/** A snapshot that this machine cannot continue. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'

  constructor(
    readonly code: 'version' | 'configuration' | 'malformed',
    message: string,
  ) {
    super(message)
  }
}

/** The parts of a machine that have state. */
export interface MachineParts {
  readonly memory: MachineMemory
  readonly harts: readonly HartState[]
  readonly devices: readonly MappedDevice[]
}

export function takeSnapshot({ memory, harts, devices }: MachineParts): MachineSnapshot {
  const pages = dirtyPages(memory)
  const contents = new Uint8Array(pages.length * PAGE_BYTES)
  pages.forEach((page, index) => contents.set(memory.peek(RAM + page * PAGE_BYTES, PAGE_BYTES), index * PAGE_BYTES))
  // The continuing machine must not know more than the restored one: stale translations would tell them apart.
  for (const hart of harts) hart.tlb.flush()
  return {
    version: SNAPSHOT_VERSION,
    ramBytes: memory.ramBytes,
    rom: memory.copyOut(ROM, ROM_BYTES),
    harts: harts.map(({ block }) => block.architecturalState()),
    pages,
    contents,
    devices: Object.fromEntries(devices.map(({ device }) => [device.name, device.snapshot()])),
  }
}

export function restoreSnapshot({ memory, harts, devices }: MachineParts, snapshot: MachineSnapshot): void {
  check(snapshot, memory, harts, devices)
  for (const page of dirtyPages(memory)) memory.clear(RAM + page * PAGE_BYTES, PAGE_BYTES)
  memory.clear(DIRTY_MAP, memory.ramBytes / PAGE_BYTES)
  snapshot.pages.forEach((page, index) => {
    memory.copyIn(RAM + page * PAGE_BYTES, snapshot.contents.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES))
    memory.markDirty(RAM + page * PAGE_BYTES)
  })
  memory.copyIn(ROM, snapshot.rom)
  for (const { device } of devices) device.restore(snapshot.devices[device.name])
  harts.forEach((hart, index) => {
    hart.block.restoreArchitecturalState(snapshot.harts[index] ?? new Uint8Array())
    hart.wait = undefined
    hart.tlb.flush()
    hart.refreshTranslation()
  })
}

function check(snapshot: MachineSnapshot, memory: MachineMemory, harts: readonly HartState[], devices: readonly MappedDevice[]): void {
  if (snapshot.version !== SNAPSHOT_VERSION)
    throw new SnapshotError('version', `snapshot version ${snapshot.version}, this machine reads ${SNAPSHOT_VERSION}; take it again`)
  if (snapshot.ramBytes !== memory.ramBytes || snapshot.harts.length !== harts.length)
    throw new SnapshotError(
      'configuration',
      `snapshot of ${snapshot.ramBytes} bytes and ${snapshot.harts.length} harts, machine of ${memory.ramBytes} and ${harts.length}; use an equal machine`,
    )
  const names = devices.map(({ device }) => device.name)
  if (Object.keys(snapshot.devices).sort().join() !== [...names].sort().join())
    throw new SnapshotError(
      'configuration',
      `snapshot of devices ${Object.keys(snapshot.devices).join(', ')}, machine has ${names.join(', ')}`,
    )
  const hartBytes = ARCHITECTURAL_BYTES
  const whole =
    snapshot.rom.length === ROM_BYTES &&
    snapshot.harts.every((state) => state.length === hartBytes) &&
    snapshot.contents.length === snapshot.pages.length * PAGE_BYTES &&
    snapshot.pages.every((page) => Number.isInteger(page) && page >= 0 && page < memory.ramBytes / PAGE_BYTES)
  if (!whole) throw new SnapshotError('malformed', 'snapshot with parts of the wrong size; take it again')
}

/** SHA-256, in hex, over ROM, harts, RAM pages that are not zero, and devices. */
export function digestOf({ memory, harts, devices }: MachineParts): string {
  const hash = createHash('sha256')
  hash.update(`bulkhead machine ${SNAPSHOT_VERSION} ${memory.ramBytes}\n`)
  hash.update(memory.peek(ROM, ROM_BYTES))
  for (const { block } of harts) hash.update(block.architecturalState())
  for (const page of dirtyPages(memory)) {
    const contents = memory.peek(RAM + page * PAGE_BYTES, PAGE_BYTES)
    if (contents.every((byte) => byte === 0)) continue
    hash.update(`page ${page}\n`).update(contents)
  }
  for (const { device } of devices) hash.update(`${device.name} ${canonical(device.snapshot())}\n`)
  return hash.digest('hex')
}

function dirtyPages(memory: MachineMemory): number[] {
  const map = memory.peek(DIRTY_MAP, memory.ramBytes / PAGE_BYTES)
  const pages: number[] = []
  for (let page = map.indexOf(1); page !== -1; page = map.indexOf(1, page + 1)) pages.push(page)
  return pages
}

/** JSON with bigints and with keys in the order in which the device's snapshot lists them, which is fixed. */
function canonical(state: unknown): string {
  return JSON.stringify(state, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
