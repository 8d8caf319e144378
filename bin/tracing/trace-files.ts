/** `bulkhead trace` over files of any known format: reads them, traces, writes the answer into a staged folder, publishes it. */
import { resolve } from 'node:path'
import { answerWords } from '../../evidence/items/answer-words.js'
import type { CoverageCount } from '../../evidence/items/coverage-report.js'
import type { TraceSummary } from '../../evidence/items/trace-summary.js'
import type { TracedSet } from '../../evidence/items/traced-set.js'
import { openPackFolder } from '../assurance/pack/pack-folder.js'
import { misuse, type Command, type ExitCode, type Invocation } from '../command.js'
import { oneLine, type Terminal } from '../terminal.js'
import { dayOf } from './day-option.js'
import { loadTrace } from './load-trace.js'
import { signingKey } from '../assurance/pack/signing-key.js'
import { chosenDocuments } from './trace-documents.js'
import { writeTrace } from './write-trace.js'

type Named = Pick<Command, 'name'>

/** A terminal shows the first ones; the report has all. */
const shownDefects = 20

export async function traceFiles(command: Named, invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const { requirements, results, out } = operandsOf(command, invocation)
  const key = await signingKey(invocation)
  const documents = await chosenDocuments(invocation, terminal.progress)
  const pack = openPackFolder(resolve(out))
  try {
    const loaded = await loadTrace({
      requirements,
      results,
      coverage: invocation.list('coverage'),
      policy: invocation.text('policy') ?? null,
      map: invocation.text('map') ?? null,
      readers: invocation.list('reader'),
      baseline: invocation.text('baseline') ?? null,
      run: invocation.text('run') ?? null,
      root: invocation.text('root') ?? null,
      asOf: dayOf(invocation),
      flows: invocation.text('flows') ?? null,
      title: invocation.text('title') ?? null,
    })
    writeTrace(pack.staging, loaded, invocation.text('root') ?? null, documents)
    if (key !== null) (await import('../../evidence/attest/pack-signature.js')).signPack(pack.staging, key)
    pack.publish()
    const { set, summary } = loaded
    if (invocation.flag('json')) terminal.out(`${JSON.stringify(summary)}\n`)
    else print(set, summary, out, terminal)
    return set.passed ? 0 : 1
  } finally {
    pack.discard()
  }
}

function operandsOf(
  command: Named,
  invocation: Invocation,
): { readonly requirements: readonly string[]; readonly results: readonly string[]; readonly out: string } {
  const [requirements, results] = [invocation.list('requirements'), invocation.list('results')]
  const out = invocation.text('out')
  const { operands } = invocation
  const [first, second, third] = operands
  if (first !== undefined && second !== undefined && third !== undefined) {
    if (requirements.length + results.length > 0 || out !== undefined)
      throw misuse(command, 'three operands are requirements, results and folder: leave out --requirements, --results and --out')
    return { requirements: [first], results: [second], out: third }
  }
  if (operands.length > 0)
    throw misuse(command, `${operands.length === 1 ? 'one operand' : 'two operands'} instead of requirements, results and folder`)
  if (requirements.length === 0) throw misuse(command, 'no --requirements given')
  if (results.length === 0) throw misuse(command, 'no --results given')
  if (out === undefined) throw misuse(command, 'no --out given')
  return { requirements, results, out }
}

function print(set: TracedSet, { requirements, scenarios, coverage }: TraceSummary, out: string, terminal: Terminal): void {
  const say = (line: string): void => terminal.out(`${oneLine(line)}\n`)
  const counts = (all: object): string =>
    Object.entries(all)
      .filter(([name, count]) => name !== 'total' && count !== 0)
      .map(([name, count]) => `${String(count)} ${name}`)
      .join(', ')
  say(`requirements to verify: ${requirements.total}: ${counts(requirements)}`)
  say(`tests: ${scenarios.total}: ${counts(scenarios)}`)
  for (const [name, count] of Object.entries<CoverageCount | null>({ ...coverage }))
    if (count !== null) say(`${name}: ${count.covered} of ${count.total} covered`)
  for (const { name, wanted, found, met } of set.gates) say(`gate ${met ? 'met    ' : 'not met'} ${name}: ${wanted}; found: ${found}`)
  const defects = set.defects.filter(({ kind }) => kind !== 'gate')
  for (const { kind, id, text, place } of defects.slice(0, shownDefects)) say(`${kind}: ${id}: ${text}${place === '' ? '' : ` (${place})`}`)
  if (defects.length > shownDefects) say(`and ${defects.length - shownDefects} more in ${out}/defects.csv`)
  say(`answer: ${answerWords(set.passed, requirements)} See ${out}/index.html`)
}
