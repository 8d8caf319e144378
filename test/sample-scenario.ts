/** One scenario for tests of the main job, and what a run of it complains of. */
import type { CommandEnd } from './command-home.js'

export const scenario = (expected: string, tags = '') => `@SKPP:FDP_IFF.1.2
Feature: Sample

  ${tags}
  Scenario: A call returns
    Given the system "two-partitions"
    And partition "display" runs
      """riscv
        li a7, SELF
        ecall
      1: j 1b
      """
    When the system runs for 1 major frame
    Then register a0 of partition "display" holds the result ${expected}
`

/** Progress lines carry seconds; what is left is what went wrong. */
export const complaint = ({ err }: CommandEnd) => err.replace(/^ *\d+\.\d s {2}[^\n]*\n/gmu, '')
