/**
 * Writes the body of one WebAssembly function: instructions, structured blocks with labels, locals.
 * WebAssembly Core 1.0, "Instructions" and "Binary Format".
 */
import { signedLeb, signedLeb32, unsignedLeb } from './bytes.js'
import { F64, I32, I64, MEMORY_OP, OP, type ValueType } from './opcodes.js'

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
const LOCAL_GET = 0x20
const LOCAL_SET = 0x21
const LOCAL_TEE = 0x22
const I32_CONST = 0x41
const I64_CONST = 0x42
const F64_CONST = 0x44
const NO_RESULT = 0x40

export class FunctionBody {
  private readonly code: number[] = []
  private readonly locals: ValueType[] = []
  private readonly free: Readonly<Record<ValueType, Local[]>> = { [I32]: [], [I64]: [], [F64]: [] }
  private depth = 0

  constructor(private readonly parameters: readonly ValueType[]) {}

  parameter(index: number): Local {
    return { index, type: this.parameters[index] ?? I32 }
  }

  /** A fresh local, or one that was given back. */
  local(type: ValueType): Local {
    const reused = this.free[type].pop()
    if (reused !== undefined) return reused
    this.locals.push(type)
    return { index: this.parameters.length + this.locals.length - 1, type }
  }

  release(locals: readonly Local[]): void {
    for (const local of locals) this.free[local.type].push(local)
  }

  op(operation: keyof typeof OP): this {
    this.code.push(OP[operation])
    return this
  }

  memory(operation: keyof typeof MEMORY_OP, offset = 0): this {
    this.code.push(MEMORY_OP[operation], 0, ...unsignedLeb(offset))
    return this
  }

  i32(value: number): this {
    this.code.push(I32_CONST, ...signedLeb32(value))
    return this
  }

  i64(value: bigint): this {
    this.code.push(I64_CONST, ...signedLeb(value))
    return this
  }

  f64(value: number): this {
    this.code.push(F64_CONST, ...new Uint8Array(Float64Array.of(value).buffer))
    return this
  }

  get(local: Local): this {
    this.code.push(LOCAL_GET, ...unsignedLeb(local.index))
    return this
  }

  set(local: Local): this {
    this.code.push(LOCAL_SET, ...unsignedLeb(local.index))
    return this
  }

  tee(local: Local): this {
    this.code.push(LOCAL_TEE, ...unsignedLeb(local.index))
    return this
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
      this.code.push(ELSE)
      otherwise()
    })
  }

  branch(label: Label): this {
    this.code.push(BR, ...unsignedLeb(this.depth - label.depth))
    return this
  }

  branchIf(label: Label): this {
    this.code.push(BR_IF, ...unsignedLeb(this.depth - label.depth))
    return this
  }

  /** Branches by the i32 on the stack; `otherwise` beyond the last label. */
  branchTable(labels: readonly Label[], otherwise: Label): this {
    const depths = [...labels, otherwise].map((label) => unsignedLeb(this.depth - label.depth))
    this.code.push(BR_TABLE, ...unsignedLeb(labels.length), ...depths.flat())
    return this
  }

  /** Declared locals and code, as the code section holds them. */
  bytes(): number[] {
    const declarations = this.locals.flatMap((type) => [1, type])
    return [...unsignedLeb(this.locals.length), ...declarations, ...this.code, END]
  }

  private structured(opcode: number, contents: (label: Label) => void): this {
    this.code.push(opcode, NO_RESULT)
    this.depth += 1
    contents({ depth: this.depth })
    this.depth -= 1
    this.code.push(END)
    return this
  }
}
