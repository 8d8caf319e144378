/**
 * A WebAssembly module that imports one memory as `machine.memory`, perhaps a table of functions as `machine.table`, and exports
 * functions of i32 parameters and one i32 result. WebAssembly Core 1.0, "Binary Format", "Modules".
 */
import { CodeBuffer } from './code-buffer.js'
import type { FunctionBody } from './function-body.js'
import { I32 } from './opcodes.js'

export interface ExportedFunction {
  readonly name: string
  readonly parameters: number
  readonly body: FunctionBody
}

export interface ModuleOptions {
  /** Functions call others of their own type through the imported table. */
  readonly callsTable: boolean
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
const FUNCTION_TYPE = 0x60
const IMPORT_TABLE = 0x01
const IMPORT_MEMORY = 0x02
const FUNCTION_REFERENCE = 0x70
const LIMITS_WITH_MAXIMUM = 0x01
const EXPORT_FUNCTION = 0x00
/** The most a 32-bit memory can have; a machine's memory of any size satisfies the import. */
const MOST_PAGES = 65536

export function encodeModule(functions: readonly ExportedFunction[], { callsTable }: ModuleOptions = { callsTable: false }): Uint8Array {
  const module = new CodeBuffer()
  module.bytes(HEADER)
  section(module, 1, functions, (to, { parameters }) => {
    to.bytes([FUNCTION_TYPE, parameters, ...Array.from({ length: parameters }, () => I32), 1, I32])
  })
  section(module, 2, callsTable ? [importMemory, importTable] : [importMemory], (to, write) => write(to))
  section(module, 3, functions, (to, _, index) => to.unsigned(index))
  section(module, 7, functions, (to, { name: exported }, index) => {
    name(to, exported)
    to.byte(EXPORT_FUNCTION)
    to.unsigned(index)
  })
  section(module, 10, functions, (to, { body }) => {
    const bytes = body.bytes()
    to.unsigned(bytes.length)
    to.bytes(bytes)
  })
  return module.written().slice()
}

function section<T>(
  module: CodeBuffer,
  id: number,
  elements: readonly T[],
  write: (to: CodeBuffer, element: T, index: number) => void,
): void {
  const contents = new CodeBuffer()
  contents.unsigned(elements.length)
  elements.forEach((element, index) => write(contents, element, index))
  module.byte(id)
  module.unsigned(contents.length)
  module.bytes(contents.written())
}

function importMemory(to: CodeBuffer): void {
  name(to, 'machine')
  name(to, 'memory')
  to.bytes([IMPORT_MEMORY, LIMITS_WITH_MAXIMUM, 0])
  to.unsigned(MOST_PAGES)
}

function importTable(to: CodeBuffer): void {
  name(to, 'machine')
  name(to, 'table')
  to.bytes([IMPORT_TABLE, FUNCTION_REFERENCE, 0, 0])
}

function name(to: CodeBuffer, text: string): void {
  const bytes = new TextEncoder().encode(text)
  to.unsigned(bytes.length)
  to.bytes(bytes)
}
