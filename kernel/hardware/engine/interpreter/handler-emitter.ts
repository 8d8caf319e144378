/**
 * The algebra that emits one instruction's handler for the interpreter, its operands read at run time from the decode entry.
 */
import type { Algebra, Operands } from '../../isa/algebra.js'
import type { InstructionLength } from '../../isa/decode.js'
import { DECODE_ENTRY } from '../../memory/decode-cache.js'
import { DECODE_CACHE, F_REGISTERS } from '../../memory/layout.js'
import { FastPathEmitter } from '../wasm/fast-path-emitter.js'
import type { FunctionBody, Label, Local } from '../wasm/function-body.js'
import type { MemoryLocals } from '../wasm/memory-emitter.js'
import type { Code } from '../wasm/value-emitter.js'

/** Field of the decode entry that holds the register's place. */
type Field = 'rd' | 'rs1' | 'rs2' | 'rs3'

/** The locals that all handlers share. */
export interface InterpreterLocals extends MemoryLocals {
  /** DECODE_CACHE below the decode entry: the constant part of an address costs nothing. */
  readonly entry: Local
  readonly pc: Local
}

export class HandlerEmitter extends FastPathEmitter implements Algebra<Code, Code, Field> {
  readonly operands: Operands<Code, Field>
  private target: Code | undefined

  constructor(
    body: FunctionBody,
    protected override readonly locals: InterpreterLocals,
    private readonly leave: Label,
    private readonly done: Label,
    private readonly length: InstructionLength,
  ) {
    super(body, locals, false)
    const immediate = (): void => void body.get(locals.entry).memory('i64.load', DECODE_CACHE + DECODE_ENTRY.immediate)
    // Only system instructions have a number, and they have no fast path.
    this.operands = { rd: 'rd', rs1: 'rs1', rs2: 'rs2', rs3: 'rs3', number: 'rd', immediate }
  }

  /** Ends the handler: moves pc, goes to `done`, and gives the handler's locals back. */
  finish(): void {
    this.moveTo(this.target ?? this.nextPc())
    this.releaseTemporaries()
  }

  x(register: Field): Code {
    return this.bind(() => {
      this.field(register)
      this.body.memory('i64.load')
    })
  }

  /** The entry of an instruction with rd = x0 names the sink. */
  setX(register: Field, value: Code): void {
    this.effect = true
    this.field(register)
    value()
    this.body.memory('i64.store')
  }

  f(register: Field): Code {
    return this.bind(() => {
      this.field(register)
      this.body.memory('i64.load', F_REGISTERS)
    })
  }

  setF(register: Field, value: Code): void {
    this.effect = true
    this.field(register)
    value()
    this.body.memory('i64.store', F_REGISTERS)
  }

  pc(): Code {
    return () => void this.body.get(this.locals.pc)
  }

  nextPc(): Code {
    return this.add(this.pc(), this.constant(BigInt(this.length)))
  }

  jump(target: Code): void {
    this.target = this.bind(target)
  }

  /** A jump among the effects ends the handler, so that the host may predict it. */
  when(condition: Code, effects: () => void): void {
    condition()
    this.body.if(() => {
      effects()
      if (this.target !== undefined) this.moveTo(this.target)
      this.target = undefined
    })
  }

  environmentCall(): void {
    this.slow = true
  }
  readCsr(): Code {
    return this.unavailable()
  }
  writeCsr(): void {
    this.slow = true
  }
  trapReturn(): void {
    this.slow = true
  }

  protected leaveIfSet(): void {
    this.body.branchIf(this.leave)
  }

  private moveTo(target: Code): void {
    target()
    this.body.set(this.locals.pc).branch(this.done)
  }

  private field(field: Field): void {
    this.body.get(this.locals.entry).memory('i32.load', DECODE_CACHE + DECODE_ENTRY[field])
  }
}
