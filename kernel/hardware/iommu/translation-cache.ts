/**
 * The IOMMU's caches (IOATC): device contexts, process contexts, and translations. What they hold they use until a command
 * invalidates it, though memory says otherwise; only what was found valid enters. The oldest entry makes room.
 * RISC-V IOMMU, "Caching in-memory data structures", "IOMMU Page-Table cache invalidation commands", "IOMMU directory cache invalidation commands".
 */
import type { Access } from '../memory/tlb.js'

const CONTEXTS = 64
const TRANSLATIONS = 256

/** Whose address a translation is for. Each device has its own translations, also where identifiers are equal. */
export interface AddressSpace {
  readonly device: number
  /** `undefined`: the second stage is Bare. */
  readonly gscid: number | undefined
  /** `undefined`: the first stage is Bare. */
  readonly pscid: number | undefined
  readonly supervisor: boolean
  readonly sum: boolean
}

/** One page, for one kind of access, which is allowed. Page numbers are addresses shifted right by 12. */
export interface CachedTranslation {
  readonly space: AddressSpace
  readonly access: Access
  readonly page: bigint
  readonly guestPage: bigint
  readonly physicalPage: bigint
  readonly memoryType: bigint
  /** log2 of the pages that the first-stage and the second-stage leaf map. */
  readonly firstPages: bigint
  readonly secondPages: bigint
}

/** An operand that is absent does not restrict. */
export interface Invalidation {
  readonly gscid?: number | undefined
  readonly pscid?: number | undefined
  readonly page?: bigint | undefined
}

export interface TranslationCacheState {
  readonly devices: readonly (readonly [key: number, words: readonly bigint[]])[]
  readonly processes: readonly (readonly [key: string, words: readonly bigint[]])[]
  readonly translations: readonly CachedTranslation[]
}

export class TranslationCache {
  private readonly devices = new Map<number, readonly bigint[]>()
  private readonly processes = new Map<string, readonly bigint[]>()
  private readonly translations = new Map<string, CachedTranslation>()

  /** Doublewords of a device context. */
  device(device: number): readonly bigint[] | undefined {
    return this.devices.get(device)
  }

  addDevice(device: number, words: readonly bigint[]): void {
    enter(this.devices, device, words, CONTEXTS)
  }

  process(device: number, process: number): readonly bigint[] | undefined {
    return this.processes.get(processKey(device, process))
  }

  addProcess(device: number, process: number, words: readonly bigint[]): void {
    enter(this.processes, processKey(device, process), words, CONTEXTS)
  }

  translation(space: AddressSpace, access: Access, page: bigint): CachedTranslation | undefined {
    return this.translations.get(translationKey(space, access, page))
  }

  addTranslation(entry: CachedTranslation): void {
    enter(this.translations, translationKey(entry.space, entry.access, entry.page), entry, TRANSLATIONS)
  }

  /** IODIR.INVAL_DDT: of one device, or of all, with their process contexts. */
  invalidateDevice(device: number | undefined): void {
    if (device === undefined) {
      this.devices.clear()
      this.processes.clear()
      return
    }
    this.devices.delete(device)
    for (const key of [...this.processes.keys()]) if (key.startsWith(processKey(device, ''))) this.processes.delete(key)
  }

  /** IODIR.INVAL_PDT. */
  invalidateProcess(device: number, process: number): void {
    this.processes.delete(processKey(device, process))
  }

  /** IOTINVAL.VMA: of the host's spaces, or of one guest's. An entry without first stage holds no first-stage leaf. */
  invalidateFirstStage({ gscid, pscid, page }: Invalidation): void {
    this.forget(({ space, page: cached, firstPages }) => {
      if (space.gscid !== gscid || (pscid !== undefined && space.pscid !== pscid)) return false
      return page === undefined || (space.pscid !== undefined && page >> firstPages === cached >> firstPages)
    })
  }

  /** IOTINVAL.GVMA: of all guests, or of one. */
  invalidateSecondStage({ gscid, page }: Invalidation): void {
    this.forget(({ space, guestPage, secondPages }) => {
      if (space.gscid === undefined || (gscid !== undefined && space.gscid !== gscid)) return false
      return gscid === undefined || page === undefined || page >> secondPages === guestPage >> secondPages
    })
  }

  clear(): void {
    this.invalidateDevice(undefined)
    this.translations.clear()
  }

  snapshot(): TranslationCacheState {
    return { devices: [...this.devices], processes: [...this.processes], translations: [...this.translations.values()] }
  }

  restore({ devices, processes, translations }: TranslationCacheState): void {
    this.clear()
    for (const [key, words] of devices) this.devices.set(key, words)
    for (const [key, words] of processes) this.processes.set(key, words)
    for (const entry of translations) this.addTranslation(entry)
  }

  private forget(matches: (entry: CachedTranslation) => boolean): void {
    for (const [key, entry] of [...this.translations]) if (matches(entry)) this.translations.delete(key)
  }
}

function enter<Key, Value>(cache: Map<Key, Value>, key: Key, value: Value, capacity: number): void {
  cache.delete(key)
  cache.set(key, value)
  const [oldest] = cache.keys()
  if (cache.size > capacity && oldest !== undefined) cache.delete(oldest)
}

const processKey = (device: number, process: number | ''): string => `${device}/${process}`

function translationKey({ device, gscid, pscid, supervisor, sum }: AddressSpace, access: Access, page: bigint): string {
  return [device, gscid ?? '-', pscid ?? '-', supervisor ? (sum ? 'sum' : 's') : 'u', access, page.toString(16)].join('/')
}
