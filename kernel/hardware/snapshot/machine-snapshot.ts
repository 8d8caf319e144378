/** Everything that a machine is, as plain data (structured-clone safe). TLBs, decode caches and translated code are no state. */
import { PAGE_BYTES } from '../../common/units.js'
import { ARCHITECTURAL_BYTES, ROM_BYTES } from '../memory/layout.js'

export const SNAPSHOT_VERSION = 3

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

/** What a machine must have in common with a snapshot to continue it. */
export interface SnapshotShape {
  readonly ramBytes: number
  readonly harts: number
  /** Names. */
  readonly devices: readonly string[]
}

/** @throws SnapshotError when a machine of this shape cannot continue the snapshot. */
export function checkSnapshot(snapshot: MachineSnapshot, { ramBytes, harts, devices }: SnapshotShape): void {
  if (snapshot.version !== SNAPSHOT_VERSION)
    throw new SnapshotError('version', `snapshot version ${snapshot.version}, this machine reads ${SNAPSHOT_VERSION}; take it again`)
  if (snapshot.ramBytes !== ramBytes || snapshot.harts.length !== harts)
    throw new SnapshotError(
      'configuration',
      `snapshot of ${snapshot.ramBytes} bytes and ${snapshot.harts.length} harts, machine of ${ramBytes} and ${harts}; use an equal machine`,
    )
  const names = Object.keys(snapshot.devices)
  if ([...names].sort().join() !== [...devices].sort().join())
    throw new SnapshotError(
      'configuration',
      `snapshot of devices ${names.join(', ')}, machine has ${devices.join(', ')}; use an equal machine`,
    )
  const whole =
    snapshot.rom.length === ROM_BYTES &&
    snapshot.harts.every((state) => state.length === ARCHITECTURAL_BYTES) &&
    snapshot.contents.length === snapshot.pages.length * PAGE_BYTES &&
    snapshot.pages.every(
      (page, index) => Number.isInteger(page) && page > (snapshot.pages[index - 1] ?? -1) && page < ramBytes / PAGE_BYTES,
    )
  if (!whole) throw new SnapshotError('malformed', 'snapshot with parts of the wrong size; take it again')
}
