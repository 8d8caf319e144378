/**
 * Whether the host's relaxed multiply-add rounds once, as IEEE 754's fusedMultiplyAdd does: WebAssembly leaves that open ("Relaxed
 * SIMD", f64x2.relaxed_madd), so it is tried on operands where two roundings give another result. The answer holds for the process.
 */
import { multiplyAdd } from '../../float/arithmetic.js'
import { DOUBLE } from '../../float/format.js'
import { RNE } from '../../float/rounding.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Code } from './value-emitter.js'
import { FunctionBody } from './function-body.js'
import { encodeModule } from './module.js'
import { I32 } from './opcodes.js'

const LOW_32 = 0xffff_ffffn
const TRIALS = 256
let known: boolean | undefined

export function hostFuses(memory: MachineMemory): boolean {
  known ??= WebAssembly.validate(trialModule()) && roundsOnce(memory)
  return known
}

/** Leaves a x b + c, rounded as the host does it. */
export function emitRelaxedMultiplyAdd(body: FunctionBody, a: Code, b: Code, c: Code): void {
  for (const operand of [a, b, c]) {
    operand()
    body.vector('f64x2.splat')
  }
  body.vector('f64x2.relaxed_madd').vector('f64x2.extract_lane 0')
}

/** Against the exact arithmetic of float/: neighbours of 1, whose product needs all 106 bits, and numbers of all sizes. */
function roundsOnce(memory: MachineMemory): boolean {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(trialModule()), { machine: { memory: memory.wasm } })
  const half = (name: string, operands: readonly number[]): bigint => BigInt.asUintN(32, BigInt(exports[name]?.(...operands) ?? 0))
  return trials().every((operands) => {
    const halves = operands.flatMap((value) => [Number(value & LOW_32), Number(value >> 32n)])
    const result = half('low', halves) | (half('high', halves) << 32n)
    const [a = 0n, b = 0n, c = 0n] = operands
    return result === multiplyAdd(DOUBLE, RNE, a, b, c).bits
  })
}

/** Numbers between 2^-32 and 2^32 from a multiplicative generator; every second addend nearly cancels the product. */
function trials(): bigint[][] {
  let state = 1n
  const number = (): bigint => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n)
    return (state & (1n << 63n)) | ((991n + ((state >> 8n) & 63n)) << 52n) | ((state >> 11n) & ((1n << 52n) - 1n))
  }
  return Array.from({ length: TRIALS }, (_, trial) => {
    const [a, b] = [number(), number()]
    const product = multiplyAdd(DOUBLE, RNE, a, b, 1n << 63n).bits
    return [a, b, trial % 2 === 0 ? number() : product ^ (1n << 63n)]
  })
}

/** Two functions of six halves: the low and the high half of the result. */
function trialModule(): Uint8Array {
  const names = ['low', 'high'] as const
  return encodeModule(names.map((name) => ({ name, parameters: 6, body: trial(name === 'high') })))
}

function trial(high: boolean): FunctionBody {
  const body = new FunctionBody([I32, I32, I32, I32, I32, I32])
  const operand = (index: number): Code => {
    return () => {
      body
        .get(body.parameter(index))
        .op('i64.extend_i32_u')
        .get(body.parameter(index + 1))
        .op('i64.extend_i32_u')
      body.i64(32n).op('i64.shl').op('i64.or').op('f64.reinterpret_i64')
    }
  }
  emitRelaxedMultiplyAdd(body, operand(0), operand(2), operand(4))
  body.op('i64.reinterpret_f64')
  if (high) body.i64(32n).op('i64.shr_u')
  body.op('i32.wrap_i64')
  return body
}
