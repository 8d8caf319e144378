/** What drives MSIP and MTIP of a hart: the ACLINT. External interrupts come by lines of their own (external-lines.ts). */
export interface InterruptLines {
  /** MSIP of a hart (ACLINT 1.0, "MSWI Device"). */
  softwarePending(hart: number): boolean
  /** MTIMECMP of a hart (ACLINT 1.0, "MTIMER Device"); mtime is the cycle count. */
  timerCompare(hart: number): bigint
}
