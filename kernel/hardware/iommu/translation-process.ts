/**
 * From the IOVA of a transaction to a supervisor physical address: contexts, first stage, MSI page table, second stage.
 * RISC-V IOMMU, "Process to translate an IOVA", whose steps the comments name; "IOMMU capabilities".
 */
import { deviceContext, modeOf, type DeviceContext } from './device-context.js'
import { locateContext, PPN } from './directory.js'
import type { IommuMemory } from './iommu-memory.js'
import { isInterruptFile, translateMsi } from './msi-page-table.js'
import { processContext } from './process-context.js'
import { firstStage, loadGuest, secondStage, type FirstStage, type StageResult } from './stages.js'
import * as fault from './transaction.js'
import type { IommuFault, Transaction } from './transaction.js'
import type { AddressSpace, TranslationCache } from './translation-cache.js'

export const DDTP_OFF = 0
export const DDTP_BARE = 1
const DDTP_1LVL = 2
export const DDTP_3LVL = 4

export interface IovaTranslated {
  readonly kind: 'translated'
  readonly address: bigint
  /** PBMT: 0 as the memory's attributes say, 1 NC, 2 IO; nothing here behaves differently for it. */
  readonly memoryType: bigint
}

/** `silent`: the device context says that such a fault is not reported. */
export interface IovaFault extends IommuFault {
  readonly silent: boolean
}

const PAGE_SHIFT = 12n
const PAGE_OFFSET = 0xfffn
const DDT_CAUSES = {
  load: fault.DDT_ENTRY_LOAD_ACCESS_FAULT,
  invalid: fault.DDT_ENTRY_NOT_VALID,
  misconfigured: fault.DDT_ENTRY_MISCONFIGURED,
}
const PDT_CAUSES = {
  load: fault.PDT_ENTRY_LOAD_ACCESS_FAULT,
  invalid: fault.PDT_ENTRY_NOT_VALID,
  misconfigured: fault.PDT_ENTRY_MISCONFIGURED,
}
/** Steps 3 and 4: bits of device_id at each level, the leaf's first. */
const BASE_DDI = [7, 9, 8]
const EXTENDED_DDI = [6, 9, 9]
const PDI = [8, 9, 3]

export class TranslationProcess {
  constructor(
    private readonly memory: IommuMemory,
    private readonly cache: TranslationCache,
    /** `capabilities.MSI_FLAT`: device contexts have the extended format. */
    private readonly msiFlat: boolean,
  ) {}

  /** Whether a device_id fits the directory that `ddtp` names; Off and Bare have none, and take any. */
  wideEnough(ddtp: bigint, device: number): boolean {
    const mode = Number(ddtp & 0xfn)
    return mode < DDTP_1LVL || this.deviceIndexes(mode, device) !== undefined
  }

  translate(ddtp: bigint, transaction: Transaction): IovaTranslated | IovaFault {
    const mode = Number(ddtp & 0xfn)
    if (mode === DDTP_OFF) return { ...fault.iommuFault(fault.ALL_INBOUND_TRANSACTIONS_DISALLOWED), silent: false } // Step 1
    if (mode === DDTP_BARE) return { kind: 'translated', address: transaction.iova, memoryType: 0n } // Step 2
    const context = this.deviceContext(ddtp, mode, transaction.device) // Steps 3 to 6
    if ('cause' in context) return { ...context, silent: false }
    const translated = this.inContext(context, transaction)
    return translated.kind === 'fault' ? { ...translated, silent: context.dtf && !fault.reportedDespiteDtf(translated.cause) } : translated
  }

  private deviceIndexes(mode: number, device: number): number[] | undefined {
    return splitIndexes(device, this.msiFlat ? EXTENDED_DDI : BASE_DDI, mode - DDTP_1LVL + 1)
  }

  /** "Process to locate the Device-context". */
  private deviceContext(ddtp: bigint, mode: number, device: number): DeviceContext | IommuFault {
    const indexes = this.deviceIndexes(mode, device)
    if (indexes === undefined) return fault.iommuFault(fault.TRANSACTION_TYPE_DISALLOWED) // Step 5
    const cached = this.cache.device(device)
    const words =
      cached ??
      locateContext({
        root: (ddtp >> 10n) & PPN,
        indexes,
        contextWords: this.msiFlat ? 8 : 4,
        causes: DDT_CAUSES,
        read: (address, count) => this.memory.loadDoublewords(address, count),
      })
    if ('cause' in words) return words
    const context = deviceContext(words)
    if (context === undefined) return fault.iommuFault(fault.DDT_ENTRY_MISCONFIGURED)
    if (cached === undefined) this.cache.addDevice(device, words)
    return context
  }

