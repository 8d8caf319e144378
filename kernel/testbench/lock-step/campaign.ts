/** Many random programs in lock-step, from consecutive seeds, until a number of instructions is reached; a difference is shrunk. */
import type { EngineKind } from '../../hardware/machine.js'
import { runInLockStep, type LockStepOptions } from './lock-step.js'
import { randomProgram, randomShape } from './random-program.js'
import { SeededRandom } from './seeded-random.js'
import { listing, shrink } from './shrink.js'

export interface CampaignOptions {
  readonly engines: readonly [EngineKind, EngineKind, ...EngineKind[]]
  readonly firstSeed: number
  /** In all; the last program may exceed it. */
  readonly instructions: number
  readonly instructionsPerProgram: number
  /** Only programs with H, or only without it; both unless given. */
  readonly hypervisor?: boolean
}

export interface CampaignResult {
  readonly programs: number
  readonly instructions: number
  readonly traps: number
  /** The first difference: seed, values that differ, and the shrunk program as assembly; undefined when there is none. */
  readonly failure: string | undefined
}

/** Long distances let code become hot, short ones find the instruction. */
const STRIDES: readonly [number, ...number[]] = [60, 500, 4000]
/** A shrunk program may need a little longer to differ. */
const SLACK = 100

export function runCampaign(campaign: CampaignOptions): CampaignResult {
  const { engines, firstSeed, instructions, instructionsPerProgram, hypervisor } = campaign
  const sum = { programs: 0, instructions: 0, traps: 0 }
  for (let seed = firstSeed; sum.instructions < instructions; seed++) {
    const random = new SeededRandom(seed)
    const shape = randomShape(random)
    if (hypervisor !== undefined && shape.extensions.includes('H') !== hypervisor) continue
    const program = randomProgram(random, shape)
    const options: LockStepOptions = { engines, seed, instructions: instructionsPerProgram, stride: random.pick(STRIDES) }
    const result = runInLockStep(program, options)
    sum.programs += 1
    sum.instructions += result.instructions
    sum.traps += result.traps
    const { difference } = result
    if (difference === undefined) continue
    const small = shrink(program, { ...options, instructions: difference.instructions + SLACK })
    const head = `seed ${seed}: ${engines[0]} and ${difference.engine} differ after ${difference.instructions} instructions`
    return { ...sum, failure: [head, ...difference.lines, 'shrunk to:', ...listing(small)].join('\n') }
  }
  return { ...sum, failure: undefined }
}
