/**
 * What a device asks of the IOMMU, and the causes for which it is refused. Only untranslated requests exist: there is no ATS.
 * RISC-V IOMMU, "Process to translate an IOVA", "Fault/Event-Queue (`FQ`)".
 */
import type { Access } from '../memory/tlb.js'

export interface Transaction {
  /** `device_id`, 24 bits. */
  readonly device: number
  /** `process_id`, 20 bits; `undefined`: the transaction has none, and then asks for no privilege. */
  readonly process: number | undefined
  /** It requests supervisor privilege. */
  readonly supervisor: boolean
  /** `fetch`: read for execute. */
  readonly access: Access
  readonly iova: bigint
}

/** TTYP of a fault record. */
export const TTYP: Readonly<Record<Access, number>> = { fetch: 1, load: 2, store: 3 }
/** TTYP of what no transaction caused. */
export const TTYP_NONE = 0

/** Why a transaction is aborted: the values for CAUSE and `iotval2` of its fault record. */
export interface IommuFault {
  readonly kind: 'fault'
  readonly cause: number
  readonly iotval2: bigint
}

export const iommuFault = (cause: number, iotval2 = 0n): IommuFault => ({ kind: 'fault', cause, iotval2 })

export const ALL_INBOUND_TRANSACTIONS_DISALLOWED = 256
export const DDT_ENTRY_LOAD_ACCESS_FAULT = 257
export const DDT_ENTRY_NOT_VALID = 258
export const DDT_ENTRY_MISCONFIGURED = 259
export const TRANSACTION_TYPE_DISALLOWED = 260
export const MSI_PTE_LOAD_ACCESS_FAULT = 261
export const MSI_PTE_NOT_VALID = 262
export const MSI_PTE_MISCONFIGURED = 263
export const PDT_ENTRY_LOAD_ACCESS_FAULT = 265
export const PDT_ENTRY_NOT_VALID = 266
export const PDT_ENTRY_MISCONFIGURED = 267
export const MSI_WRITE_ACCESS_FAULT = 273
export const INSTRUCTION_ACCESS_FAULT = 1

type StageFault = 'access-fault' | 'page-fault' | 'guest-page-fault'
const STAGE_CAUSES: Readonly<Record<StageFault, Readonly<Record<Access, number>>>> = {
  'access-fault': { fetch: INSTRUCTION_ACCESS_FAULT, load: 5, store: 7 },
  'page-fault': { fetch: 12, load: 13, store: 15 },
  'guest-page-fault': { fetch: 20, load: 21, store: 23 },
}

/** The cause of a fault of address translation; it names the original access, also where an implicit one failed. */
export const stageFault = (kind: StageFault, access: Access, iotval2 = 0n): IommuFault => iommuFault(STAGE_CAUSES[kind][access], iotval2)

/** Causes that are reported though `DC.tc.DTF` is 1. */
const REPORTED_ALWAYS: ReadonlySet<number> = new Set([
  ALL_INBOUND_TRANSACTIONS_DISALLOWED,
  DDT_ENTRY_LOAD_ACCESS_FAULT,
  DDT_ENTRY_NOT_VALID,
  DDT_ENTRY_MISCONFIGURED,
  MSI_WRITE_ACCESS_FAULT,
])

export const reportedDespiteDtf = (cause: number): boolean => REPORTED_ALWAYS.has(cause)
