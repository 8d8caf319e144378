/** For specs: an instruction's text goes wrong for one engine alone, and lock-step must find it. Once in a process: engines keep their code. */
import type { EngineKind } from '../../hardware/engine/engine.js'
import type { Semantics } from '../../hardware/isa/algebra.js'
import { INSTRUCTION_TABLE } from '../../hardware/isa/instruction-table.js'
import { invariant } from '../../common/errors.js'
import { runCampaign } from './campaign.js'

export interface PlantedFault {
  readonly engine: EngineKind
  /** Class of who writes this engine's code; the others read the right text. */
  readonly emitter: abstract new (...args: never[]) => unknown
  readonly name: string
  readonly wrong: Semantics
}

/** What lock-step with the reference engine says about it; empty when it finds nothing. */
export function findPlantedFault({ engine, emitter, name, wrong }: PlantedFault): string {
  const row = INSTRUCTION_TABLE.find((candidate) => candidate.name === name)
  invariant(row !== undefined, `no instruction ${name}`)
  const { semantics } = row
  const planted: Semantics = (machine, operands) => (machine instanceof emitter ? wrong : semantics)(machine, operands)
  invariant(Reflect.set(row, 'semantics', planted), 'the table cannot be changed')
  const options = { firstSeed: 1, instructions: 2_000_000, instructionsPerProgram: 10_000 }
  return runCampaign({ engines: ['reference', engine], ...options }).failure ?? ''
}

/** Lines of a listing that are instructions. */
export const instructionLines = (listing: string): string[] => listing.split('\n').filter((line) => /^[0-9a-f]{8}: /.test(line))
