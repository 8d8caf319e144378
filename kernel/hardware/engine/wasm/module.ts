/**
 * A WebAssembly module that imports one memory as `machine.memory` and exports functions of i32 parameters and one i32 result.
 * WebAssembly Core 1.0, "Binary Format", "Modules".
 */
import { name, unsignedLeb, vector } from './bytes.js'
import type { FunctionBody } from './function-body.js'
import { I32 } from './opcodes.js'

export interface ExportedFunction {
  readonly name: string
  readonly parameters: number
  readonly body: FunctionBody
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
const FUNCTION_TYPE = 0x60
const IMPORT_MEMORY = 0x02
const LIMITS_WITH_MAXIMUM = 0x01
const EXPORT_FUNCTION = 0x00
/** The most a 32-bit memory can have; a machine's memory of any size satisfies the import. */
const MOST_PAGES = 65536

const section = (id: number, contents: readonly number[]): number[] => [id, ...unsignedLeb(contents.length), ...contents]

export function encodeModule(functions: readonly ExportedFunction[]): Uint8Array {
  const types = functions.map(({ parameters }) => [FUNCTION_TYPE, ...vector(Array.from({ length: parameters }, () => [I32])), 1, I32])
  const memory = [...name('machine'), ...name('memory'), IMPORT_MEMORY, LIMITS_WITH_MAXIMUM, 0, ...unsignedLeb(MOST_PAGES)]
  const bodies = functions.map(({ body }) => {
    const bytes = body.bytes()
    return [...unsignedLeb(bytes.length), ...bytes]
  })
  return Uint8Array.from([
    ...HEADER,
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsignedLeb(index)))),
    ...section(7, vector(functions.map((exported, index) => [...name(exported.name), EXPORT_FUNCTION, ...unsignedLeb(index)]))),
    ...section(10, vector(bodies)),
  ])
}
