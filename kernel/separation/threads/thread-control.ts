/**
 * Controlling the threads of one's own partition; there is no way to name another's. ARINC 653 Part 1, START, STOP, SUSPEND, RESUME,
 * SET_PRIORITY, PERIODIC_WAIT, REPLENISH, GET_PROCESS_STATUS.
 */
import { unreachable } from '../../common/errors.js'
import { HIGHEST_PRIORITY, THREAD_OPERATIONS, THREAD_STATES, type ThreadOperation } from '../../abi/threads.js'
import { done, refuse, type CallArguments, type CallResult, type Decode } from '../calls/call.js'
import { element, type Kernel } from '../kernel.js'
import { makeWaiting, presentPriority, release, setRegisters, threadOf, threadRecord, threadState, type ThreadId } from './thread.js'
import { stopThread } from './thread-life.js'

export const decodeThreadControl: Decode = (kernel, call) => {
  const id = named(kernel, call)
  if (id === undefined) return refuse('CAP')
  const operation = call.a1 < BigInt(THREAD_OPERATIONS.length) ? THREAD_OPERATIONS[Number(call.a1)] : undefined
  if (operation === undefined || !inRange(operation, call.a2)) return refuse('ARG')
  if (!possible(kernel, id, operation, call)) return refuse('STATE')
  return () => perform(kernel, id, operation, call)
}

export const decodeThreadStatus: Decode = (kernel, call) => {
  const id = named(kernel, call)
  if (id === undefined) return refuse('CAP')
  const record = threadRecord(kernel, id)
  return () =>
    done(THREAD_STATES.indexOf(threadState(kernel, id)), presentPriority(kernel, id), record.get('deadline'), record.get('suspended'))
}

function named(kernel: Kernel, { caller, a0: number }: CallArguments): ThreadId | undefined {
  const threads = element(kernel.layout.threads, caller)
  return number < BigInt(threads.length) ? { partition: caller, thread: Number(number) } : undefined
}

const LATEST = 2n ** 53n

function inRange(operation: ThreadOperation, value: bigint): boolean {
  if (operation === 'priority') return value <= BigInt(HIGHEST_PRIORITY)
  // An instruction begins at an even address (RISC-V Unprivileged, "C" extension).
  if (operation === 'start') return (value & 1n) === 0n
  return operation !== 'replenish' || (value > 0n && value < LATEST)
}

function possible(kernel: Kernel, id: ThreadId, operation: ThreadOperation, { thread }: CallArguments): boolean {
  const state = threadState(kernel, id)
  const record = threadRecord(kernel, id)
  switch (operation) {
    case 'start':
      return state === 'dormant'
    case 'stop':
    case 'priority':
      return state !== 'dormant'
    case 'suspend':
      return state !== 'dormant' && record.get('suspended') === 0
    case 'resume':
      return record.get('suspended') === 1
    case 'periodic-wait':
      return id.thread === thread && threadOf(kernel, id)?.kind === 'periodic'
    case 'replenish':
      return state !== 'dormant' && record.get('deadline') !== 0n
    default:
      return unreachable(operation)
  }
}

function perform(kernel: Kernel, id: ThreadId, operation: ThreadOperation, { a2: value, a3: stack }: CallArguments): CallResult {
  const record = threadRecord(kernel, id)
  switch (operation) {
    case 'start':
      start(kernel, id, value, stack)
      return done()
    case 'stop':
      stopThread(kernel, id)
      return done()
    case 'suspend':
      record.set({ suspended: 1 })
      return done()
    case 'resume':
      record.set({ suspended: 0 })
      return done()
    case 'priority':
      record.set({ basePriority: Number(value) })
      return done()
    case 'periodic-wait':
      record.set({ deadline: 0n })
      makeWaiting(kernel, id, { reason: 'release', end: BigInt(record.get('released') + (threadOf(kernel, id)?.period ?? 0)) })
      return done()
    case 'replenish':
      record.set({ deadline: BigInt(kernel.port.now()) + value })
      return done()
    default:
      return unreachable(operation)
  }
}

/** An error handler is set up, and waits for an error; any other thread runs, a sporadic one not before its least interval has passed. */
function start(kernel: Kernel, id: ThreadId, entry: bigint, stack: bigint): void {
  const configuration = threadOf(kernel, id)
  const record = threadRecord(kernel, id)
  record.set({ basePriority: configuration?.priority ?? 0 })
  if (configuration?.kind === 'handler') {
    record.set({ entry, stack })
    return
  }
  setRegisters(kernel, id, entry, stack, [BigInt(id.thread)])
  const now = BigInt(kernel.port.now())
  const last = record.get('released')
  const earliest = configuration?.kind === 'sporadic' && last !== 0 ? BigInt(last + configuration.period) : now
  if (earliest <= now) release(kernel, id, now)
  else makeWaiting(kernel, id, { reason: 'release', end: earliest })
}
