/** A share of something measured: a bar and the numbers; what was not measured says so. */
import type { Count } from '../../format/data-shape.js'
import { element } from '../parts/element.js'

export function coverageBar(count: Count | null): HTMLElement {
  if (count === null) return element('span', { class: 'none' }, 'not measured')
  if (count.total === 0) return element('span', { class: 'none' }, 'none to cover')
  const fill = element('span', { class: 'fill' })
  fill.style.width = `${(100 * count.covered) / count.total}%`
  const bar = element('span', { class: count.covered === count.total ? 'bar whole' : 'bar', 'aria-hidden': 'true' }, fill)
  return element(
    'span',
    { class: 'share' },
    bar,
    element('span', {}, shareText(count)),
    element('span', { class: 'of' }, `${count.covered.toLocaleString('en-GB')} of ${count.total.toLocaleString('en-GB')}`),
  )
}

/** Rounded down to a tenth: 100 % is printed for the whole alone. */
export function shareText({ covered, total }: Count): string {
  const tenths = Math.floor((1000 * covered) / total)
  return `${(tenths / 10).toFixed(tenths === 1000 ? 0 : 1)} %`
}
