/**
 * Writes the body of one WebAssembly function: instructions, structured blocks with labels, locals.
 * WebAssembly Core 1.0, "Instructions" and "Binary Format".
 */
import { CodeBuffer } from './code-buffer.js'
import { F64, I32, I64, MEMORY_OP, OP, V128, VECTOR_OP, type ValueType } from './opcodes.js'

/** A block, loop or if that is open; branches name it. */
export interface Label {
  readonly depth: number
}

export interface Local {
  readonly index: number
  readonly type: ValueType
}

const BLOCK = 0x02
const LOOP = 0x03
const IF = 0x04
const ELSE = 0x05
const END = 0x0b
const BR = 0x0c
const BR_IF = 0x0d
const BR_TABLE = 0x0e
const CALL_INDIRECT = 0x11
const LOCAL_GET = 0x20
const LOCAL_SET = 0x21
const LOCAL_TEE = 0x22
const I32_CONST = 0x41
const I64_CONST = 0x42
const F64_CONST = 0x44
const VECTOR = 0xfd
const NO_RESULT = 0x40

export class FunctionBody {
  private code = new CodeBuffer()
  private readonly locals: ValueType[] = []
  private readonly free: Readonly<Record<ValueType, Local[]>> = { [I32]: [], [I64]: [], [F64]: [], [V128]: [] }
  private depth = 0

  constructor(private readonly parameters: readonly ValueType[]) {}

  parameter(index: number): Local {
    return { index, type: this.parameters[index] ?? I32 }
  }

  /** A fresh local, or one that was given back. */
  local(type: ValueType): Local {
    return this.free[type].pop() ?? this.lasting(type)
  }

  /** One that no earlier code uses: what it holds at the beginning of a loop is its own. */
  lasting(type: ValueType): Local {
    this.locals.push(type)
    return { index: this.parameters.length + this.locals.length - 1, type }
  }

  release(locals: readonly Local[]): void {
    for (const local of locals) this.free[local.type].push(local)
  }

  op(operation: keyof typeof OP): this {
    this.code.byte(OP[operation])
    return this
  }

  vector(operation: keyof typeof VECTOR_OP): this {
    this.code.byte(VECTOR)
    this.code.bytes(VECTOR_OP[operation])
    return this
  }

  memory(operation: keyof typeof MEMORY_OP, offset = 0): this {
    this.code.byte(MEMORY_OP[operation])
    this.code.byte(0)
    this.code.unsigned(offset)
    return this
  }

  i32(value: number): this {
    this.code.byte(I32_CONST)
    this.code.signed32(value)
    return this
  }

  i64(value: bigint): this {
    this.code.byte(I64_CONST)
    this.code.signed64(value)
    return this
  }

  f64(value: number): this {
    this.code.byte(F64_CONST)
    this.code.bytes(new Uint8Array(Float64Array.of(value).buffer))
    return this
  }

  get(local: Local): this {
    return this.withIndex(LOCAL_GET, local.index)
  }

  set(local: Local): this {
    return this.withIndex(LOCAL_SET, local.index)
  }

  tee(local: Local): this {
    return this.withIndex(LOCAL_TEE, local.index)
  }

  block(contents: (label: Label) => void): this {
    return this.structured(BLOCK, contents)
  }

  loop(contents: (label: Label) => void): this {
    return this.structured(LOOP, contents)
  }

  /** Takes its condition, an i32, from the stack. */
  if(then: () => void, otherwise?: () => void): this {
    return this.structured(IF, () => {
      then()
      if (otherwise === undefined) return
      this.code.byte(ELSE)
      otherwise()
    })
  }

  branch(label: Label): this {
    return this.withIndex(BR, this.depth - label.depth)
  }

  branchIf(label: Label): this {
    return this.withIndex(BR_IF, this.depth - label.depth)
  }

  /** Branches by the i32 on the stack; `otherwise` beyond the last label. */
  branchTable(labels: readonly Label[], otherwise: Label): this {
    this.withIndex(BR_TABLE, labels.length)
    for (const label of [...labels, otherwise]) this.code.unsigned(this.depth - label.depth)
    return this
  }

  /** The function whose place in the imported table is on the stack, above its arguments; of the type of the module's first function. */
  callIndirect(): this {
    this.code.bytes([CALL_INDIRECT, 0, 0])
    return this
  }

  /** Writes before all that was written so far, outside of its blocks. */
  first(contents: () => void): this {
    const rest = this.code
    this.code = new CodeBuffer()
    contents()
    this.code.bytes(rest.written())
    return this
  }

  /** Bytes of code so far. */
  get size(): number {
    return this.code.length
  }

  /** Declared locals and code, as the code section holds them. */
  bytes(): Uint8Array {
    const body = new CodeBuffer()
    body.unsigned(this.locals.length)
    for (const type of this.locals) body.bytes([1, type])
    body.bytes(this.code.written())
    body.byte(END)
    return body.written()
  }

  private withIndex(opcode: number, index: number): this {
    this.code.byte(opcode)
    this.code.unsigned(index)
    return this
  }

  private structured(opcode: number, contents: (label: Label) => void): this {
    this.code.byte(opcode)
    this.code.byte(NO_RESULT)
    this.depth += 1
    contents({ depth: this.depth })
    this.depth -= 1
    this.code.byte(END)
    return this
  }
}
