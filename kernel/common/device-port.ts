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
