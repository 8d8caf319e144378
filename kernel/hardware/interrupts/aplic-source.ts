/**
 * One interrupt source as one APLIC domain sees it: its mode, its pending and enable bits, its target.
 * RISC-V AIA, "Source configurations (`sourcecfg[1]`-`sourcecfg[1023]`)", "Precise effects on interrupt-pending bits", "Interrupt targets".
 */
export const DELEGATED = 1 << 10

const DETACHED = 1
const EDGE1 = 4
const EDGE0 = 5
const LEVEL1 = 6
const LEVEL0 = 7
/** SM is WARL: a reserved value makes the source inactive. */
const MODES = [DETACHED, EDGE1, EDGE0, LEVEL1, LEVEL0]

const HART_SHIFT = 18
const GUEST = 0x3f << 12
const EIID = 0x7ff
const PRIORITY = 0xff
const HIGHEST_PRIORITY = 1

/** How its domain delivers interrupts; `guests`: MSIs can go to guest interrupt files. */
export interface Delivery {
  readonly mode: 'direct' | 'msi'
  readonly guests: boolean
}

export interface AplicSourceState {
  readonly configuration: number
  readonly target: number
  readonly wire: boolean
  readonly pending: boolean
  readonly enabled: boolean
}

export class AplicSource {
  private configurationRegister = 0
  private targetRegister = 0
  private wire = false
  private pendingBit = false
  private enableBit = false

  get configuration(): number {
    return this.configurationRegister
  }

  get target(): number {
    return this.targetRegister
  }

  get pending(): boolean {
    return this.pendingBit
  }

  get enabled(): boolean {
    return this.enableBit
  }

  get active(): boolean {
    return this.configurationRegister !== 0 && this.configurationRegister !== DELEGATED
  }

  get delegated(): boolean {
    return this.configurationRegister === DELEGATED
  }

  get hart(): number {
    return this.targetRegister >>> HART_SHIFT
  }

  get guest(): number {
    return (this.targetRegister & GUEST) >> 12
  }

  get identity(): number {
    return this.targetRegister & EIID
  }

  get priority(): number {
    return this.targetRegister & PRIORITY
  }

  /** "Rectified input value". */
  get rectified(): boolean {
    const { configurationRegister: mode } = this
    if (mode === EDGE1 || mode === LEVEL1) return this.wire
    return (mode === EDGE0 || mode === LEVEL0) && !this.wire
  }

  private get level(): boolean {
    return this.configurationRegister === LEVEL1 || this.configurationRegister === LEVEL0
  }

  /** `value` is a mode, or DELEGATED where the domain has a child. A level that stands makes the source pending at once. */
  configure(value: number, delivery: Delivery): void {
    const wasActive = this.active
    this.configurationRegister = value === DELEGATED || MODES.includes(value) ? value : 0
    if (!this.active) {
      this.pendingBit = false
      this.enableBit = false
      this.targetRegister = 0
      return
    }
    if (!wasActive) this.targetRegister = 0
    this.changeDelivery(delivery)
    if (this.level && this.rectified) this.pendingBit = true
  }

  /** The hart index stays; what the other mode had in the low bits becomes what it must be in this one. */
  changeDelivery(delivery: Delivery): void {
    if (!this.active) return
    this.writeTarget(this.targetRegister, delivery)
    if (this.level && delivery.mode === 'direct') this.pendingBit = this.rectified
  }

  writeTarget(value: number, { mode, guests }: Delivery): void {
    if (!this.active) return
    const hart = (value >>> HART_SHIFT) << HART_SHIFT
    const rest = mode === 'direct' ? value & PRIORITY || HIGHEST_PRIORITY : value & (guests ? GUEST | EIID : EIID)
    this.targetRegister = (hart | rest) >>> 0
  }

  drive(wire: boolean): void {
    const before = this.rectified
    this.wire = wire
    const after = this.rectified
    if (after && !before) this.pendingBit = true
    if (this.level && !after) this.pendingBit = false
  }

  /** A write to setip or setipnum. A level-sensitive source can be set while its level stands, and not in direct mode. */
  setPending(delivery: Delivery): void {
    if (!this.active || (this.level && (delivery.mode === 'direct' || !this.rectified))) return
    this.pendingBit = true
  }

  /** A write to in_clrip or clripnum, a claim, an MSI sent. In direct mode a level-sensitive source stays as its level is. */
  clearPending({ mode }: Delivery): void {
    if (!this.level || mode === 'msi') this.pendingBit = false
  }

  enable(enabled: boolean): void {
    this.enableBit = enabled && this.active
  }

  snapshot(): AplicSourceState {
    const { configurationRegister: configuration, targetRegister: target, wire, pendingBit: pending, enableBit: enabled } = this
    return { configuration, target, wire, pending, enabled }
  }

  restore({ configuration, target, wire, pending, enabled }: AplicSourceState): void {
    this.configurationRegister = configuration
    this.targetRegister = target
    this.wire = wire
    this.pendingBit = pending
    this.enableBit = enabled
  }
}
