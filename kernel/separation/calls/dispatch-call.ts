/**
 * From the saved registers of a trap to the call they ask for. Refusals change nothing and are reported; a request that the
 * caller had no authority to make is also an error of the caller, answered by its health table. SKPP FPT_RVM.1.
 */
import { callByNumber, type CallName } from '../../abi/calls.js'
import { returnValue } from '../../abi/return-codes.js'
import { decodeAuditRead } from '../audit/audit-read.js'
import { reportEvent } from '../audit/report-event.js'
import { decodeRaise } from '../health/raise.js'
import { handleError } from '../health/health-monitor.js'
import { decodeNotify } from '../ipc/notify.js'
import { decodePortReceive } from '../ipc/port-receive.js'
import { decodePortSend } from '../ipc/port-send.js'
import { decodePortStatus } from '../ipc/port-status.js'
import { decodeWait } from '../ipc/wait.js'
import { element, partitionOf, type Kernel } from '../kernel.js'
import { decodePartitionMode, decodePartitionStatus } from '../partitions/partition-control.js'
import { decodeSelf } from '../partitions/self.js'
import { decodeSystemControl } from '../recovery/system-control.js'
import { decodeScheduleSelection } from '../scheduler/schedule-selection.js'
import { decodeYield } from '../scheduler/yield.js'
import { decodeSemaphorePost, decodeSemaphoreWait } from '../threads/semaphore.js'
import { threadContext, type ThreadId } from '../threads/thread.js'
import { decodeThreadControl, decodeThreadStatus } from '../threads/thread-control.js'
import { decodeTime } from '../time/time-call.js'
import { refuse, type CallArguments, type CallResult, type Decode, type Refusal } from './call.js'

const DECODERS: Readonly<Record<CallName, Decode>> = {
  yield: decodeYield,
  time: decodeTime,
  wait: decodeWait,
  notify: decodeNotify,
  port_send: decodePortSend,
  port_recv: decodePortReceive,
  port_stat: decodePortStatus,
  sem_wait: decodeSemaphoreWait,
  sem_post: decodeSemaphorePost,
  thr_ctl: decodeThreadControl,
  thr_stat: decodeThreadStatus,
  part_mode: decodePartitionMode,
  part_stat: decodePartitionStatus,
  hm_raise: decodeRaise,
  audit_read: decodeAuditRead,
  cfg_select: decodeScheduleSelection,
  sys_ctl: decodeSystemControl,
  self: decodeSelf,
}

const A0 = 10
const A7 = 17
const ECALL_BYTES = 4n

export function dispatchCall(kernel: Kernel, { partition: caller, thread }: ThreadId): void {
  const { memory } = kernel
  const context = threadContext(kernel, { partition: caller, thread })
  const register = (index: number): bigint => memory.u64(context + 8 * index)
  memory.setU64(context, register(0) + ECALL_BYTES)
  const number = register(A7)
  const name = nameOf(number)
  const call = { caller, thread, a0: register(A0), a1: register(A0 + 1), a2: register(A0 + 2), a3: register(A0 + 3) }
  const decoded = name === undefined ? refuse('CALL') : DECODERS[name](kernel, call)
  const result = typeof decoded === 'function' ? decoded() : refused(kernel, call, number, name, decoded)
  if (result.waits !== true) answer(kernel, context, result)
  if (name !== undefined && typeof decoded === 'function' && FLOWS.has(name)) {
    reportEvent(kernel, { event: 'FLOW_PERMITTED', subject: caller, object: objectOf(kernel, call), outcome: result.code, detail: number })
  }
}

const FLOWS: ReadonlySet<CallName> = new Set(['port_send', 'port_recv', 'notify'])
/** Calls by which information could reach another partition: their refusal for want of authority is a denied flow. */
const DENIABLE: ReadonlySet<CallName> = new Set([
  'port_send',
  'port_recv',
  'port_stat',
  'notify',
  'part_mode',
  'part_stat',
  'audit_read',
  'cfg_select',
  'sys_ctl',
])

/** The resource behind the slot of a call that was carried out. */
const objectOf = (kernel: Kernel, { caller, a0 }: CallArguments): number =>
  element(partitionOf(kernel, caller).capabilities, Number(a0)).object

function nameOf(number: bigint): CallName | undefined {
  return number < 64n ? (callByNumber.get(Number(number))?.name as CallName | undefined) : undefined
}

function refused(
  kernel: Kernel,
  { caller, thread }: CallArguments,
  number: bigint,
  name: CallName | undefined,
  { refused: code, object }: Refusal,
): CallResult {
  const unauthorised = code === 'CAP' || code === 'PERM'
  const event = unauthorised && name !== undefined && DENIABLE.has(name) ? 'FLOW_DENIED' : 'CALL_REFUSED'
  reportEvent(kernel, { event, subject: caller, outcome: code, detail: number, ...(object === undefined ? {} : { object }) })
  if (unauthorised || code === 'CALL')
    handleError(kernel, { partition: caller, thread, error: 'ILLEGAL_REQUEST', detail: number, address: 0n })
  return { code, values: [] }
}

function answer({ memory }: Kernel, context: number, { code, values }: CallResult): void {
  memory.setU64(context + 8 * A0, returnValue(code))
  values.forEach((value, index) => memory.setU64(context + 8 * (A0 + 1 + index), value))
}
