/** What drives a hart's interrupt-pending bits from outside: the ACLINT today, PLIC or AIA later. */
export interface InterruptLines {
  /** MSIP of a hart (ACLINT 1.0, "MSWI Device"). */
  softwarePending(hart: number): boolean
  /** MTIMECMP of a hart (ACLINT 1.0, "MTIMER Device"); mtime is the cycle count. */
  timerCompare(hart: number): bigint
}
