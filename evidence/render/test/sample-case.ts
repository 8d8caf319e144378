/**
 * A realistic assurance case for the specs: 34 components, long ids and texts, failures, scenarios without comparisons, hostile
 * text. Made by counting, so that it is the same on every run.
 */
import type {
  AssuranceCase,
  ComparisonView,
  ElementView,
  InterfaceView,
  Link,
  MatrixColumn,
  MatrixRow,
  MatrixView,
  ModuleView,
  NotCoveredItem,
  Ratio,
  RequirementView,
  ScenarioLink,
  ScenarioView,
  StepView,
} from '../../model/assurance-case.js'
import { verdictText, type MethodVerdict, type ScenarioVerdict } from '../../model/verdict.js'

export interface SampleSize {
  readonly components: number
  readonly scenariosPerElement: number
}

const families = [
  'FAU_ARP',
  'FAU_GEN',
  'FAU_SAA',
  'FDP_IFC',
  'FDP_IFF',
  'FDP_RIP',
  'FIA_ATD',
  'FMT_MOF',
  'FMT_MTD',
  'FPT_AMT',
  'FPT_CFG_EXP',
  'FPT_FLS',
  'FPT_RCV',
  'FPT_SEP',
  'FPT_TST',
  'FRU_PRS',
  'FRU_RSA',
]
const modulePaths = [
  'kernel/separation/ipc/sampling-port.ts',
  'kernel/separation/ipc/queuing-port.ts',
  'kernel/separation/memory/partition-address-space-and-page-table-construction.ts',
  'kernel/separation/scheduler/major-frame.ts',
  'kernel/separation/audit/audit-trail.ts',
  'kernel/separation/boot/secure-state.ts',
]
const entryIds = [
  'port_send',
  'port_receive',
  'notify',
  'window_yield',
  'audit_read',
  'trap_load_page_fault',
  'trap_illegal_instruction',
  'boot_vector',
  'health_report',
]
const verdicts: readonly ScenarioVerdict[] = [
  'passed',
  'passed',
  'passed',
  'failed',
  'passed',
  'undefined',
  'passed',
  'no-verdict',
  'passed',
  'not-run',
]
const digest = (seed: number): string =>
  Array.from({ length: 64 }, (_, index) => ((seed * 31 + index * index * 7 + index) % 16).toString(16)).join('')
const ratio = (covered: number, total: number): Ratio => ({
  covered,
  total,
  text: `${covered} of ${total}`,
  percent: total === 0 ? 'none' : `${((100 * covered) / total).toFixed(1)} %`,
})
const pick = <T>(list: readonly T[], index: number): T => {
  const chosen = list[index % list.length]
  if (chosen === undefined) throw new Error('empty list')
  return chosen
}
const moduleLink = (path: string): Link => ({ text: path, anchor: `module.${path.replace(/[^A-Za-z0-9.]/g, '-')}` })
const entryLink = (id: string): Link => ({ text: id, anchor: `interface.${id}` })

function comparisons(seed: number, step: string): readonly ComparisonView[] {
  const failed = pick(verdicts, seed) === 'failed'
  return [
    {
      step,
      what: 'register a0 of partition display',
      expected: 'PERM',
      observed: failed ? 'OK' : 'PERM',
      comparison: 'equal',
      source: 'register',
      holds: !failed,
      verdict: failed ? 'does not hold' : 'holds',
    },
    {
      step,
      what: 'memory of port altitude',
      expected: digest(seed),
      observed: digest(seed),
      comparison: 'unchanged',
      source: 'memory',
      holds: true,
      verdict: 'holds',
    },
    {
      step,
      what: 'console of partition guest',
      expected: '',
      observed: '   ',
      comparison: 'contains',
      source: 'device',
      holds: true,
      verdict: 'holds',
    },
  ]
}

