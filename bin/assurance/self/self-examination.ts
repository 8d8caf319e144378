/**
 * `bulkhead assure --self`: would a wrong value be noticed? First by the tool, whose verdict logic is tested by its qualification
 * kit; then by the scenarios, each of whose expected values is made wrong in turn.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ExitCode } from '../../command.js'
import { oneLine, type Terminal } from '../../terminal.js'
import { writeTrace } from '../../tracing/write-trace.js'
import { falsifyScenarios, type FalsificationAnswer } from './falsification.js'
import { openPackFolder } from '../pack/pack-folder.js'
import { runQualificationKit } from './qualification-kit.js'

export interface SelfExaminationOptions {
  readonly shards: number
  readonly json: boolean
  /** Folder for the trace of the kit; null: it is not kept. */
  readonly kit: string | null
}

interface KitAnswer {
  readonly requirements: number
  readonly verified: number
  readonly tests: number
  /** Operational requirements that are not verified, with the reason. */
  readonly failing: readonly string[]
}

export async function examineSelf({ shards, json, kit }: SelfExaminationOptions, terminal: Terminal): Promise<ExitCode> {
  const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-self-'))
  try {
    terminal.progress('running the qualification kit')
    const qualification = await qualify(scratch, kit)
    if (!json) printKit(qualification, terminal)
    const answer = await falsifyScenarios(shards, scratch, terminal.progress)
    const passed = qualification.failing.length === 0 && answer.survivors.length === 0
    if (json) terminal.out(`${JSON.stringify({ passed, qualification, ...answer })}\n`)
    else printFalsification(answer, terminal)
    return passed ? 0 : 1
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function qualify(scratch: string, kit: string | null): Promise<KitAnswer> {
  const loaded = await runQualificationKit(scratch)
  if (kit !== null) {
    const folder = openPackFolder(resolve(kit))
    try {
      writeTrace(folder.staging, loaded, null)
      folder.publish()
    } finally {
      folder.discard()
    }
  }
  const { requirements, scenarios } = loaded.summary
  const open = loaded.set.requirements.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not-required')
  const failing = open.map(({ item, verdict, missing }) => `${item.id}: ${verdict}${missing[0] === undefined ? '' : `: ${missing[0]}`}`)
  const gates = loaded.set.gates.filter(({ met }) => !met).map(({ name, wanted, found }) => `${name}: ${wanted}; found: ${found}`)
  return { requirements: requirements.total, verified: requirements.passed, tests: scenarios.total, failing: [...failing, ...gates] }
}

function printKit({ requirements, verified, tests, failing }: KitAnswer, terminal: Terminal): void {
  for (const line of failing) terminal.out(`${oneLine(line)}\n`)
  terminal.out(`qualification: ${verified} of ${requirements} operational requirements verified by ${tests} tests\n`)
}

function printFalsification({ scenarios, falsified, survivors }: FalsificationAnswer, terminal: Terminal): void {
  for (const { uri, name, what } of survivors) {
    const fault = what === '' ? 'compares nothing' : `passes although ${what} is expected wrongly`
    terminal.out(`${oneLine(`${uri}: ${JSON.stringify(name)} ${fault}`)}\n`)
  }
  const noticed = falsified - survivors.filter(({ what }) => what !== '').length
  terminal.out(`${noticed} of ${falsified} falsified expectations were noticed, in ${scenarios} scenarios\n`)
}
