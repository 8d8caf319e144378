/** The one function of @bcoe/v8-coverage that is used; the package brings no types. */
declare module '@bcoe/v8-coverage' {
  import type { Profiler } from 'node:inspector'

  export interface ProcessCov {
    readonly result: readonly Profiler.ScriptCoverage[]
  }

  /** Adds up what several processes ran; the input may be changed. */
  export function mergeProcessCovs(processes: readonly ProcessCov[]): ProcessCov
}
