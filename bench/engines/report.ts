/** The figures as lines: speed of each peer, its ratio to QEMU, and the geometric mean of the ratios of the counted programs. */
import type { BenchProgram } from './bench-programs.js'
import { QEMU_NAME } from './peers.js'
import type { Figure } from './side-by-side.js'
import { geometricMean } from './statistics.js'

export interface ProgramFigures {
  readonly program: BenchProgram
  readonly figures: readonly Figure[]
}

/** How many times faster than QEMU, for the same work; `undefined` without QEMU. */
function ratioToQemu({ seconds, rounds }: Figure, figures: readonly Figure[]): number | undefined {
  const qemu = figures.find(({ peer }) => peer.name === QEMU_NAME)
  return qemu === undefined ? undefined : qemu.seconds / qemu.rounds / (seconds / rounds)
}

export function programLines({ program, figures }: ProgramFigures): string[] {
  const lines = figures.map((figure) => {
    const { peer, seconds, rounds, instructions } = figure
    const ratio = peer.name === QEMU_NAME ? undefined : ratioToQemu(figure, figures)
    const cells = [
      peer.name.padEnd(12),
      `${seconds.toFixed(2)} s`.padStart(9),
      (Number.isNaN(instructions) ? '' : `${(instructions / seconds / 1e6).toFixed(0)} MIPS`).padStart(11),
      program.roundIs === undefined ? '' : `${((seconds / rounds) * 1e9).toFixed(1)} ns ${program.roundIs}`.padStart(28),
      ratio === undefined ? '' : `${ratio.toFixed(2)} x QEMU`.padStart(13),
    ]
    return `  ${cells.join('')}`.trimEnd()
  })
  return [program.name, ...lines]
}

/** Over the counted programs, with each variant of one in its place. */
export function meanLines(all: readonly ProgramFigures[]): string[] {
  const peers = new Set(all.flatMap(({ figures }) => figures.map(({ peer }) => peer.name)))
  return [...peers].flatMap((name) => {
    const ratios = (chosen: readonly ProgramFigures[]): number[] =>
      chosen.flatMap(({ figures }) =>
        figures.filter(({ peer }) => peer.name === name).flatMap((figure) => ratioToQemu(figure, figures) ?? []),
      )
    const counted = ratios(all.filter(({ program }) => program.counted))
    if (name === QEMU_NAME || counted.length === 0) return []
    const least = Math.min(...counted).toFixed(2)
    return [`${name}: geometric mean of ${counted.length} programs ${geometricMean(counted).toFixed(2)} x QEMU, least ${least}`]
  })
}
