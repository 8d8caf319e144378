/**
 * Settings of V8 for a command that reads much once and ends within seconds. Of the user CPU of a trace of 10,000 requirements, 44 %
 * went to the threads that optimize and collect: V8 now waits longer before it optimizes a function, and inlines less into it. Only in
 * Node 20, where it was measured: later versions of V8 know other flags and complain of these.
 */
import { setFlagsFromString } from 'node:v8'

/** Bytecodes a function runs before it is considered for optimization, in bytes; V8 itself: 66 KiB. */
const interruptBudget = 800_000

/** Bytecodes inlined into one function, in bytes; V8 itself: 920. */
const inlinedBytecodes = 200

/** To be called before the modules of the command are loaded. */
export function expectShortRun(version: string = process.versions.node): void {
  if (!version.startsWith('20.')) return
  setFlagsFromString(`--interrupt-budget=${interruptBudget}`)
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlinedBytecodes}`)
}