function steps(seed: number, state: ScenarioVerdict): readonly StepView[] {
  const program = [
    '      li   a7, PORT_SEND',
    '      li   a0, CAP_ALTITUDE      # granted: receive',
    '\tla   a1, message',
    '      ecall',
    '1:    j 1b',
    `message: .ascii "${'sixteen bytes !!'.repeat(12)}"`,
  ]
  const base = {
    kind: 'step',
    hasDocString: false,
    docString: '',
    table: [],
    state: 'passed',
    verdict: 'passed',
    message: 'none',
    comparisons: [],
  } as const
  return [
    { ...base, number: '1', keyword: 'Given', text: 'the system "two-partitions"' },
    { ...base, number: '2', keyword: 'And', text: 'partition "display" runs', hasDocString: true, docString: program.join('\n') },
    {
      ...base,
      number: '3',
      keyword: 'When',
      text: 'the system runs for 1 major frame',
      table: [
        ['partition', 'window'],
        ['display', '250 cycles'],
        ['<b>&amp;', ''],
      ],
    },
    {
      ...base,
      number: '4',
      keyword: 'Then',
      text: 'register a0 of partition "display" holds the error PERM',
      state: state === 'passed' ? 'passed' : state,
      verdict: verdictText[state],
      message: state === 'failed' ? `Expected "PERM", observed "OK" \u001b[31m after ${digest(seed)}${digest(seed + 1)}` : 'none',
      comparisons: state === 'not-run' ? [] : comparisons(seed, '4'),
    },
  ]
}

function scenario(seed: number, element: Link | null): ScenarioView {
  const state = pick(verdicts, seed)
  const none = seed % 5 === 3
  const listed = state === 'no-verdict' || state === 'not-run' ? [] : comparisons(seed, '4')
  return {
    key: digest(seed).slice(0, 16),
    anchor: `scenario.${seed}`,
    uri: `features/separation/flow-${seed % 7}.feature`,
    featureDigest: digest(seed),
    feature: 'Partitioned information flow policy',
    rule: 'A flow the configuration does not list is denied, audited, and changes nothing',
    name: `A partition sends to a port from which it may only receive (${seed})`,
    title: `A partition sends to a port from which it may only receive (${seed})${seed % 4 === 0 ? ' | length=17, code=LEN' : ''}`,
    example: seed % 4 === 0 ? ['length=17', 'code=LEN'] : [],
    tags: ['@SKPP:FDP_IFF.1.2', '@REQ:flow.deny-by-default~1', '@TSFI:port_send'],
    state,
    verdict: verdictText[state],
    attempts: seed % 11 === 5 ? 'attempt 1 failed, attempt 2 passed' : '1 attempt',
    retried: seed % 11 === 5,
    strength: listed.length === 0 ? 'compares nothing' : `${listed.length} comparisons`,
    steps: steps(seed, state),
    comparisons: listed,
    requirements: element === null ? [] : [element],
    elements: element === null ? [] : [element],
    derived: [],
    claims: [],
    interfacesDeclared: none ? [] : [entryLink(pick(entryIds, seed))],
    interfacesObserved: none ? [] : [{ ...entryLink(pick(entryIds, seed)), outcome: 'PERM' }],
    modules: none ? [] : [moduleLink(pick(modulePaths, seed)), moduleLink(pick(modulePaths, seed + 1))],
    system: 'two-partitions',
    configurationDigest: digest(seed + 3),
    instructions: none ? 'none recorded' : '1,234',
    cycles: none ? 'none recorded' : '5,678',
  }
}

const scenarioLink = (view: ScenarioView): ScenarioLink => ({
  text: view.title,
  anchor: view.anchor,
  state: view.state,
  verdict: view.verdict,
  via: 'direct',
})

function element(component: string, number: number, scenarios: readonly ScenarioView[]): ElementView {
  const id = `${component}.${number}`
  const worst = scenarios.find(({ state }) => state === 'failed') ?? scenarios.find(({ state }) => state !== 'passed')
  const state: MethodVerdict =
    scenarios.length === 0 ? 'none' : worst === undefined ? 'passed' : worst.state === 'failed' ? 'failed' : 'partial'
  return {
    id,
    anchor: `element.${id}`,
    paraphrase: `The kernel refuses every flow that the configuration does not list, whatever the state of the partitions (${id}); text ≥ 3 → “quoted” — ✓ Ω 漢 ‮.`,
    status: 'unconfirmed',
    assignment: 'none',
    verdicts: [
      {
        method: 'test',
        required: true,
        state,
        text: `test: ${state}`,
        detail: `${scenarios.filter((s) => s.state === 'passed').length} of ${scenarios.length} scenarios passed`,
      },
      { method: 'analysis', required: true, state: 'none', text: 'analysis: none', detail: 'no artefact' },
    ],
    verdict: `test: ${state}; analysis: none`,
    state,
    mark: state === 'passed' ? 'partial' : state,
    closed: false,
    closure: 'open: analysis has no artefact',
    derived: [{ text: 'flow.deny-by-default~1', anchor: 'derived.flow.deny-by-default-1' }],
    scenarios: scenarios.map(scenarioLink),
    procedures: scenarios,
    seeAlso: [],
    interfaces: scenarios.length === 0 ? [] : [entryLink('port_send')],
    modules: scenarios.length === 0 ? [] : modulePaths.map(moduleLink),
    deviations: [{ text: 'DEV-1', anchor: 'deviation.DEV-1' }],
  }
}

