/**
 * What a device model offers and what it is given. Machine, virtualization layer and baselines each host devices through
 * this port. Offsets in bytes from the device's base. An access that the device's specification does not define is refused.
 */
export type Width = 1 | 2 | 4 | 8

/** `undefined` from a load and `false` from a store: the access faults; there is no default value. */
export interface DeviceModel<State = unknown> {
  readonly name: string
  /** Bytes of address space. */
  readonly size: number
  load(offset: number, width: Width): bigint | undefined
  store(offset: number, width: Width, value: bigint): boolean
  reset(): void
  /** Plain data (structured-clone safe); `restore(snapshot())` continues identically. */
  snapshot(): State
  restore(state: State): void
}

/** A level-triggered line from a device to its interrupt controller. */
export interface InterruptLine {
  set(asserted: boolean): void
}

export interface Clock {
  /** Present time in model cycles. */
  now(): number
}

/** Most bytes of one transfer through a DmaPort; a device splits what is longer. */
export const DMA_TRANSFER_BYTES = 65_536

/**
 * A bus master's way to memory: loads and stores that no hart makes. Addresses are the bus's, or what an IOMMU takes for them.
 * A device holds the port of its own device id and hands it on to nobody.
 */
export interface DmaPort {
  /** A copy; `undefined`: the transfer faults, for some byte of it may not be read. */
  read(address: bigint, length: number): Uint8Array | undefined
  /** `false`: the transfer faults; of one that crosses pages, those below the page that faulted may have been written. */
  write(address: bigint, bytes: Uint8Array): boolean
}

/** Rings once, at the first instruction boundary at or after its time that the machine stops at for it. */
export interface Alarm {
  /** In model cycles; replaces what was set before. `undefined`: it does not ring. */
  set(time: number | undefined): void
}

/** A clock that calls back. Alarms are no state: a device that is restored sets its alarms again. */
export interface AlarmClock extends Clock {
  alarm(ring: () => void): Alarm
}
