/**
 * Executable model, not proof: every transition of a run must be one that the policy permits. It knows the YAML text and the
 * interface, and sees what the hart shows at privilege changes; of the kernel it knows nothing. At most 400 lines, all files together.
 */
import { CODE } from '../../../abi/partition-memory.js'
import { callByNumber } from '../../../abi/calls.js'
import { returnCodeOf } from '../../../abi/return-codes.js'
import { readAccessPolicy, type AccessPolicy } from '../access-policy.js'
import { callRule } from './call-rules.js'
import { answerError, initialState, type ModelState, type Subject } from './model-state.js'
import { exceptionError } from '../exception-error.js'
import type { PartitionMemory, Resume, Trap } from '../transition.js'

const ECALL_FROM_U = 8
const A0 = 10
const A7 = 17
const SP = 2
/** To a thread that begins: its number, or its error. */
const HANDED_OVER = [10, 11, 12, 13]

export class PolicyModel {
  private readonly policy: AccessPolicy
  private state: ModelState
  /** Departures from the policy, one line each, in order of time. */
  readonly findings: string[] = []
  /** How many were judged. */
  transitions = 0

  constructor(
    policyText: string,
    private readonly memory: PartitionMemory,
  ) {
    this.policy = readAccessPolicy(policyText)
    this.state = initialState(this.policy)
  }

  /** Power-on or reset: every partition begins anew. */
  reset(): void {
    this.state = initialState(this.policy)
  }

  trap(trap: Trap): void {
    this.transitions += 1
    const caller = this.subject(trap.partition)
    if (trap.cycle > caller.windowEnd) this.report(trap, 'executed beyond the end of its window')
    const { state, policy, memory } = this
    const isCall = trap.cause.kind === 'exception' && trap.cause.code === ECALL_FROM_U
    caller.open.set(trap.thread, { trap, expectation: isCall ? callRule({ state, policy, caller, trap, memory }) : undefined })
    if (isCall || trap.cause.kind === 'interrupt') return
    answerError(state, caller, exceptionError(trap.cause.code, trap.address), trap.cycle)
  }

  resume(resume: Resume): void {
    this.transitions += 1
    const subject = this.subject(resume.partition)
    const { module } = this.state
    if (module === 'halted') this.report(resume, 'runs although the module is halted')
    if (module === 'maintenance' && !subject.policy.maintenance) this.report(resume, 'runs in maintenance mode')
    if (subject.mode === 'idle') this.report(resume, 'runs although it is stopped')
    if (resume.userMemoryOpen) this.report(resume, 'runs while the kernel keeps the permission for its memory')
    this.enterWindow(subject, resume)
    this.missDeadline(subject, resume)
    const wrong = subject.mode === 'starting' ? this.start(subject, resume) : this.goOn(subject, resume)
    if (wrong !== undefined) this.report(resume, wrong)
    subject.mode = 'normal'
    subject.open.delete(resume.thread)
  }

  private enterWindow(subject: Subject, { partition, cycle, epoch }: Resume): void {
    const { majorFrame, schedules } = this.policy
    const frameOf = (time: number): number => Math.floor((time - epoch) / majorFrame)
    const { selected } = this.state
    if (selected !== undefined && frameOf(selected.cycle) < frameOf(cycle)) {
      this.state.schedule = selected.schedule
      this.state.selected = undefined
    }
    const offset = (cycle - epoch) % majorFrame
    const slot = schedules[this.state.schedule]?.windows.find(
      (one) => one.partition === partition && offset >= one.at && offset < one.at + one.length,
    )
    if (slot === undefined) this.report({ partition, cycle }, 'runs outside its windows')
    else subject.windowEnd = cycle - offset + slot.at + slot.length
  }

  /** SKPP FPT_RCV_EXP.2, FDP_RIP.2: the first instruction, of the image, with nothing of a former life. */
  private start({ policy: { name }, warm, open, starts }: Subject, { pc, registers }: Resume): string | undefined {
    open.clear()
    starts.length = 0
    if (pc !== BigInt(CODE) || registers.some((value) => value !== 0n)) return 'starts with registers of a former life'
    if (!warm && this.memory.data(name).some((byte) => byte !== 0)) return 'starts with data of a former life'
    const image = this.memory.image(name)
    return Buffer.compare(this.memory.code(name).subarray(0, image.length), image) === 0
      ? undefined
      : 'starts with other code than its image'
  }

  /** That a deadline has passed, the hart does not show; that its answer is carried out, it does. */
  private missDeadline(subject: Subject, { pc, thread, cycle }: Resume): void {
    const { policy, open, handler } = subject
    const begins = pc === BigInt(CODE) || pc === handler?.pc
    if (!begins || subject.mode !== 'normal' || open.get(thread)?.trap.pc === pc) return
    if (policy.threads.some(({ deadline = 0 }) => deadline > 0)) answerError(this.state, subject, 'DEADLINE_MISSED', cycle)
  }

  private goOn({ open, starts }: Subject, { pc, thread, registers }: Resume): string | undefined {
    const isStart = (one: (typeof starts)[number]): boolean =>
      one.pc === pc && registers.every((value, register) => value === (register === SP ? one.stack : 0n) || HANDED_OVER.includes(register))
    const begun = starts.findIndex(isStart)
    if (begun >= 0) {
      starts.splice(begun, 1)
      return undefined
    }
    const interrupted = open.get(thread)
    if (interrupted === undefined) return 'runs without having been interrupted'
    const { trap, expectation } = interrupted
    if (expectation === undefined) return pc !== trap.pc || alters(trap, registers, []) ? 'continues with altered registers' : undefined
    const code = returnCodeOf(registers[A0] ?? 0n)
    const call = callByNumber.get(Number(trap.registers[A7] ?? 0n))
    if (code === undefined || !expectation.codes.includes(code))
      return `${call?.name ?? 'a call'} ended with ${code ?? 'no code'}, the policy permits ${expectation.codes.join(' or ')}`
    const values = code === 'OK' || code === 'TIMEOUT' ? (call?.results.length ?? 0) : 0
    const written = Array.from({ length: values + 1 }, (_, index) => A0 + index)
    if (pc !== trap.pc + 4n || alters(trap, registers, written)) return `${call?.name ?? 'a call'} altered more than its results`
    return expectation.results?.(code, registers.slice(A0 + 1, A0 + 1 + values))
  }

  private subject(name: string): Subject {
    const found = this.state.subjects.get(name)
    if (found === undefined) throw new Error(`the policy names no partition "${name}"`)
    return found
  }

  private report({ partition, cycle }: { readonly partition: string; readonly cycle: number }, what: string): void {
    this.findings.push(`cycle ${cycle}: ${partition} ${what}`)
  }
}

const alters = (trap: Trap, registers: readonly bigint[], results: readonly number[]): boolean =>
  registers.some((value, register) => value !== trap.registers[register] && !results.includes(register))