function requirements({ components, scenariosPerElement }: SampleSize): readonly RequirementView[] {
  let seed = 0
  return Array.from({ length: components }, (_, index): RequirementView => {
    const id = `${pick(families, index)}.${Math.floor(index / families.length) + 1}`
    const elements = Array.from({ length: 1 + (index % 2) }, (_unused, number): ElementView => {
      const anchor = `element.${id}.${number + 1}`
      const tested = (index + number) % 4 !== 3
      const scenarios = Array.from({ length: tested ? scenariosPerElement : 0 }, () =>
        scenario(seed++, { text: `${id}.${number + 1}`, anchor }),
      )
      return element(id, number + 1, scenarios)
    })
    return {
      id,
      anchor: `component.${id}`,
      title: 'Simple security attributes for partitioned information flow',
      class: id.slice(0, 3),
      kind: index % 3 === 0 ? 'extended component' : 'Common Criteria 2.3 component',
      methods: ['test', 'analysis'],
      status: 'unconfirmed',
      confidence: 'medium',
      classStatus: 'verified',
      classSources: ['S3'],
      capabilitySources: [],
      base: 'none',
      baseStatus: 'none',
      numbering: 'unconfirmed',
      modernEquivalent: 'none',
      note: 'none',
      carriesOver: 'The decision tables and their use.',
      doesNotCarryOver: 'Anything about the time a decision takes on a processor with speculation.',
      objectives: [{ text: 'O.ACCESS', anchor: 'objective.O.ACCESS' }],
      elements,
    }
  })
}

function matrix(
  anchor: string,
  title: string,
  columns: readonly Link[],
  rows: readonly ElementView[],
  linked: (row: ElementView) => readonly Link[],
): MatrixView {
  const heads = columns.map((column, index): MatrixColumn => ({
    ...column,
    short: `C${index + 1}`,
    cells: rows.filter((row) => linked(row).some((link) => link.anchor === column.anchor)).length,
  }))
  const dense = rows.map((row): MatrixRow => ({
    text: row.id,
    anchor: row.anchor,
    title: row.id,
    state: row.state,
    verdict: `test: ${row.state}`,
    cells: heads.map((column) => {
      const hit = linked(row).some((link) => link.anchor === column.anchor)
      return {
        column: column.text,
        anchor: column.anchor,
        mark: hit ? (row.state === 'failed' ? 'F' : 'P') : '-',
        text: hit ? '2 scenarios, passed' : 'no link',
        scenarios: hit ? 2 : 0,
      }
    }),
  }))
  return {
    anchor,
    title,
    caption: 'One row per catalogue element',
    rowHeading: 'Element',
    columnHeading: 'Column',
    legend: [
      { mark: 'P', text: 'all scenarios passed' },
      { mark: 'F', text: 'at least one failed' },
      { mark: '-', text: 'no link' },
    ],
    columns: heads,
    rows: dense,
    bands: [{ number: 1, of: 1, columns: heads, rows: dense }],
    emptyRows: 3,
    emptyColumns: 0,
    note: 'none',
  }
}

