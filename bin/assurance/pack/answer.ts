/** What a command says of a judged run: the counts, the gates, what failed, and where the pack is. */
import type { AssuranceCase } from '../../../evidence/model/assurance-case.js'
import { oneLine, type Terminal } from '../../terminal.js'

/** A terminal shows the first ones; the report has all of them. */
const SHOWN_FAILURES = 20

export function printAnswer(assurance: AssuranceCase, terminal: Terminal): void {
  const { summary, cover } = assurance
  const say = (line: string) => terminal.out(`${oneLine(line)}\n`)
  for (const { text } of [...summary.elements, ...summary.scenarios, ...summary.interfaces]) say(text)
  for (const { name, required, measured, verdict } of summary.gates)
    say(`gate ${verdict.padEnd(7)} ${name}: ${required}; measured: ${measured}`)
  for (const failure of summary.failures.slice(0, SHOWN_FAILURES)) say(`${failure}${causeOf(failure, assurance)}`)
  const more = summary.failures.length - SHOWN_FAILURES
  if (more > 0) say(`and ${more} more; the report lists them`)
  say(`${cover.system} ${cover.version}, commit ${cover.commit}, ${cover.treeState}`)
  say(`answer: ${cover.answer}`)
}

/** Of a scenario that is no pass: the first step that says why. */
function causeOf(failure: string, { scenarios }: AssuranceCase): string {
  const scenario = scenarios.find(({ uri, title, state }) => state !== 'passed' && failure.startsWith(`${uri}: ${title}: `))
  const step = scenario?.steps.find(({ message }) => message !== '' && message !== 'none')
  return step === undefined ? '' : `, at "${step.keyword} ${step.text}": ${step.message}`
}

export function answerAsJson({ summary, cover }: AssuranceCase, pack: string): string {
  const { passed, gates, elements, derived, scenarios, comparisons, interfaces, failures } = summary
  const { commit, dirty, answer } = cover
  return JSON.stringify({ passed, answer, pack, commit, dirty, gates, elements, derived, scenarios, comparisons, interfaces, failures })
}
