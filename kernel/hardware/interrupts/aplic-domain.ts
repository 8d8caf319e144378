/**
 * The control region of one interrupt domain of an APLIC. Registers are 32 bits, little-endian; offsets in bytes.
 * RISC-V AIA, "Memory-mapped control region for an interrupt domain".
 *
 * | offset        | register       | offset        | register    | offset      | register              |
 * | ------------- | -------------- | ------------- | ----------- | ----------- | --------------------- |
 * | 0x0000        | domaincfg      | 0x1d00-0x1d7c | in_clrip    | 0x1fdc      | clrienum              |
 * | 0x0004-0x0ffc | sourcecfg      | 0x1ddc        | clripnum    | 0x2000      | setipnum_le           |
 * | 0x1bc4        | mmsiaddrcfgh   | 0x1e00-0x1e7c | setie       | 0x3000      | genmsi                |
 * | 0x1c00-0x1c7c | setip          | 0x1edc        | setienum    | 0x3004-3ffc | target                |
 * | 0x1cdc        | setipnum       | 0x1f00-0x1f7c | clrie       | 0x4000-     | IDC, 32 bytes a hart  |
 *
 * Addresses of MSIs are hardwired: mmsiaddrcfgh of the root domain reads as locked, and no software can direct an MSI elsewhere.
 */
import type { DeviceModel, Width } from '../../common/device-port.js'
import type { AplicIdc } from './aplic-idc.js'
import { CLAIMI, IDC_BYTES, TOPI, type AplicIdcState } from './aplic-idc.js'
import { AplicSource, DELEGATED, type AplicSourceState, type Delivery } from './aplic-source.js'

const DOMAINCFG = 0x8000_0000
const IE = 1 << 8
const DM = 1 << 2
const MMSIADDRCFGH = 0x1bc4
const LOCKED = 0x8000_0000
const [SETIP, SETIPNUM, IN_CLRIP, CLRIPNUM] = [0x1c00, 0x1cdc, 0x1d00, 0x1ddc]
const [SETIE, SETIENUM, CLRIE, CLRIENUM, SETIPNUM_LE] = [0x1e00, 0x1edc, 0x1f00, 0x1fdc, 0x2000]
const [GENMSI, IDC] = [0x3000, 0x4000]
const ARRAY_BYTES = 0x80
const SOURCE_MODE = 7
const GENMSI_FIELDS = (0x3fff << 18) | 0x7ff

export interface AplicDomainOptions {
  readonly name: string
  /** The highest source number. */
  readonly sources: number
  /** Of the domain's harts, by their index. */
  readonly idcs: readonly AplicIdc[]
  /** Sends an MSI; absent: the domain has direct delivery mode alone. */
  readonly send?: ((hart: number, guest: number, identity: number) => void) | undefined
  /** MSIs can go to guest interrupt files. */
  readonly guests: boolean
  /** Absent: this is the root domain. */
  readonly parent?: AplicDomain
}

export interface AplicDomainState {
  readonly configuration: number
  readonly genmsi: number
  readonly sources: readonly AplicSourceState[]
  readonly idcs: readonly AplicIdcState[]
}

export class AplicDomain implements DeviceModel<AplicDomainState> {
  readonly name: string
  readonly size = 0x8000
  /** By number; there is no source 0, and this one stays inactive. */
  private readonly sources: readonly AplicSource[]
  private child: AplicDomain | undefined
  private configuration = 0
  private genmsi = 0

  constructor(private readonly options: AplicDomainOptions) {
    this.name = options.name
    this.sources = Array.from({ length: options.sources + 1 }, () => new AplicSource())
    if (options.parent !== undefined) options.parent.child = this
  }

  /** The wire of a source, which every domain sees. */
  drive(number: number, wire: boolean): void {
    this.sources[number]?.drive(wire)
    this.deliver()
  }

  load(offset: number, width: Width): bigint | undefined {
    return width === 4 && offset % 4 === 0 ? BigInt(this.read(offset) >>> 0) : undefined
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (width !== 4 || offset % 4 !== 0) return false
    this.write(offset, Number(value))
    this.deliver()
    return true
  }

  reset(): void {
    const source = { configuration: 0, target: 0, wire: false, pending: false, enabled: false }
    const idcs = this.options.idcs.map(() => ({ delivery: false, force: false, threshold: 0 }))
    this.restore({ configuration: 0, genmsi: 0, sources: this.sources.map(() => source), idcs })
  }

  snapshot(): AplicDomainState {
    const { configuration, genmsi } = this
    const idcs = this.options.idcs.map((idc) => idc.snapshot())
    return { configuration, genmsi, sources: this.sources.map((source) => source.snapshot()), idcs }
  }

  restore(state: AplicDomainState): void {
    this.configuration = state.configuration
    this.genmsi = state.genmsi
    state.sources.forEach((saved, index) => this.sources[index]?.restore(saved))
    state.idcs.forEach((saved, index) => this.options.idcs[index]?.restore(saved))
    this.deliver()
  }

  private get delivery(): Delivery {
    return { mode: (this.configuration & DM) === 0 ? 'direct' : 'msi', guests: this.options.guests }
  }

