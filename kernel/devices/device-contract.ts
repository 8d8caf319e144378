/**
 * What every device model owes its host, whatever it models: the contract behind kernel/common/device-port.ts. Each device's
 * spec calls it. Offsets in bytes.
 */
import { invariant } from '../common/errors.js'
import type { DeviceModel, Width } from '../common/device-port.js'

export interface DeviceContract {
  /** A new device; every call gives an equal one. */
  readonly create: () => DeviceModel
  /** Offsets of registers, and of places around them. */
  readonly offsets: readonly number[]
}

const WIDTHS: readonly Width[] = [1, 2, 4, 8]
const VALUES: readonly bigint[] = [0n, 1n, 0x80n, 0xffn, 0x1234_5678n]

/** @throws ModelError naming the first obligation that is not met. */
export function assertDeviceContract({ create, offsets }: DeviceContract): void {
  const { name, size } = create()
  invariant(name !== '' && Number.isSafeInteger(size) && size > 0, `device ${name}: no name or no size`)
  invariant(
    offsets.every((offset) => offset >= 0 && offset < size),
    `device ${name}: offset outside its ${size} bytes`,
  )
  const accesses = offsets.flatMap((offset) => WIDTHS.map((width) => ({ offset, width })))
  refusalsChangeNothing(create(), accesses)
  resetForgets(create, accesses)
  snapshotContinues(create, accesses)
}

type Access = { readonly offset: number; readonly width: Width }

const label = (device: DeviceModel, { offset, width }: Access): string =>
  `device ${device.name}, ${width} bytes at 0x${offset.toString(16)}`

/** A value fits the width it was loaded with; a refused access leaves the device as it was. */
function refusalsChangeNothing(device: DeviceModel, accesses: readonly Access[]): void {
  for (const access of accesses) {
    const { offset, width } = access
    for (const value of VALUES) {
      const before = text(device.snapshot())
      const stored = device.store(offset, width, BigInt.asUintN(width * 8, value))
      invariant(stored || text(device.snapshot()) === before, `${label(device, access)}: a refused store changed the device`)
    }
    const before = text(device.snapshot())
    const loaded = device.load(offset, width)
    invariant(loaded !== undefined || text(device.snapshot()) === before, `${label(device, access)}: a refused load changed the device`)
    invariant(loaded === undefined || loaded === BigInt.asUintN(width * 8, loaded), `${label(device, access)}: value wider than the access`)
  }
}

function resetForgets(create: () => DeviceModel, accesses: readonly Access[]): void {
  const device = create()
  exercise(device, accesses, 0)
  device.reset()
  invariant(text(device.snapshot()) === text(create().snapshot()), `device ${device.name}: after reset it is not as new`)
}

/** A snapshot is plain data and later changes do not reach it; a device restored from it behaves as the original does. */
function snapshotContinues(create: () => DeviceModel, accesses: readonly Access[]): void {
  const original = create()
  exercise(original, accesses, 1)
  const snapshot = original.snapshot()
  const kept = text(snapshot)
  const restored = create()
  restored.restore(structuredClone(snapshot))
  const behaviour = exercise(original, accesses, 2)
  invariant(text(snapshot) === kept, `device ${original.name}: its snapshot changed with it`)
  invariant(exercise(restored, accesses, 2) === behaviour, `device ${original.name}: after restore it behaves otherwise`)
  invariant(text(restored.snapshot()) === text(original.snapshot()), `device ${original.name}: after restore its state is another`)
}

/** Stores and loads everywhere; what came back, as text. */
function exercise(device: DeviceModel, accesses: readonly Access[], round: number): string {
  const answers = accesses.map(({ offset, width }, index) => {
    const value = VALUES[(index + round) % VALUES.length] ?? 0n
    return [device.store(offset, width, BigInt.asUintN(width * 8, value)), device.load(offset, width)]
  })
  return text(answers)
}

function text(state: unknown): string {
  return JSON.stringify(state, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
