/**
 * The part of the WebAssembly JavaScript interface (W3C WebAssembly JavaScript Interface 1.0) that the machine uses;
 * Node offers it, but its type packages do not describe it without a browser's.
 */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum: number })
    readonly buffer: ArrayBuffer
  }
  interface Module {
    readonly [Symbol.toStringTag]: string
  }
  const Module: new (bytes: Uint8Array) => Module
  type ExportedFunction = (...values: number[]) => number
  class Table {
    constructor(descriptor: { element: 'anyfunc'; initial: number; maximum?: number })
    readonly length: number
    get(index: number): ExportedFunction | null
    set(index: number, value: ExportedFunction | null): void
    grow(delta: number): number
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, Memory | Table>>)
    readonly exports: Readonly<Record<string, ExportedFunction>>
  }
  function validate(bytes: Uint8Array): boolean
}
