/**
 * The registers that a region uses, each in a local of its function: loaded at the entry, stored at the exits if some instruction
 * writes it.
 */
import { F_REGISTERS } from '../../memory/layout.js'
import type { FunctionBody, Local } from '../wasm/function-body.js'
import { F64, I64 } from '../wasm/opcodes.js'

const REGISTER_BYTES = 8

interface Register {
  readonly local: Local
  written: boolean
}

export class RegionRegisters {
  private readonly integers = new Map<number, Register>()
  private readonly floats = new Map<number, Register>()

  constructor(private readonly body: FunctionBody) {}

  x(register: number): Local {
    return this.register(this.integers, register, I64).local
  }

  writtenX(register: number): Local {
    const entry = this.register(this.integers, register, I64)
    entry.written = true
    return entry.local
  }

  f(register: number): Local {
    return this.register(this.floats, register, F64).local
  }

  writtenF(register: number): Local {
    const entry = this.register(this.floats, register, F64)
    entry.written = true
    return entry.local
  }

  emitLoads(to: FunctionBody, hart: Local): void {
    for (const [register, { local }] of this.integers)
      to.get(hart)
        .memory('i64.load', register * REGISTER_BYTES)
        .set(local)
    for (const [register, { local }] of this.floats)
      to.get(hart)
        .memory('f64.load', F_REGISTERS + register * REGISTER_BYTES)
        .set(local)
  }

  emitStores(to: FunctionBody, hart: Local): void {
    for (const [register, { local, written }] of this.integers)
      if (written)
        to.get(hart)
          .get(local)
          .memory('i64.store', register * REGISTER_BYTES)
    for (const [register, { local, written }] of this.floats)
      if (written)
        to.get(hart)
          .get(local)
          .memory('f64.store', F_REGISTERS + register * REGISTER_BYTES)
  }

  private register(registers: Map<number, Register>, register: number, type: typeof I64 | typeof F64): Register {
    const known = registers.get(register)
    if (known !== undefined) return known
    const entry = { local: this.body.lasting(type), written: false }
    registers.set(register, entry)
    return entry
  }
}