  private read(offset: number): number {
    if (offset === 0) return DOMAINCFG | this.configuration
    if (offset < 0x1000) return this.sources[offset / 4]?.configuration ?? 0
    if (offset === MMSIADDRCFGH) return this.options.parent === undefined && this.options.send !== undefined ? LOCKED : 0
    if (within(offset, SETIP)) return this.word(offset, ({ pending }) => pending)
    if (within(offset, IN_CLRIP)) return this.word(offset, ({ rectified }) => rectified)
    if (within(offset, SETIE)) return this.word(offset, ({ enabled }) => enabled)
    if (offset === GENMSI) return this.delivery.mode === 'msi' ? this.genmsi : 0
    if (offset > GENMSI && offset < IDC) return this.sources[(offset - GENMSI) / 4]?.target ?? 0
    return offset >= IDC ? this.readIdc(offset - IDC) : 0
  }

  private write(offset: number, value: number): void {
    if (offset === 0) this.configure(value)
    else if (offset < 0x1000) this.writeSource(offset / 4, value)
    else if (within(offset, SETIP)) this.eachOf(offset, value, (source) => source.setPending(this.delivery))
    else if (within(offset, IN_CLRIP)) this.eachOf(offset, value, (source) => source.clearPending(this.delivery))
    else if (within(offset, SETIE)) this.eachOf(offset, value, (source) => source.enable(true))
    else if (within(offset, CLRIE)) this.eachOf(offset, value, (source) => source.enable(false))
    else if (offset === SETIPNUM || offset === SETIPNUM_LE) this.sources[value]?.setPending(this.delivery)
    else if (offset === CLRIPNUM) this.sources[value]?.clearPending(this.delivery)
    else if (offset === SETIENUM) this.sources[value]?.enable(true)
    else if (offset === CLRIENUM) this.sources[value]?.enable(false)
    else if (offset === GENMSI) this.generate(value)
    else if (offset > GENMSI && offset < IDC) this.sources[(offset - GENMSI) / 4]?.writeTarget(value, this.delivery)
    else if (offset >= IDC) this.options.idcs[Math.floor((offset - IDC) / IDC_BYTES)]?.write(offset % IDC_BYTES, value)
  }

  private configure(value: number): void {
    this.configuration = value & (this.options.send === undefined ? IE : IE | DM)
    for (const source of this.sources) source.changeDelivery(this.delivery)
  }

  /** A source that this domain does not have, or no longer delegates, is nothing to its child. */
  private writeSource(number: number, value: number): void {
    const { parent } = this.options
    const present = number !== 0 && (parent === undefined || parent.sources[number]?.delegated === true)
    const source = this.sources[number]
    if (source === undefined || !present) return
    const delegated = (value & DELEGATED) !== 0
    source.configure(delegated ? (this.child === undefined ? 0 : DELEGATED) : value & SOURCE_MODE, this.delivery)
    if (!source.delegated) this.child?.withdraw(number)
  }

  private withdraw(number: number): void {
    this.sources[number]?.configure(0, this.delivery)
    this.deliver()
  }

  /** An extempore MSI; it is sent at once, so Busy is always 0. */
  private generate(value: number): void {
    if (this.delivery.mode !== 'msi') return
    this.genmsi = value & GENMSI_FIELDS
    this.options.send?.(value >>> 18, 0, value & 0x7ff)
  }

  private deliver(): void {
    const open = (this.configuration & IE) !== 0
    const { mode } = this.delivery
    if (open && mode === 'msi') this.forward()
    this.options.idcs.forEach((idc, hart) => idc.drive(open && mode === 'direct', this.top(hart)))
  }

  /** "Interrupt forwarding by MSIs": what has been sent is no longer pending. */
  private forward(): void {
    for (const source of this.sources) {
      if (!source.pending || !source.enabled) continue
      source.clearPending(this.delivery)
      this.options.send?.(source.hart, source.guest, source.identity)
    }
  }

  /** topi of a hart: identity and priority of the first of its pending and enabled sources; 0: none. */
  private top(hart: number): number {
    if (this.delivery.mode !== 'direct') return 0
    const { threshold } = this.options.idcs[hart] ?? { threshold: 0 }
    let top = 0
    this.sources.forEach((source, number) => {
      if (!source.pending || !source.enabled || source.hart !== hart) return
      const { priority } = source
      if ((threshold === 0 || priority < threshold) && (top === 0 || priority < (top & 0xff))) top = (number << 16) | priority
    })
    return top
  }

  private readIdc(offset: number): number {
    const hart = Math.floor(offset / IDC_BYTES)
    const idc = this.options.idcs[hart]
    const register = offset % IDC_BYTES
    if (idc === undefined || (register !== TOPI && register !== CLAIMI)) return idc?.read(register) ?? 0
    const top = this.top(hart)
    if (register === TOPI) return top
    if (top === 0) idc.spurious()
    else this.sources[top >>> 16]?.clearPending(this.delivery)
    this.deliver()
    return top
  }

  private word(offset: number, bit: (source: AplicSource) => boolean): number {
    const first = ((offset % ARRAY_BYTES) / 4) * 32
    return this.sources.slice(first, first + 32).reduce((word, source, index) => (bit(source) ? word | (1 << index) : word), 0)
  }

  private eachOf(offset: number, value: number, change: (source: AplicSource) => void): void {
    const first = ((offset % ARRAY_BYTES) / 4) * 32
    this.sources.slice(first, first + 32).forEach((source, index) => {
      if (((value >>> index) & 1) === 1) change(source)
    })
  }
}

const within = (offset: number, array: number): boolean => offset >= array && offset < array + ARRAY_BYTES
