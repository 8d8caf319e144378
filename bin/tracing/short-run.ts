/**
 * Settings of V8 for a command that reads much once and ends within seconds. Of the user CPU of a trace of 10,000 requirements, 44 %
 * went to the threads that optimize and collect: V8 now waits longer before it optimizes a function, and inlines less into it. Only in
 * Node 20, where it was measured: later versions of V8 know other flags and complain of these.
 */
import { statSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

/** Bytecodes a function runs before it is considered for optimization, in bytes; V8 itself: 66 KiB. */
const interruptBudget = 800_000

/** Bytecodes inlined into one function, in bytes; V8 itself: 920. */
const inlinedBytecodes = 200

/** Above so many bytes of inputs, memory counts more than the time of its collection. */
const muchInput = 128 * 1024 * 1024

/** By how much the heap may grow before it is collected, in per cent; V8 itself: up to 300. */
const heapGrowth = 40

/** To be called before the modules of the command are loaded, with the files that were named. */
export function expectShortRun(files: readonly string[], version: string = process.versions.node): void {
  if (!version.startsWith('20.')) return
  setFlagsFromString(`--interrupt-budget=${interruptBudget}`)
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlinedBytecodes}`)
  if (bytesOf(files) > muchInput) setFlagsFromString(`--heap-growing-percent=${heapGrowth}`)
}

/** Of those that are there; the others are refused where they are read. */
const bytesOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
