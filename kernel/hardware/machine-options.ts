/** What a machine is made from, and what cannot be made. Sizes in bytes. */
import type { HostedTable } from '../common/hosted-port.js'
import { KIB } from '../common/units.js'
import type { VirtioFunction } from '../devices/virtio/virtio-function.js'
import type { EngineKind } from './engine/engine.js'
import type { Hotness } from './engine/translator/hot-spots.js'
import type { HartOptions, NonMaskableHandlers, OptionalExtension } from './hart/hart-options.js'
import type { InterruptControllerKind } from './interrupts/interrupt-controllers.js'
import type { IommuOptions } from './iommu/iommu.js'
import { MAX_HARTS, MAX_RAM_BYTES, ROM_BYTES } from './memory/layout.js'
import { VIRTIO_SLOTS } from './platform/memory-map.js'
import { describePlatform, type Platform } from './platform/platform.js'

export interface MachineOptions {
  /** A multiple of 64 KiB. */
  readonly ramBytes: number
  /** At most 64 KiB; the rest of the ROM reads as zero. */
  readonly rom: Uint8Array
  readonly hosted?: HostedTable
  readonly engine: EngineKind
  /** When the translator translates; it changes nothing but speed. */
  readonly hotness?: Hotness
  /** 1 to 8; 1 unless given. */
  readonly harts?: number
  /** Extensions beyond those that every hart has (hart/hart-options.ts). */
  readonly extensions?: readonly OptionalExtension[]
  /** With Smrnmi; the reset vector unless given. */
  readonly nonMaskableHandlers?: NonMaskableHandlers
  /** Where the harts start, in M-mode; the ROM's first byte unless given. */
  readonly resetVector?: number
  /** What the virtio slots carry, at most 8, from the first one on; the other slots are empty. */
  readonly virtio?: readonly VirtioFunction[]
  /** A PLIC unless given; with IMSICs the harts have Smaia and Ssaia. */
  readonly interruptController?: InterruptControllerKind
  /** Whether bus masters go through an IOMMU, and what it does at reset; none unless given. */
  readonly iommu?: IommuOptions
  /** Whether there is a DMA engine (kernel/devices/dma-engine.ts); no unless given. */
  readonly dmaEngine?: boolean
  /** Whether supervisors can raise software interrupts through an ACLINT SSWI; no unless given. */
  readonly sswi?: boolean
  /** What the real-time clock says at cycle 0: nanoseconds since 1970; 0 unless given. */
  readonly epoch?: bigint
}

/** The options that decide which devices there are. */
export type PlatformChoice = Pick<
  MachineOptions,
  'ramBytes' | 'harts' | 'extensions' | 'interruptController' | 'iommu' | 'dmaEngine' | 'sswi'
>

/** A machine that cannot be built. */
export class MachineConfigurationError extends Error {
  override readonly name = 'MachineConfigurationError'

  constructor(
    readonly code: 'ram-size' | 'rom-size' | 'no-memory' | 'harts' | 'virtio',
    message: string,
  ) {
    super(message)
  }
}

/** @throws MachineConfigurationError */
export function checkOptions({ ramBytes, rom, harts = 1, virtio = [] }: MachineOptions): void {
  if (!Number.isInteger(harts) || harts < 1 || harts > MAX_HARTS)
    throw new MachineConfigurationError('harts', `${harts} harts; use 1 to ${MAX_HARTS}`)
  if (!Number.isInteger(ramBytes) || ramBytes <= 0 || ramBytes % (64 * KIB) !== 0 || ramBytes > MAX_RAM_BYTES)
    throw new MachineConfigurationError('ram-size', `${ramBytes} bytes of RAM; use a multiple of 64 KiB up to ${MAX_RAM_BYTES}`)
  if (rom.length > ROM_BYTES) throw new MachineConfigurationError('rom-size', `${rom.length} bytes of ROM; use at most ${ROM_BYTES}`)
  if (virtio.length > VIRTIO_SLOTS)
    throw new MachineConfigurationError('virtio', `${virtio.length} virtio devices; use at most ${VIRTIO_SLOTS}`)
}

/** The extensions asked for, and those without which the interrupt controller would have no use. */
function extensionsOf({ extensions = [], interruptController }: PlatformChoice): readonly OptionalExtension[] {
  return interruptController === 'aplic-imsic' ? [...new Set<OptionalExtension>([...extensions, 'Smaia', 'Ssaia'])] : extensions
}

/** What such a machine consists of. */
export function platformOf(options: PlatformChoice): Platform {
  const { ramBytes, harts = 1, iommu, dmaEngine, sswi, interruptController = 'plic' } = options
  return describePlatform({ ramBytes, harts, extensions: extensionsOf(options), iommu, dmaEngine, sswi, interruptController })
}

export function hartOptionsOf(options: MachineOptions, resetVector: number): HartOptions {
  const { nonMaskableHandlers } = options
  const handlers = { interrupt: BigInt(resetVector), exception: BigInt(resetVector) }
  return { extensions: new Set(extensionsOf(options)), nonMaskableHandlers: nonMaskableHandlers ?? handlers }
}
