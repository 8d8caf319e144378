/**
 * What each kernel call may do, by the policy: its permitted outcome, and what it changes. The state changes when the call is
 * made; the caller may learn of it much later. SKPP FDP_IFF.1, FDP_IFC.2, FMT_MOF.1.
 */
import { callByNumber } from '../../../abi/calls.js'
import { START_CONDITIONS } from '../../../abi/partition-modes.js'
import type { ReturnCode } from '../../../abi/return-codes.js'
import type { AccessPolicy, Slot } from '../access-policy.js'
import { answerError, restart, type Expectation, type ModelState, type Subject } from './model-state.js'
import type { PartitionMemory, Trap } from '../transition.js'

export interface CallContext {
  readonly state: ModelState
  readonly policy: AccessPolicy
  readonly caller: Subject
  readonly trap: Trap
  readonly memory: PartitionMemory
  /** a0 to a3. */
  readonly args: readonly [bigint, bigint, bigint, bigint]
}

const A0 = 10
const A7 = 17
const OPERATIONS = ['halt', 'restart', 'maintenance', 'resume', 'selftest'] as const

const only = (...codes: readonly ReturnCode[]): Expectation => ({ codes })

export function callRule(context: Omit<CallContext, 'args'>): Expectation {
  const { registers } = context.trap
  const at = (index: number): bigint => registers[index] ?? 0n
  const name = at(A7) < 64n ? callByNumber.get(Number(at(A7)))?.name : undefined
  const expected =
    (name === undefined ? undefined : RULES[name])?.({ ...context, args: [at(A0), at(A0 + 1), at(A0 + 2), at(A0 + 3)] }) ?? only('CALL')
  const [code] = expected.codes
  if (expected.codes.length === 1 && (code === 'CAP' || code === 'PERM' || code === 'CALL'))
    answerError(context.state, context.caller, 'ILLEGAL_REQUEST', context.trap.cycle)
  return expected
}

const RULES: Readonly<Record<string, (call: CallContext) => Expectation>> = {
  yield: () => only('OK'),
  time: () => only('OK'),
  self: ({ policy, caller }) => ({
    codes: ['OK'],
    results: (_, values) => {
      const life = [caller.warm ? 2 : 1, START_CONDITIONS.indexOf(caller.condition)]
      const own = [policy.subjects.indexOf(caller.policy), caller.slots.length, ...life]
      return own.every((value, index) => values[index] === BigInt(value)) ? undefined : 'was told another identity'
    },
  }),
  wait: ({ policy, caller, args: [mask] }) => ({
    codes: ['OK', 'TIMEOUT'],
    results: (code, [bits = 0n]) => {
      const alarms = policy.alarmBits.get(caller.policy.name) ?? 0n
      const due = caller.pending & mask
      caller.pending &= ~bits
      if (code === 'TIMEOUT') return due === 0n ? undefined : 'waited although bits were pending'
      return bits !== 0n && (bits & ~mask) === 0n && (bits & ~alarms) === (due & ~alarms) ? undefined : 'got bits that nobody set for it'
    },
  }),
  notify: (call) => {
    const slot = slotOf(call, 'notification')
    if (slot === undefined) return only('CAP')
    const { to, bits } = slot.notification
    const [, asked] = call.args
    if (asked === 0n || (asked & ~bits) !== 0n) return only('ARG')
    const receiver = call.state.subjects.get(to)
    if (receiver !== undefined) receiver.pending |= asked
    return only('OK')
  },
  port_send: send,
  port_recv: receive,
  port_stat: (call) => only(slotOf(call, 'port') === undefined ? 'CAP' : 'OK'),
  thr_ctl: ({ caller, args: [thread, operation, pc, stack] }) => {
    const { threads } = caller.policy
    if (thread > BigInt(threads.length)) return only('CAP')
    if (operation > 6n) return only('ARG')
    if (operation === 0n && threads[Number(thread) - 1]?.kind === 'handler') caller.handler = { pc, stack }
    else if (operation === 0n) caller.starts.push({ pc, stack })
    return { codes: ['OK', 'ARG', 'STATE'] }
  },
  thr_stat: ({ caller, args: [thread] }) => only(thread > BigInt(caller.policy.threads.length) ? 'CAP' : 'OK'),
  sem_wait: ({ caller, args: [semaphore] }) =>
    semaphore < BigInt(caller.policy.semaphores.length) ? { codes: ['OK', 'STATE', 'TIMEOUT'] } : only('CAP'),
  sem_post: ({ caller, args: [semaphore] }) =>
    semaphore < BigInt(caller.policy.semaphores.length) ? { codes: ['OK', 'STATE', 'FULL'] } : only('CAP'),
  part_stat: (call) => only(slotOf(call, 'partition') === undefined ? 'CAP' : 'OK'),
  part_mode: (call) => {
    const slot = slotOf(call, 'partition')
    const target = slot === undefined ? undefined : call.state.subjects.get(slot.target)
    if (slot === undefined || target === undefined) return only('CAP')
    if (!slot.control) return only('PERM')
    const [, mode] = call.args
    if (mode > 2n) return only('ARG')
    if (mode > 0n) restart(target, mode === 2n, 'partition-restart')
    else if (target.mode === 'idle') return only('STATE')
    else target.mode = 'idle'
    return call.policy.alarmsStop ? only('OK', 'STATE') : only('OK')
  },
  hm_raise: ({ state, caller, trap, args: [, number] }) => {
    const error = number < 3n ? ['APPLICATION_ERROR', 'NUMERIC_ERROR', 'STACK_OVERFLOW'][Number(number)] : undefined
    if (error === undefined) return only('ARG')
    answerError(state, caller, error, trap.cycle)
    return only('OK')
  },
  audit_read: ({ caller, memory, args: [, address, count] }) => {
    if (!caller.policy.authority.readAudit) return only('PERM')
    const room = count > 0n && count <= 16n && memory.mayWrite(caller.policy.name, address, Number(count) * 64)
    return room ? only('OK', 'ARG') : only('ARG')
  },
  cfg_select: ({ state, policy, caller, trap, args: [schedule] }) => {
    if (!caller.policy.authority.selectSchedule) return only('PERM')
    if (schedule >= BigInt(policy.schedules.length)) return only('ARG')
    if (state.module !== 'running') return only('STATE')
    state.selected = { schedule: Number(schedule), cycle: trap.cycle }
    return only('OK')
  },
  sys_ctl: ({ state, caller, args: [number] }) => {
    const { system } = caller.policy.authority
    const operation = number < BigInt(OPERATIONS.length) ? OPERATIONS[Number(number)] : undefined
    if (operation === undefined) return only(system.length > 0 ? 'ARG' : 'PERM')
    if (!system.includes(operation)) return only('PERM')
    if (operation === 'maintenance' && state.module !== 'running') return only('STATE')
    if (operation === 'resume' && state.module !== 'maintenance') return only('STATE')
    if (operation === 'maintenance') state.module = 'maintenance'
    if (operation === 'halt' || operation === 'restart') state.module = 'halted'
    return { codes: ['OK', 'STATE'], ...(operation === 'resume' && { results: (code) => goOn(state, code) }) }
  },
}

