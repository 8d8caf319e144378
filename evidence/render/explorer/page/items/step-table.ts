/** Steps of one test with what each compared: expected beside observed, and where the observation came from. */
import type { StepDetail, TestDetail } from '../../format/test-pack.js'
import { toneOf } from '../../../status-tone.js'
import { none } from './detail-parts.js'
import { element, type Child } from '../parts/element.js'
import { plainTable } from '../parts/plain-table.js'
import { statusMark } from '../parts/status-mark.js'

export function stepTable({ steps, attempts }: TestDetail): HTMLElement {
  if (steps.length === 0) return none(attempts === 0 ? 'It was not run, and the results list no steps.' : 'The results list no steps.')
  const rows = steps.map((step) =>
    element(
      'li',
      { class: step.hook ? 'step hook' : 'step' },
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

function message({ message }: StepDetail): HTMLElement | null {
  return message === '' ? null : element('pre', { class: 'message' }, message)
}

function comparisons({ comparisons }: StepDetail): HTMLElement | null {
  if (comparisons.length === 0) return null
  const columns = [{ title: 'Holds' }, { title: 'What' }, { title: 'Expected' }, { title: 'Observed' }, { title: 'Source' }]
  const rows = comparisons.map(({ holds, what, expected, observed, comparison, source }): readonly Child[] => [
    statusMark(holds ? 'holds' : 'differs', holds ? 'good' : 'bad'),
    what,
    element('span', {}, element('span', { class: 'relation' }, `${relation[comparison]} `), element('code', {}, expected)),
    element('code', {}, observed),
    source,
  ])
  return plainTable({ name: 'stacking comparisons', columns, rows, rowHead: 1 })
}

const relation = { equal: '=', 'at-least': '≥', 'at-most': '≤', unchanged: 'unchanged', contains: 'contains' } as const
