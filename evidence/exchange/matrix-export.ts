/**
 * Matrices for other tools: CSV and JSON. `traceability.csv` has one line per requirement, scenario and way between them, and one for
 * each requirement without a scenario, so that what is missing is in the table as well.
 */
import type { AssuranceCase } from '../model/assurance-case.js'
import type { MatrixView } from '../model/matrix-view.js'
import type { DerivedView, ElementView } from '../model/requirement-view.js'
import { csvTable } from './csv.js'

const none = 'none'

/** File name to content, for the folder of the pack. */
export function exportMatrices(assurance: AssuranceCase): Map<string, string> {
  return new Map([
    ['traceability.csv', traceabilityCsv(assurance)],
    ['traceability.json', traceabilityJson(assurance)],
    ['requirement-by-interface.csv', matrixCsv(assurance.requirementByInterface)],
    ['requirement-by-module.csv', matrixCsv(assurance.requirementByModule)],
  ])
}

const header = ['Requirement', 'Kind', 'Text', 'Verdict', 'Scenario', 'Feature', 'Scenario verdict', 'Via', 'Interfaces', 'Modules']

export function traceabilityCsv({ requirements, derived, scenarios }: AssuranceCase): string {
  const byAnchor = new Map(scenarios.map((scenario) => [scenario.anchor, scenario]))
  const rowsOf = (kind: string, text: string, view: ElementView | DerivedView): string[][] => {
    const start = [view.id, kind, text, view.verdict]
    if (view.scenarios.length === 0) return [[...start, none, none, none, none, list(view.interfaces), none]]
    return view.scenarios.map((link) => {
      const scenario = byAnchor.get(link.anchor)
      const observed = [...(scenario?.interfacesDeclared ?? []), ...(scenario?.interfacesObserved ?? [])]
      return [
        ...start,
        link.text,
        scenario?.uri ?? none,
        link.verdict,
        link.via,
        list(observed),
        list((scenario?.modules ?? []).filter(({ anchor }) => anchor.startsWith('module-'))),
      ]
    })
  }
  return csvTable(header, [
    ...requirements.flatMap(({ elements }) => elements.flatMap((element) => rowsOf('catalogue element', element.paraphrase, element))),
    ...derived.flatMap((view) => rowsOf('derived requirement', view.text, view)),
  ])
}

/** Every requirement with its verdicts and links; every matrix sparse, without the bands that only serve printing. */
export function traceabilityJson(assurance: AssuranceCase): string {
  const { requirements, derived, requirementByInterface, requirementByModule, summary, provenance } = assurance
  const sparse = (matrix: MatrixView): Omit<MatrixView, 'bands'> => {
    const { anchor, title, caption, rowHeading, columnHeading, legend, columns, rows, emptyRows, emptyColumns, note } = matrix
    return { anchor, title, caption, rowHeading, columnHeading, legend, columns, rows, emptyRows, emptyColumns, note }
  }
  const entry = (view: ElementView | DerivedView, kind: string) => ({
    id: view.id,
    kind,
    state: view.state,
    verdicts: view.verdicts,
    scenarios: view.scenarios,
    interfaces: view.interfaces.map(({ text }) => text),
  })
  const document = {
    schema: 'bulkhead.traceability/1',
    notice: provenance.notice,
    summary: {
      passed: summary.passed,
      gates: summary.gates,
      elements: summary.elements,
      derived: summary.derived,
      scenarios: summary.scenarios,
    },
    requirements: [
      ...requirements.flatMap(({ elements }) =>
        elements.map((element) => ({ ...entry(element, 'catalogue element'), closed: element.closed, status: element.status })),
      ),
      ...derived.map((view) => entry(view, 'derived requirement')),
    ],
    requirementByInterface: sparse(requirementByInterface),
    requirementByModule: sparse(requirementByModule),
  }
  return `${JSON.stringify(document, null, 1)}\n`
}

/** Dense, one column per interface entry or module; marks as in the legend. */
export function matrixCsv({ rowHeading, columns, rows }: MatrixView): string {
  const header = [rowHeading, 'Verdict', ...columns.map(({ text }) => text)]
  return csvTable(
    header,
    rows.map(({ text, verdict, cells }) => {
      const marks = new Map(cells.map(({ column, mark }) => [column, mark]))
      return [text, verdict, ...columns.map((column) => marks.get(column.text) ?? 'no link')]
    }),
  )
}

function list(links: readonly { readonly text: string }[]): string {
  return links.length === 0 ? none : [...new Set(links.map(({ text }) => text))].join(' ')
}