export function sampleCase(size: SampleSize = { components: 34, scenariosPerElement: 2 }): AssuranceCase {
  const components = requirements(size)
  const elements = components.flatMap((component) => component.elements)
  const inElements = elements.flatMap(({ procedures }) => procedures)
  const orphan = scenario(100_003, null)
  const scenarios = [...inElements, orphan]
  const bad = scenarios.filter(({ state }) => state !== 'passed')
  const item = (link: Link, title: string, missing: string): NotCoveredItem => ({ ...link, title, missing })
  const counted = [{ name: 'test passed', count: 12, of: 55, text: '12 of 55 catalogue elements: test passed' }]
  const modules = modulePaths.map((path, index): ModuleView => ({
    path,
    ...{ anchor: moduleLink(path).anchor },
    zone: 'inside',
    functions: ratio(10 + index, 12 + index),
    lines: ratio(151, 1801),
    allocated: index % 2 === 0 ? [{ text: 'flow.deny-by-default~1', anchor: 'derived.flow.deny-by-default-1' }] : [],
    requirements: elements.slice(0, 8).map(({ id, anchor }) => ({ text: id, anchor })),
    scenarios: inElements.slice(0, 3).map(scenarioLink),
  }))
  const interfaces = entryIds.map((id, index): InterfaceView => ({
    id,
    anchor: `interface.${id}`,
    kind: 'call',
    title: 'Send a message',
    contract: 'Replaces the message of a sampling port the caller may send to; every refusal changes nothing and is audited.',
    outcomes: ['OK', 'CAP', 'PERM', 'ARG', 'LEN', 'FULL'].map((outcome, at) => ({
      outcome,
      scenarios: at,
      state: at === 0 ? 'not-exercised' : 'exercised',
      text: at === 0 ? 'not exercised' : `${at} scenarios`,
    })),
    unlisted: index === 1 ? [{ outcome: 'EAGAIN', scenarios: 1, state: 'unlisted', text: '1 scenario' }] : [],
    exercised: ratio(5, 6),
    state: index === 1 ? 'unlisted-outcome' : 'partly-exercised',
    verdict: index === 1 ? 'an outcome is not listed' : 'partly exercised',
    requirements: elements.slice(0, 3).map((one) => ({ text: one.id, anchor: one.anchor })),
    scenarios: inElements.slice(0, 2).map(scenarioLink),
    modules: [moduleLink(pick(modulePaths, index))],
  }))
  return {
    schema: 'bulkhead.case/1',
    cover: {
      title: 'Evidence of requirement-based tests',
      subtitle: 'Prepared for an evaluation under the Common Criteria',
      system: 'Bulkhead separation kernel',
      version: '0.1.0',
      commit: digest(5).slice(0, 40),
      dirty: true,
      treeState: 'uncommitted changes',
      profile: 'U.S. Government Protection Profile for Separation Kernels in Environments Requiring High Robustness, 1.03',
      conformance: 'The profile is the basis of the requirements. No conformance is claimed.',
      answer: 'The answer is no: 4 gates are not met.',
      headlines: ['12 of 55 catalogue elements: test passed', '0 of 55 catalogue elements confirmed against the published text'],
      notice:
        'Paraphrases in our own words. What is not marked verified was written down without the published document at hand and must be checked against it.',
    },
    identification: {
      securityTarget: 'Bulkhead Security Target 0.1',
      system: [
        { name: 'Name', text: 'Bulkhead separation kernel' },
        { name: 'Reference', text: `sha256 ${digest(9)}` },
      ],
      overview: ['A separation kernel on an emulated RISC-V computer.'],
      platform: { title: 'Emulated RV64 computer', description: 'One hart, Sv39, PMP.', parts: ['hart', 'UART 16550A'] },
      boundary: [{ zone: 'inside', modules: 'kernel/separation/**', why: 'the only privileged software', files: '41' }],
      configurations: [{ name: 'two-partitions', file: 'examples/two-partitions.yaml', digest: digest(11) }],
      assignments: [
        { element: elements[0]?.id ?? '', anchor: elements[0]?.anchor ?? '', text: 'the audit record and the halt of the partition' },
      ],
      tools: [{ name: 'Node', text: '20.20.0' }],
      run: [{ name: 'Engine', text: 'interpreter' }],
      commands: ['npm run assure'],
      limits: ['TypeScript on V8, model cycles, deterministic harts.'],
    },
    summary: {
      passed: false,
      gates: [
        { name: 'Functions covered', required: '100 %', measured: '151 of 1801 (8.4 %)', met: false, state: 'not-met', verdict: 'not met' },
      ],
      elements: counted,
      derived: counted,
      scenarios: counted,
      steps: counted,
      comparisons: counted,
      interfaces: [],
      assurance: counted,
      failures: bad.slice(0, 4).map(({ title, verdict }) => `${title}: ${verdict}`),
    },
    notCovered: {
      elements: elements
        .filter(({ state }) => state !== 'passed')
        .map(({ id, anchor, verdict }) => item({ text: id, anchor }, 'Simple security attributes', verdict)),
      derived: [],
      claims: [item({ text: 'C05', anchor: 'claim.C05' }, 'Complete mediation', 'no scenario')],
      interfaces: interfaces.map(({ id, anchor }) => item({ text: id, anchor }, 'Send a message', 'outcome OK not exercised')),
      modules: modules.map(({ path, anchor }) => item({ text: path, anchor }, 'module', 'not allocated to any requirement')),
      orphans: [item({ text: orphan.title, anchor: orphan.anchor }, orphan.uri, 'traces to no requirement')],
      scenarios: bad.map(({ title, anchor, uri, verdict }) => item({ text: title, anchor }, uri, verdict)),
      retried: [],
    },
    requirements: components,
    derived: [
      {
        id: 'flow.deny-by-default~1',
        anchor: 'derived.flow.deny-by-default-1',
        text: 'The kernel shall deny every flow that the configuration does not list.',
        rationale: 'Least privilege.',
        parents: elements.slice(0, 2).map(({ id, anchor }) => ({ text: id, anchor })),
        claims: [{ text: 'C05', anchor: 'claim.C05' }],
        verdicts: [{ method: 'test', required: true, state: 'partial', text: 'test: partial', detail: '3 of 4 scenarios passed' }],
        verdict: 'test: partial',
        state: 'partial',
        mark: 'partial',
        scenarios: inElements.slice(0, 4).map(scenarioLink),
        interfaces: [entryLink('port_send')],
        allocated: [moduleLink(modulePaths[0] ?? '')],
        exercised: modulePaths.map(moduleLink),
        deviations: [],
      },
    ],
    claims: [
      {
        id: 'C05',
        anchor: 'claim.C05',
        text: 'A separation kernel allocates every exported resource to a partition.',
        shown: 'complete-mediation scenarios',
        state: 'none',
        verdict: 'no scenario',
        scenarios: [],
        derived: [],
      },
    ],
    assurance: [
      {
        id: 'ATE_COV.3',
        anchor: 'assurance.ATE_COV.3',
        title: 'Rigorous analysis of coverage',
        paraphrase: 'Every interface entry is tested completely.',
        methods: ['analysis'],
        artefact: 'not provided',
        missing: 'the analysis',
        state: 'not-provided',
        status: 'unconfirmed',
        confidence: 'high',
        titleStatus: 'verified',
        sources: ['S8'],
        note: 'none',
      },
    ],
    objectives: [
      {
        id: 'O.ACCESS',
        anchor: 'objective.O.ACCESS',
        paraphrase: 'Access only as configured.',
        status: 'unconfirmed',
        confidence: 'medium',
        mappingStatus: 'inferred',
        requirements: components.slice(0, 3).map(({ id, anchor }) => ({ text: id, anchor })),
        assurance: [],
      },
    ],
    threats: [
      {
        id: 'T.UNAUTHORIZED_ACCESS',
        anchor: 'threat.T.UNAUTHORIZED_ACCESS',
        text: 'A subject reaches a resource it was not given.',
        status: 'unconfirmed',
        confidence: 'medium',
      },
    ],
    assumptions: [],
    policies: [],
    notInProfile: [],
    scenarios,
    interfaces,
    modules,
    requirementByInterface: matrix(
      'matrix.interface',
      'Requirement by interface entry',
      entryIds.map(entryLink),
      elements,
      (row) => row.interfaces,
    ),
    requirementByModule: matrix('matrix.module', 'Requirement by module', modulePaths.map(moduleLink), elements, (row) => row.modules),
    coverage: {
      gateScope: 'modules inside the security boundary',
      metric: 'V8 block coverage of functions and lines. It is not decision coverage.',
      functions: ratio(151, 1801),
      lines: ratio(9100, 9804),
      rows: modules.map(({ path, anchor, functions, lines }, index) => ({
        module: path,
        anchor,
        zone: 'inside',
        functions,
        lines,
        uncoveredFunctions: index === 2 ? ['constructAddressSpaceFromDescriptorsOfTheVector, line 120', 'release, line 180'] : [],
        uncoveredLines: index === 2 ? ['12-15', '120-144'] : [],
        justifiedGaps: 0,
        state: index === 2 ? 'gaps' : 'covered',
      })),
      justified: [],
      stale: [],
    },
    deviations: [
      {
        id: 'DEV-1',
        anchor: 'deviation.DEV-1',
        concerns: [{ text: elements[0]?.id ?? '', anchor: elements[0]?.anchor ?? '' }],
        text: 'The alarm is a record, not a signal.',
        reason: 'No operator console in this configuration.',
        author: 'A. Author',
        reviewer: 'none',
        date: '2026-11-01',
        expires: '2027-11-01',
        state: 'current',
      },
    ],
    caveats: [{ name: 'Host', text: 'The system under test is TypeScript on V8 with charged cycles and deterministic harts.' }],
    provenance: {
      profile: [{ name: 'Id', text: 'pp_skpp_hr_v1.03' }],
      notice: 'Paraphrases in our own words.',
      legend: [{ name: 'verified', text: 'seen in a source named in evidence' }],
      sources: [{ name: 'S1', text: 'archived page' }],
      classes: [{ name: 'present', text: 'FAU, FDP' }],
    },
    glossary: [{ name: 'TSFI', text: 'Interface of the security functions.' }],
  }
}
