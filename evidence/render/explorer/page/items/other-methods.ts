/** Analysis and inspection of one requirement: the state of each, and the artefacts behind it with the people who sign for them. */
import type { TracedArtefact, TracedMethod } from '../../../../items/traced-method.js'
import { toneOf } from '../../../status-tone.js'
import { methodVerdictWords } from '../../format/verdict-words.js'
import { code, facts, none, section } from './detail-parts.js'
import { element } from '../parts/element.js'
import { statusMark } from '../parts/status-mark.js'

export function otherMethods(methods: readonly TracedMethod[]): HTMLElement | null {
  return methods.length === 0 ? null : section('Analysis and inspection', ...methods.flatMap(methodParts))
}

function methodParts({ method, required, state, artefacts }: TracedMethod): readonly HTMLElement[] {
  const named = required ? 'named by the requirement' : 'not named by the requirement'
  return [
    element(
      'h4',
      {},
      `${method.slice(0, 1).toUpperCase()}${method.slice(1)} `,
      statusMark(methodVerdictWords[state] ?? state, toneOf(state)),
      ' ',
      element('span', { class: 'label' }, `(${named})`),
    ),
    ...(artefacts.length === 0 ? [none('No artefact shows it.')] : artefacts.map(artefactFacts)),
  ]
}

function artefactFacts({
  id,
  title,
  result,
  file,
  digest,
  author,
  reviewer,
  date,
  expires,
  state,
  reason,
  place,
}: TracedArtefact): HTMLElement {
  const counts =
    state === 'current' ? statusMark('current', 'good') : statusMark(state === 'not-judged' ? 'not judged' : state, toneOf(state))
  return facts([
    ['Artefact', element('span', {}, element('b', {}, id), ` ${title}`)],
    // A pass that does not count wears no sign of one.
    ['Result', state === 'current' ? statusMark(result, toneOf(result)) : `${result}, as the register states`],
    ['State', reason === '' ? counts : element('span', {}, counts, ` ${reason}`)],
    ['File', code(file)],
    ['SHA-256', code(digest)],
    ['Author', author],
    ['Reviewer', reviewer],
    ['Date', date],
    ['Expires', expires ?? element('span', { class: 'none' }, 'no last day')],
    ['Register', code(place)],
  ])
}
