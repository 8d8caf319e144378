/**
 * The debug interface: software asks how an IOVA would be translated. RISC-V IOMMU, "Translation-request control (`tr_req_ctl`)",
 * "Translation-response (`tr_response`)", "Debug support".
 */
import type { Transaction } from './transaction.js'
import type { IovaFault, IovaTranslated } from './translation-process.js'

const GO = 1n
const PRIV = 1n << 1n
const EXE = 1n << 2n
const NW = 1n << 3n
const PV = 1n << 32n
const PID = 0xf_ffffn << 12n
const DID = 0xff_ffffn << 40n

export const TR_REQ_IOVA = ~0xfffn
/** What software reads back; Go/Busy is 0 again at once. */
export const TR_REQ_CTL = PRIV | EXE | NW | PID | PV | DID

const RESPONSE_FAULT = 1n

/** `undefined`: Go/Busy was not set. Without NW read and write permission are asked for: a store, since W implies R. */
export function debugRequest(control: bigint, iova: bigint): Transaction | undefined {
  if ((control & GO) === 0n) return undefined
  const withProcess = (control & PV) !== 0n
  return {
    device: Number(control >> 40n),
    process: withProcess ? Number((control & PID) >> 12n) : undefined,
    supervisor: withProcess && (control & PRIV) !== 0n,
    access: (control & NW) === 0n ? 'store' : (control & EXE) === 0n ? 'load' : 'fetch',
    iova,
  }
}

/** One page is told, also of a larger one. */
export const debugResponse = (result: IovaTranslated | IovaFault): bigint =>
  result.kind === 'fault' ? RESPONSE_FAULT : (result.memoryType << 7n) | ((result.address >> 12n) << 10n)
