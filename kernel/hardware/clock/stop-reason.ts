/** Why a run ended. `code` 0 means success. */
export type StopReason =
  | { readonly kind: 'cycle-limit' }
  | { readonly kind: 'instruction-limit' }
  /** The test finisher was told to power off. */
  | { readonly kind: 'powered-off'; readonly code: number }
  /** The hart waits, and nothing inside the machine can end it. */
  | { readonly kind: 'idle' }
  /** An odd value was stored to a watched HTIF `tohost`; the code is value >> 1. */
  | { readonly kind: 'tohost'; readonly code: number }
  /** The test finisher asked for a reset; the machine's owner decides. */
  | { readonly kind: 'reset' }
  /** A trap in M while its handler could not be interrupted (Smdbltrp); the hart has ceased execution. */
  | { readonly kind: 'critical-error' }
  /** The hart is at a debugger's breakpoint. */
  | { readonly kind: 'breakpoint' }
  /** The run's `breakAt` returned true. */
  | { readonly kind: 'break' }
