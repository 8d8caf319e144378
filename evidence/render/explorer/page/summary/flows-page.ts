/** The flows of each configured system: a picture, and a table that says the same and more. Nothing here was judged. */
import type { FlowDiagram } from '../../../../items/flow-diagram.js'
import { layoutFlows, mostDrawnSubjects, type PlacedFlow, type PlacedSubject, type Point } from '../../../flow-layout.js'
import { none } from '../items/detail-parts.js'
import { element, svgElement } from '../parts/element.js'
import { plainTable, sideways } from '../parts/plain-table.js'

export function flowsPage(diagrams: readonly FlowDiagram[]): HTMLElement {
  return element(
    'div',
    { class: 'document' },
    element('h1', { tabindex: -1 }, 'Flows'),
    element(
      'p',
      { class: 'text' },
      'Which subject can cause information to reach which other one, by configuration. It is a picture of what is configured; what was tested stands with the requirements. A solid arrow: something made to carry data. A dashed one: nothing but feedback, authority, audit or alarms.',
    ),
    ...(diagrams.length === 0 ? [none('No flows were given.')] : diagrams.map(diagramSection)),
  )
}

function diagramSection(diagram: FlowDiagram): HTMLElement {
  const { title, subjects, flows } = diagram
  const pairs = subjects.length * (subjects.length - 1)
  const count = `${subjects.length} subjects; flows between ${flows.length} of ${pairs} ordered pairs`
  return element(
    'section',
    { class: 'flows' },
    element('h2', {}, title),
    element('p', { class: 'label' }, `${count}.`),
    subjects.length <= mostDrawnSubjects ? picture(diagram, count) : none('Too many subjects for a picture: the table has all flows.'),
    flows.length === 0 ? none('No flow between any two subjects.') : flowTable(diagram),
  )
}

function picture(diagram: FlowDiagram, count: string): HTMLElement {
  const { width, height, subjects, flows } = layoutFlows(diagram)
  const drawing = svgElement(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': `Picture of the flows of ${diagram.title}: ${count}. The table after it names each.`,
    },
    ...flows.map(arrow),
    ...subjects.map(box),
  )
  return element('figure', {}, sideways(`Flows of ${diagram.title}`, wrapped(drawing)))
}

function wrapped(drawing: SVGElement): HTMLElement {
  return element('div', { class: 'picture' }, drawing)
}

const at = ({ x, y }: Point): string => `${x} ${y}`

function arrow({ start, bend, end, head, nature }: PlacedFlow): SVGElement {
  return svgElement(
    'g',
    { class: `flow ${nature}` },
    svgElement('path', { class: 'line', d: `M${at(start)}Q${at(bend)} ${at(end)}` }),
    svgElement('path', { class: 'head', d: `M${head.map(at).join('L')}Z` }),
  )
}

function box({ centre, width, height, label }: PlacedSubject): SVGElement {
  return svgElement(
    'g',
    { class: 'subject' },
    svgElement('rect', { x: centre.x - width / 2, y: centre.y - height / 2, width, height, rx: 4 }),
    svgElement('text', { x: centre.x, y: centre.y, 'text-anchor': 'middle', 'dominant-baseline': 'central' }, label),
  )
}

function flowTable({ subjects, flows }: FlowDiagram): HTMLElement {
  const columns = [{ title: 'From', name: 'endpoint' }, { title: 'To', name: 'endpoint' }, { title: 'Carries data' }, { title: 'Through' }]
  const rows = flows.map(({ from, to, nature, through }) => [
    subjects[from] ?? '',
    subjects[to] ?? '',
    nature === 'data' ? 'yes' : 'no',
    through.join(', '),
  ])
  return plainTable({ name: 'stacking', columns, rows, rowHead: 0 })
}
