/** Steps of one test with what each compared: expected beside observed, and where the observation came from. */
import type { StepDetail, TestDetail } from '../format/data-shape.js'
import { toneOf } from '../../status-tone.js'
import { none } from './detail-parts.js'
import { element } from './element.js'
import { statusMark } from './status-mark.js'

export function stepTable({ steps = [], attempts }: TestDetail): HTMLElement {
  if (steps.length === 0) return none(attempts === 0 ? 'It was not run, and the results list no steps.' : 'The results list no steps.')
  const rows = steps.map((step) =>
    element(
      'li',
      { class: step.hook === true ? 'step hook' : 'step' },
      stepMark(step),
      element(
        'div',
        {},
        element('p', { class: 'step-text' }, element('b', {}, step.keyword), ' ', step.text),
        message(step),
        comparisons(step),
      ),
    ),
  )
  return element('ol', { class: 'steps' }, ...rows)
}

function stepMark({ status }: StepDetail): HTMLElement {
  const word = status.toLowerCase()
  return statusMark(word, toneOf(word))
}

function message({ message = '' }: StepDetail): HTMLElement | null {
  return message === '' ? null : element('pre', { class: 'message' }, message)
}

function comparisons({ comparisons = [] }: StepDetail): HTMLElement | null {
  if (comparisons.length === 0) return null
  const heads = ['', 'What', 'Expected', 'Observed', 'Source'].map((title) =>
    element('th', { scope: 'col' }, title === '' ? element('span', { class: 'unseen' }, 'Holds') : title),
  )
  const rows = comparisons.map(({ holds, what, expected, observed, comparison, source }) =>
    element(
      'tr',
      {},
      element('td', {}, statusMark(holds ? 'holds' : 'differs', holds ? 'good' : 'bad')),
      element('th', { scope: 'row' }, what),
      element('td', { class: 'value' }, element('span', { class: 'relation' }, `${relation[comparison]} `), element('code', {}, expected)),
      element('td', { class: 'value' }, element('code', {}, observed)),
      element('td', {}, source),
    ),
  )
  return element(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Comparisons of the step' },
    element('table', { class: 'plain comparisons' }, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...rows)),
  )
}

const relation = { equal: '=', 'at-least': '≥', 'at-most': '≤', unchanged: 'unchanged', contains: 'contains' } as const
