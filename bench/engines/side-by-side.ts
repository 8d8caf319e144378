/** One program on all peers, turn by turn, so that what else the host does falls on all of them. */
import type { BenchProgram } from './bench-programs.js'
import type { JobResult, Peer } from './peers.js'
import { median } from './statistics.js'

/** `ELF file of the program with so many rounds`. */
export type Build = (program: BenchProgram, rounds: number) => string

export interface Figure {
  readonly peer: Peer
  /** Median of the wall clock, start-up included. */
  readonly seconds: number
  /** What the peer did of the program. */
  readonly rounds: number
  /** Of all engines alike: QEMU does not count. */
  readonly instructions: number
}

/** The work that all peers do alike before anything is measured. */
const AGREEMENT_SHARE = 1000

const roundsFor = (program: BenchProgram, share: number): number => Math.max(1, Math.round(program.rounds / share))

/** @throws Error when two peers print different digests, or two engines count different instructions. */
export function checkAgreement(program: BenchProgram, peers: readonly Peer[], build: Build): void {
  const file = build(program, roundsFor(program, AGREEMENT_SHARE))
  const results = peers.map((peer) => ({ name: peer.name, ...peer.run(file) }))
  for (const [index, other] of results.entries()) {
    const [first = other] = results
    if (index > 0 && !agree(first, other))
      throw new Error(`${program.name}: ${first.name} and ${other.name} differ: ${said(first)}, ${said(other)}`)
  }
}

const agree = (a: JobResult, b: JobResult): boolean =>
  a.printed === b.printed && (a.instructions === undefined || b.instructions === undefined || a.instructions === b.instructions)

const said = ({ printed, instructions }: JobResult): string => `${printed} after ${instructions ?? 'uncounted'} instructions`

export function measure(program: BenchProgram, peers: readonly Peer[], turns: number, share: number, build: Build): Figure[] {
  const jobs = peers.map((peer) => {
    const rounds = roundsFor(program, share * peer.share)
    return { peer, rounds, file: build(program, rounds), results: new Array<JobResult>() }
  })
  for (let turn = 0; turn < turns; turn++) for (const { peer, file, results } of jobs) results.push(peer.run(file))
  const counted = jobs.flatMap(({ rounds, results: [first] }) =>
    first?.instructions === undefined ? [] : [{ rounds, of: first.instructions }],
  )
  return jobs.map(({ peer, rounds, results }) => {
    const own = counted.find((job) => job.rounds === rounds)?.of ?? Number.NaN
    return { peer, rounds, instructions: own, seconds: median(results.map(({ seconds }) => seconds)) }
  })
}
