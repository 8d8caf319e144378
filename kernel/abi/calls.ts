/**
 * The kernel's call interface: number in a7, arguments from a0, result code in a0, further results from a1.
 * Dispatch, documents, assembler symbols and interface coverage all derive from this table.
 */
import type { ReturnCode } from './return-codes.js'

export interface CallDescription {
  readonly number: number
  readonly name: string
  /** What the caller may rely on, in one sentence. */
  readonly contract: string
  readonly arguments: readonly string[]
  readonly results: readonly string[]
  readonly outcomes: readonly ReturnCode[]
}

const call = <const Name extends string>(
  number: number,
  name: Name,
  args: readonly string[],
  results: readonly string[],
  outcomes: readonly ReturnCode[],
  contract: string,
): CallDescription & { readonly name: Name } => ({ number, name, arguments: args, results, outcomes, contract })

export const CALLS = [
  call(0, 'yield', [], [], ['OK'], 'Gives up the rest of the present window.'),
  call(
    1,
    'time',
    [],
    ['now', 'window start', 'window end', 'frame', 'schedule'],
    ['OK'],
    'Returns the present time, window, frame and schedule, times in model cycles.',
  ),
  call(
    2,
    'wait',
    ['mask', 'deadline'],
    ['bits'],
    ['OK', 'TIMEOUT'],
    'Returns and clears the pending notification bits in mask, waiting for one until the absolute deadline.',
  ),
  call(3, 'notify', ['capability', 'bits'], [], ['OK', 'CAP', 'ARG'], 'Sets notification bits of the receiver that the capability names.'),
  call(
    4,
    'sem_wait',
    ['semaphore', 'deadline'],
    [],
    ['OK', 'CAP', 'STATE', 'TIMEOUT'],
    'Takes a unit of a semaphore of the caller, waiting for one until the absolute deadline.',
  ),
  call(5, 'sem_post', ['semaphore'], [], ['OK', 'CAP', 'STATE', 'FULL'], 'Gives back a unit of a semaphore of the caller.'),
  call(
    6,
    'port_send',
    ['capability', 'address', 'length'],
    [],
    ['OK', 'CAP', 'PERM', 'ARG', 'LEN', 'FULL'],
    'Copies one message from the caller to the port, whole or not at all.',
  ),
  call(
    7,
    'port_recv',
    ['capability', 'address', 'room'],
    ['length', 'valid', 'age'],
    ['OK', 'CAP', 'PERM', 'ARG', 'LEN', 'EMPTY'],
    'Copies one message from the port to the caller; a queuing port gives it up, a sampling port keeps it.',
  ),
  call(8, 'port_stat', ['capability'], ['messages', 'capacity', 'message size', 'overflows'], ['OK', 'CAP'], 'Reports the fill of a port.'),
  call(
    9,
    'thr_ctl',
    ['thread', 'operation', 'value', 'stack'],
    [],
    ['OK', 'CAP', 'ARG', 'STATE'],
    'Starts (0), stops (1), suspends (2), resumes (3), prioritises (4), ends the period of (5) or replenishes (6) a thread of the caller.',
  ),
  call(
    10,
    'thr_stat',
    ['thread'],
    ['state', 'priority', 'deadline', 'suspended'],
    ['OK', 'CAP'],
    'Reports state, present priority, absolute deadline and suspension of a thread of the caller.',
  ),
  call(
    11,
    'part_mode',
    ['capability', 'mode'],
    [],
    ['OK', 'CAP', 'PERM', 'ARG', 'STATE'],
    'Stops (0), cold-restarts (1) or warm-restarts (2) the partition that the capability names.',
  ),
  call(12, 'part_stat', ['capability'], ['mode', 'restarts'], ['OK', 'CAP'], 'Reports mode and restart count of a partition.'),
  call(
    18,
    'hm_raise',
    ['code', 'error'],
    [],
    ['OK', 'ARG'],
    'Raises an error that the caller found in itself, of the application (0), numeric (1) or of a stack (2), for its health table to answer.',
  ),
  call(
    20,
    'audit_read',
    ['cursor', 'address', 'count'],
    ['records', 'lost'],
    ['OK', 'PERM', 'ARG'],
    'Copies audit records from sequence number cursor on to the authorised reader.',
  ),
  call(
    21,
    'cfg_select',
    ['schedule'],
    [],
    ['OK', 'PERM', 'ARG', 'STATE'],
    'Selects the schedule that runs from the end of the present major frame on, for an authorised caller.',
  ),
  call(
    22,
    'sys_ctl',
    ['operation'],
    ['result'],
    ['OK', 'PERM', 'ARG', 'STATE'],
    'Halts (0), restarts (1), enters (2) or leaves (3) maintenance, or tests the kernel (4), for an authorised caller.',
  ),
  call(
    25,
    'self',
    [],
    ['partition', 'capabilities', 'start mode', 'start condition'],
    ['OK'],
    'Returns the identity of the caller, the number of its capabilities, and how and why its present life began.',
  ),
] as const satisfies readonly CallDescription[]

export type CallName = (typeof CALLS)[number]['name']

export const callByNumber: ReadonlyMap<number, CallDescription> = new Map(CALLS.map((entry) => [entry.number, entry]))
