/**
 * WebAssembly's relaxed SIMD holds the multiply-add that the translator looks for. Node 20 knows it, but has it switched off; later
 * versions have it and refuse the flag aloud. For the whole process, before it compiles WebAssembly.
 */
import { setFlagsFromString } from 'node:v8'

const SWITCHED_OFF = /^v20\./u

export function switchOnRelaxedSimd(): void {
  if (SWITCHED_OFF.test(process.version)) setFlagsFromString('--experimental-wasm-relaxed-simd')
}
