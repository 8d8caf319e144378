/** A state as the page prints it: shape, colour and word together; the shapes and colours are those of the reports. */
import type { ScenarioVerdict } from '../../../../model/verdict.js'
import { verdictText } from '../../../../model/verdict.js'
import type { RequirementVerdict, TraceState } from '../../../../items/traced-set.js'
import { toneOf } from '../../../status-tone.js'
import { requirementVerdictWords, stateWords } from '../../format/verdict-words.js'
import { element, shape } from './element.js'

export function statusMark(word: string, tone: string): HTMLElement {
  return element('span', { class: `status ${tone}` }, shape(tone), word)
}

/** `verdict` comes from the data and is one of the union: the writer took it from there. */
export function requirementVerdictMark(verdict: string): HTMLElement {
  return statusMark(requirementVerdictWords[verdict as RequirementVerdict].name, toneOf(verdict))
}

export function testVerdictMark(verdict: string): HTMLElement {
  return statusMark(verdictText[verdict as ScenarioVerdict], toneOf(verdict))
}

export function stateMark(state: TraceState): HTMLElement {
  return statusMark(stateWords[state].name, toneOf(state))
}
