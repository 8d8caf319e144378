/**
 * The programs of bench/programs and how often each repeats its work: so often that QEMU, or the fastest engine, takes a few seconds.
 * Each starts at reset in M-mode, does its work in S-mode with Sv39 and 4 KiB pages, prints a digest and tells the test finisher.
 */
export interface BenchProgram {
  readonly name: string
  /** Below bench/programs. C needs a cross compiler; assembly is assembled by the assembler of kernel/programs. */
  readonly source: string
  readonly language: 'c' | 'assembly'
  readonly rounds: number
  /** What the geometric mean is over; the other programs stand beside it. */
  readonly counted: boolean
  readonly compilerOptions?: readonly string[]
  /** What one round is, where its time is a figure of its own. */
  readonly roundIs?: string
}

export const BENCH_PROGRAMS: readonly BenchProgram[] = [
  { name: 'coremark-like', source: 'coremark-like.c', language: 'c', rounds: 40_000, counted: true },
  { name: 'dhrystone-like', source: 'dhrystone-like.c', language: 'c', rounds: 8_000_000, counted: true },
  { name: 'memory', source: 'memory.c', language: 'c', rounds: 50, counted: true },
  { name: 'floating-point', source: 'floating-point.c', language: 'c', rounds: 600, counted: true },
  {
    name: 'floating-point without fmadd',
    source: 'floating-point.c',
    language: 'c',
    rounds: 600,
    counted: false,
    compilerOptions: ['-ffp-contract=off'],
  },
  {
    name: 'environment calls',
    source: 'environment-calls.s',
    language: 'assembly',
    rounds: 6_000_000,
    counted: false,
    roundIs: 'S to M and back',
  },
  { name: 'CSR accesses', source: 'csr-accesses.s', language: 'assembly', rounds: 10_000_000, counted: false },
  { name: 'address translation', source: 'address-translation.s', language: 'assembly', rounds: 9000, counted: false },
  { name: 'self-modifying code', source: 'self-modifying.s', language: 'assembly', rounds: 500_000, counted: false },
  { name: 'arithmetic', source: 'arithmetic.s', language: 'assembly', rounds: 500_000_000, counted: false },
  { name: 'shell sort', source: 'shell-sort.s', language: 'assembly', rounds: 160, counted: false },
  { name: 'copy of 64 KiB', source: 'copy.s', language: 'assembly', rounds: 200_000, counted: false },
]