/** The module runs again only after a self-test that the caller has seen pass. */
function goOn(state: ModelState, code: ReturnCode): undefined {
  if (code === 'OK') state.module = 'running'
}

function slotOf<Kind extends Slot['kind']>({ caller, args: [slot] }: CallContext, kind: Kind): Extract<Slot, { kind: Kind }> | undefined {
  const found = slot < BigInt(caller.slots.length) ? caller.slots[Number(slot)] : undefined
  return found?.kind === kind ? (found as Extract<Slot, { kind: Kind }>) : undefined
}

function send(call: CallContext): Expectation {
  const slot = slotOf(call, 'port')
  const channel = call.state.channels.get(slot?.port.name ?? '')
  if (slot === undefined || channel === undefined) return only('CAP')
  if (!slot.send) return only('PERM')
  const [, address, length] = call.args
  if (length === 0n || length > BigInt(slot.port.message)) return only('LEN')
  const bytes = call.memory.readUser(call.caller.policy.name, address, Number(length))
  if (bytes === undefined) return only('ARG')
  const { messages, port } = channel
  if (port.kind === 'queuing' && messages.length >= port.depth) return only('FULL')
  if (port.kind === 'sampling') messages.length = 0
  messages.push({ bytes, sentAt: call.trap.cycle })
  return only('OK')
}

function receive(call: CallContext): Expectation {
  const slot = slotOf(call, 'port')
  const channel = call.state.channels.get(slot?.port.name ?? '')
  if (slot === undefined || channel === undefined) return only('CAP')
  if (!slot.receive) return only('PERM')
  const { messages, port } = channel
  const [first] = messages
  const [, address, room] = call.args
  if (first === undefined) return only('EMPTY')
  if (BigInt(first.bytes.length) > room) return only('LEN')
  const { name } = call.caller.policy
  if (!call.memory.mayWrite(name, address, first.bytes.length)) return only('ARG')
  if (port.kind === 'queuing') messages.shift()
  return {
    codes: ['OK'],
    results: (_, [length, valid, age = 0n]) => {
      const delivered = call.memory.readUser(name, address, first.bytes.length)
      if (length !== BigInt(first.bytes.length) || delivered === undefined || Buffer.compare(delivered, first.bytes) !== 0)
        return 'received another message than the one that was sent'
      if (age > BigInt(Math.max(0, call.caller.windowEnd - first.sentAt))) return 'was told an age beyond that of the message'
      return valid === (port.kind === 'queuing' || age <= BigInt(port.refresh) ? 1n : 0n)
        ? undefined
        : 'was told a validity that the age denies'
    },
  }
}