  private inContext(context: DeviceContext, transaction: Transaction): IovaTranslated | IommuFault {
    const stage = this.firstStageOf(context, transaction)
    if ('cause' in stage) return stage
    const { device, iova, access } = transaction
    const { pscid, supervisor, sum } = stage
    const space: AddressSpace = { device, gscid: context.gscid, pscid, supervisor, sum }
    const page = iova >> PAGE_SHIFT
    const known = this.cache.translation(space, access, page)
    if (known !== undefined) {
      const { physicalPage, memoryType } = known
      return { kind: 'translated', address: (physicalPage << PAGE_SHIFT) | (iova & PAGE_OFFSET), memoryType }
    }
    return this.throughStages(context, stage, space, transaction)
  }

  /** Steps 7 to 16: which first stage, if any, and for which process. */
  private firstStageOf(
    context: DeviceContext,
    transaction: Transaction,
  ): (FirstStage & { readonly pscid: number | undefined }) | IommuFault {
    const { pdtv, dpe, fsc, sade } = context
    const disallowed = fault.iommuFault(fault.TRANSACTION_TYPE_DISALLOWED)
    const none = { iosatp: 0n, pscid: undefined, updates: sade, supervisor: false, sum: false }
    if (!pdtv) {
      if (transaction.process !== undefined) return disallowed
      return modeOf(fsc) === 0 ? none : { ...none, iosatp: fsc, pscid: context.pscid }
    }
    const levels = modeOf(fsc)
    const indexes = splitIndexes(transaction.process ?? 0, PDI, levels)
    if (levels !== 0 && indexes === undefined) return disallowed
    if (levels === 0 || indexes === undefined || (transaction.process === undefined && !dpe)) return none // Steps 12 and 13
    const process = this.processContext(context, transaction, indexes) // Step 14
    if ('cause' in process) return process
    const supervisor = transaction.process !== undefined && transaction.supervisor
    if (supervisor && !process.ens) return disallowed // Step 15
    const pscid = modeOf(process.fsc) === 0 ? undefined : process.pscid
    return { iosatp: process.fsc, pscid, updates: sade, supervisor, sum: process.sum }
  }

  /** "Process to locate the Process-context". */
  private processContext(
    context: DeviceContext,
    { device, process = 0, access }: Transaction,
    indexes: readonly number[],
  ): NonNullable<ReturnType<typeof processContext>> | IommuFault {
    const second = { iohgatp: context.iohgatp, updates: context.gade }
    const cached = this.cache.process(device, process)
    const words =
      cached ??
      locateContext({
        root: context.fsc & PPN,
        indexes,
        contextWords: 2,
        causes: PDT_CAUSES,
        read: (address, count) => loadGuest(second, address, count, access, this.memory),
      })
    if ('cause' in words) return words
    const found = processContext(words)
    if (found === undefined) return fault.iommuFault(fault.PDT_ENTRY_MISCONFIGURED)
    if (cached === undefined) this.cache.addProcess(device, process, words)
    return found
  }

  /** Steps 17 to 20. */
  private throughStages(
    context: DeviceContext,
    stage: FirstStage,
    space: AddressSpace,
    { iova, access }: Transaction,
  ): IovaTranslated | IommuFault {
    const second = { iohgatp: context.iohgatp, updates: context.gade }
    const guest = firstStage(stage, second, iova, access, this.memory) // Step 17
    if (guest.kind === 'fault') return guest
    const { msi } = context
    const physical =
      msi !== undefined && isInterruptFile(msi, guest.address)
        ? asStage(translateMsi(msi, guest.address, access, this.memory)) // Step 18
        : secondStage(second, guest.address, access, this.memory) // Step 19
    if (physical.kind === 'fault') return physical
    const memoryType = guest.memoryType === 0n ? physical.memoryType : guest.memoryType
    this.cache.addTranslation({
      space,
      access,
      page: iova >> PAGE_SHIFT,
      guestPage: guest.address >> PAGE_SHIFT,
      physicalPage: physical.address >> PAGE_SHIFT,
      memoryType,
      firstPages: guest.shift - PAGE_SHIFT,
      secondPages: physical.shift - PAGE_SHIFT,
    })
    return { kind: 'translated', address: physical.address, memoryType }
  }
}

function asStage(address: bigint | IommuFault): StageResult | IommuFault {
  return typeof address === 'bigint' ? { kind: 'translated', address, shift: PAGE_SHIFT, memoryType: 0n } : address
}

/** The index of each of `levels` levels, the root's first; `undefined`: the identifier is wider than they hold. */
function splitIndexes(identifier: number, widths: readonly number[], levels: number): number[] | undefined {
  let rest = identifier
  const indexes: number[] = []
  for (const width of widths.slice(0, levels)) {
    indexes.unshift(rest & ((1 << width) - 1))
    rest >>>= width
  }
  return rest === 0 ? indexes : undefined
}
