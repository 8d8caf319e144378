/**
 * The state of each method of a requirement but test. The worst artefact decides: a failure is not outvoted by a pass, and one that
 * does not count asks for work.
 */
import type { OtherMethod, TracedArtefact, TracedMethod } from '../../items/traced-method.js'
import type { RequirementVerdict } from '../../items/traced-set.js'
import { methods, type Method } from '../../model/verdict.js'

/** One list for all requirements without: nearly every one of a large set. */
export const noMethods: readonly TracedMethod[] = []
const otherMethods = methods.filter((method): method is OtherMethod => method !== 'test')

/** Those that the requirement names, and those for which there is an artefact. */
export function methodStates(named: readonly Method[], artefacts: readonly TracedArtefact[]): readonly TracedMethod[] {
  if (artefacts.length === 0 && !named.some((method) => method !== 'test')) return noMethods
  return otherMethods.flatMap((method) => {
    const own = artefacts.filter((artefact) => artefact.method === method)
    const required = named.includes(method)
    return own.length === 0 && !required ? [] : [{ method, required, ...inSum(own), artefacts: own }]
  })
}

function inSum(artefacts: readonly TracedArtefact[]): Pick<TracedMethod, 'state' | 'detail'> {
  if (artefacts.length === 0) return { state: 'none', detail: 'no artefact' }
  const valid = artefacts.filter(({ state }) => state === 'current')
  const failed = valid.filter(({ result }) => result === 'failed')
  if (failed.length > 0) return { state: 'failed', detail: failed.map(inWords).join('; ') }
  if (valid.length === artefacts.length) return { state: 'passed', detail: artefacts.map(inWords).join('; ') }
  const without = artefacts.filter(({ state }) => state !== 'current')
  const detail = without.map((artefact) => `${inWords(artefact)}: ${artefact.reason}`).join('; ')
  if (without.some(({ state }) => state !== 'missing')) return { state: 'stale', detail }
  return { state: valid.length > 0 ? 'partial' : 'none', detail }
}

function inWords({ id, file }: TracedArtefact): string {
  return `${id} (${file})`
}

/** The verdict of a requirement that names no test. */
export function verdictOf(states: readonly TracedMethod[]): RequirementVerdict {
  const found = new Set(states.filter(({ required }) => required).map(({ state }) => state))
  if (found.has('failed')) return 'failed'
  if (found.size === 1 && found.has('passed')) return 'passed'
  if (found.has('passed') || found.has('partial')) return 'partial'
  return found.has('stale') ? 'stale' : 'uncovered'
}

/** A failure by any method is one of the requirement; a method that passed makes what tests leave open partial. */
export function withMethods(byTest: RequirementVerdict, states: readonly TracedMethod[]): RequirementVerdict {
  if (states.some(({ state }) => state === 'failed')) return 'failed'
  return byTest === 'uncovered' && states.some(({ required, state }) => required && state === 'passed') ? 'partial' : byTest
}

/** What is missing by method, failures first. @param required whether methods that the requirement names are wanted. */
export function missingMethods(states: readonly TracedMethod[], required: boolean): readonly string[] {
  const failures = states.filter(({ state }) => state === 'failed')
  const open = required ? states.filter((own) => own.required && own.state !== 'passed' && own.state !== 'failed') : []
  return [...failures, ...open].map(
    ({ method, state, detail, artefacts }) => `${method}: ${artefacts.length === 0 ? state : `${state}: ${detail}`}`,
  )
}
