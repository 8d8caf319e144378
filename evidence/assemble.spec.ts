import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, test } from 'node:test'
import { assembleCase, type CaseInputs } from './assemble.js'
import { forbiddenUses } from './attest/forbidden-words.js'
import { collectMessages } from './collect/cucumber-messages.js'
import { holding, sampleFile, sampleMessages, type SampleScenario, type SampleStep } from './collect/sample-stream.js'
import { exportMatrices } from './exchange/matrix-export.js'
import type { AssuranceCase, ElementView } from './model/assurance-case.js'
import type { Digest, InterfaceId, ModulePath } from './model/ids.js'
import type { InterfaceEntry } from './model/interface-entry.js'
import type { ModuleCoverage } from './model/module-coverage.js'
import type { RunFacts } from './model/run-facts.js'
import { parseProfiles, type Profiles } from './profiles/profiles.js'
import { schemaFile } from './profiles/schema-file.js'

const folder = join(dirname(schemaFile('claims')), '..')
const own = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [`p/${relative(folder, join(folder, name)).replaceAll('\\', '/')}`, readFileSync(join(folder, name), 'utf8')]),
)

const port = 'kernel/port.ts' as ModulePath
const digest = (letter: string): Digest => letter.repeat(64) as Digest

const requirement = (id: string, parent: string, rest = ''): string => `
  - id: ${id}
    revision: 2
    text: The kernel shall do ${id}.
    rationale: Because.
    parents: [${parent}]
    claims: [C05]
    methods: [test]
    interfaces: [port_send]
    modules: [kernel/*.ts]
${rest}`

/** The catalogue of the project with registers of the test's own. */
function profiles(files: Readonly<Record<string, string>> = {}): Profiles {
  const target = `
profile: skpp-1.03
reference: target
version: '1'
system: { name: kernel, version: '1', reference: k-1 }
overview: [text]
boundary: [{ zone: inside, modules: kernel/**, why: all }]
platform: { title: t, description: d, parts: [] }
configurations: [{ name: two, file: two.yaml, digest: computed at run }]
assignments: []
conformance: none claimed
limits: []
`
  const base: Readonly<Record<string, string>> = {
    'security-target.yaml': target,
    'requirements.yaml': `requirements:${requirement('flow.a', 'FAU_SEL.1.1')}${requirement('flow.b', 'FAU_SEL.1.1')}`,
    'deviations.yaml': 'deviations: []',
    'justifications.yaml': 'justifications: []',
    'artefacts.yaml': 'artefacts: []',
  }
  const texts = new Map([...own, ...Object.entries({ ...base, ...files }).map(([name, text]): [string, string] => [`p/${name}`, text])])
  return parseProfiles('p', texts)
}

const run: RunFacts = {
  project: { name: 'bulkhead', version: '1', commit: 'abc', dirty: true },
  tools: { node: '20' },
  engine: 'interpreter',
  modes: [],
  hostedDigest: digest('0'),
  configurations: [{ name: 'two', file: 'two.yaml', digest: digest('1') }],
  commands: ['npm run assure'],
}

const interfaces: InterfaceEntry[] = ['port_send', 'port_recv'].map((id) => ({
  id: id as InterfaceId,
  kind: 'call',
  title: id,
  contract: `${id} does it.`,
  outcomes: ['OK', 'PERM'],
}))

const covered: ModuleCoverage = {
  module: port,
  functions: { covered: 2, total: 2 },
  lines: { covered: 20, total: 20 },
  uncoveredFunctions: [],
  uncoveredLines: [],
}

const step: SampleStep = { text: 'a step', status: 'PASSED', comparisons: [holding] }
const execution = (outcome: string, entry = 'port_send'): object => ({
  system: { name: 'two', configurationDigest: null },
  interfaces: [{ entry, outcome }],
  modules: [port],
  functions: { [port]: ['send'] },
  instructions: 1,
  cycles: 2,
})
const scenario = (name: string, tags: readonly string[], rest: Partial<SampleScenario> = {}): SampleScenario => ({
  name,
  tags,
  attempts: [[step]],
  execution: execution('PERM'),
  ...rest,
})

async function assemble(scenarios: readonly SampleScenario[], change: Partial<CaseInputs> = {}): Promise<AssuranceCase> {
  const lines = sampleMessages([{ uri: 'features/a.feature', name: 'A', scenarios }])
  const results = await collectMessages([sampleFile('m.ndjson', lines)], 'required')
  return assembleCase({
    profiles: profiles(),
    results,
    run,
    interfaces,
    coverage: [covered],
    modules: [port],
    artefactDigests: new Map(),
    asOf: '2026-06-01',
    ...change,
  })
}

const elementOf = (assurance: AssuranceCase, id: string): ElementView => {
  const element = assurance.requirements.flatMap(({ elements }) => elements).find((view) => view.id === id)
  assert.ok(element !== undefined)
  return element
}
const gateOf = (assurance: AssuranceCase, name: string): boolean | undefined =>
  assurance.summary.gates.find((gate) => gate.name === name)?.met

describe('a case is refused', () => {
  const refused = (scenarios: readonly SampleScenario[], code: string, message: RegExp, change: Partial<CaseInputs> = {}): Promise<void> =>
    assert.rejects(assemble(scenarios, change), { code, message })
  const tagged = (tag: string): readonly SampleScenario[] => [scenario('one', ['@slow', tag])]

  test('for a malformed tag, with the line of the tag', () =>
    refused(tagged('@REQ:flow.a'), 'malformed-tag', /^features\/a\.feature:9: malformed tag @REQ:flow\.a; /))
  test('for an element the catalogue lacks', () =>
    refused(tagged('@SKPP:FDP_IFF.1.9'), 'unknown-tag', /^features\/a\.feature:9: .*no element FDP_IFF\.1\.9/))
  test('for a derived requirement nobody wrote', () => refused(tagged('@REQ:flow.z~1'), 'unknown-tag', /no derived requirement flow\.z/))
  test('for a revision that is no longer the present one', () =>
    refused(tagged('@REQ:flow.a~1'), 'unknown-tag', /present revision is flow\.a~2; .*@REQ:flow\.a~2/))
  test('for a claim nobody made', () => refused(tagged('@claim:C99'), 'unknown-tag', /no claim C99/))
  test('for an interface entry nobody described', () =>
    refused(tagged('@TSFI:door'), 'unknown-tag', /no entry door; name one of port_send, port_recv/))
  test('when nothing was listed', () => refused([], 'nothing-executed', /none of 0 scenarios was executed/))
  test('when nothing was executed', () => refused([scenario('one', [], { attempts: [] })], 'nothing-executed', /none of 1 scenarios/))
  test('when an evaluated configuration was not part of the run', () =>
    refused([scenario('one', [])], 'dangling-reference', /evaluated configuration two/, { run: { ...run, configurations: [] } }))
  test('when a configuration has another digest than the target states', () => {
    const stated = profiles()
    const target = { ...stated.securityTarget, configurations: [{ name: 'two', file: 'two.yaml', digest: digest('2') }] }
    return refused([scenario('one', [])], 'digest-mismatch', /configuration two has digest 1{64}/, {
      profiles: { ...stated, securityTarget: target },
    })
  })
  test('when a requirement is allocated to modules that do not exist', () => {
    const idle = scenario('one', [], { execution: { ...execution('OK'), modules: [], functions: {} } })
    return refused([idle], 'dangling-reference', /^p\/requirements\.yaml:2: flow\.a~2: no module matches kernel\/\*\.ts/, {
      modules: [],
      coverage: null,
    })
  })
  test('but not where the sources are not at hand', async () => {
    const idle = scenario('one', [], { execution: { ...execution('OK'), modules: [], functions: {} } })
    await assert.doesNotReject(assemble([idle], { modules: null, coverage: null }))
  })
  test('when a requirement names an interface entry nobody described', () =>
    refused([scenario('one', [])], 'dangling-reference', /^p\/requirements\.yaml:\d+: flow\.a~2: interface entry port_send/, {
      interfaces: [],
    }))
})

describe('verdicts', () => {
  test('a passing test alone does not close an element that names analysis', async () => {
    const element = elementOf(await assemble([scenario('one', ['@SKPP:FDP_IFF.1.2'])]), 'FDP_IFF.1.2')
    assert.deepEqual([element.verdict, element.closed], ['test: passed; analysis: none', false])
  })

  test('it closes with a current artefact, and opens again when the file changes', async () => {
    const artefact = `artefacts:\n  - { id: A1, element: FDP_IFF.1.2, method: analysis, title: t, file: a.md, digest: ${digest('a')}, author: a, reviewer: b, date: 2026-01-01, result: passed }\n`
    const with_ = (found: Digest): Promise<AssuranceCase> =>
      assemble([scenario('one', ['@SKPP:FDP_IFF.1.2'])], {
        profiles: profiles({ 'artefacts.yaml': artefact }),
        artefactDigests: new Map([['a.md', found]]),
      })
    assert.equal(elementOf(await with_(digest('a')), 'FDP_IFF.1.2').closed, true)
    const changed = await with_(digest('b'))
    assert.equal(elementOf(changed, 'FDP_IFF.1.2').verdict, 'test: passed; analysis: stale')
    assert.equal(changed.summary.passed, false)
  })

  test('an element is partial while one of its derived requirements has no scenario', async () => {
    const element = elementOf(await assemble([scenario('one', ['@REQ:flow.a~2'])]), 'FAU_SEL.1.1')
    assert.equal(element.state, 'partial')
    assert.match(element.verdicts[0]!.detail, /flow\.b~2: no scenario/)
    assert.equal(element.scenarios[0]?.via, 'flow.a~2')
  })

  test('a tag of the scenario itself goes before the way through a derived requirement', async () => {
    const element = elementOf(await assemble([scenario('one', ['@REQ:flow.a~2', '@SKPP:FAU_SEL.1.1'])]), 'FAU_SEL.1.1')
    assert.deepEqual(
      element.scenarios.map(({ via }) => via),
      ['direct'],
    )
  })

  test('an element is passed when all of them have passed', async () => {
    const assurance = await assemble([scenario('one', ['@REQ:flow.a~2']), scenario('two', ['@REQ:flow.b~2'])])
    assert.deepEqual([elementOf(assurance, 'FAU_SEL.1.1').state, elementOf(assurance, 'FAU_SEL.1.1').closed], ['passed', true])
  })

  test('one failing scenario fails its element, and the run', async () => {
    const failing = scenario('two', ['@REQ:flow.b~2'], { attempts: [[{ ...step, status: 'FAILED', message: 'no' }]] })
    const assurance = await assemble([scenario('one', ['@REQ:flow.a~2']), failing])
    assert.equal(elementOf(assurance, 'FAU_SEL.1.1').state, 'failed')
    assert.equal(assurance.summary.passed, false)
    assert.equal(assurance.summary.failures[0], 'features/a.feature: two: failed')
    assert.equal(assurance.notCovered.elements[0]?.text, 'FAU_SEL.1.1')
  })

  test('a scenario that was not run keeps the run from passing', async () => {
    const assurance = await assemble([scenario('one', []), scenario('two', [], { attempts: [] })])
    assert.deepEqual([assurance.summary.passed, gateOf(assurance, 'Scenarios')], [false, false])
  })

  test('every gate met: the run passes, and the rest of the catalogue is still listed as not covered', async () => {
    const assurance = await assemble([scenario('one', ['@REQ:flow.a~2', '@TSFI:port_send'])])
    assert.deepEqual(assurance.summary.failures, [])
    assert.equal(assurance.summary.passed, true)
    assert.ok(assurance.notCovered.elements.length >= 54)
    assert.equal(assurance.summary.elements.at(-1)?.text, '0 of 55 catalogue elements: confirmed against the published text')
  })
})

describe('gates', () => {
  test('an outcome that was seen and is not listed', async () => {
    const assurance = await assemble([scenario('one', [], { execution: execution('STRANGE') })])
    assert.equal(gateOf(assurance, 'Interface description'), false)
    assert.equal(assurance.interfaces[0]?.state, 'unlisted-outcome')
  })
  test('an entry that was seen and is not listed', async () => {
    const assurance = await assemble([scenario('one', [], { execution: execution('OK', 'back_door') })])
    assert.equal(gateOf(assurance, 'Interface description'), false)
    assert.equal(assurance.interfaces.at(-1)?.state, 'unlisted-entry')
  })
  test('a failure outside any scenario', async () => {
    const results = await collectMessages(
      [sampleFile('m', sampleMessages([{ uri: 'a.feature', name: 'A', scenarios: [scenario('one', [])] }]))],
      'required',
    )
    const assurance = await assemble([], { results: { ...results, runFailures: ['a hook broke'] } })
    assert.deepEqual([gateOf(assurance, 'Run'), assurance.summary.passed], [false, false])
  })
  test('an uncovered function, and a stale justification', async () => {
    const gap: ModuleCoverage = {
      ...covered,
      functions: { covered: 1, total: 2 },
      uncoveredFunctions: [{ name: 'f', line: 3, lastLine: 5 }],
    }
    const open = await assemble([scenario('one', [])], { coverage: [gap] })
    assert.deepEqual([gateOf(open, 'Function coverage'), open.notCovered.modules[0]?.text], [false, port])
    const { measured } = open.summary.gates.find(({ name }) => name === 'Function coverage')!
    assert.ok(measured.endsWith(`; not covered: ${port}:3 f`), measured)
    const text = `justifications:\n  - { id: J1, module: ${port}, function: f, reason: r, author: a, date: 2026-01-01 }\n`
    const justified = await assemble([scenario('one', [])], { coverage: [gap], profiles: profiles({ 'justifications.yaml': text }) })
    assert.deepEqual(
      [gateOf(justified, 'Function coverage'), justified.coverage.justified.length, justified.coverage.rows[0]?.state],
      [true, 1, 'justified'],
    )
    const stale = await assemble([scenario('one', [])], { profiles: profiles({ 'justifications.yaml': text }) })
    assert.deepEqual([gateOf(stale, 'Justifications'), stale.coverage.stale.length], [false, 1])
  })
  test('an uncovered module of the environment is shown and holds up nothing', async () => {
    const machine: ModuleCoverage = {
      ...covered,
      module: 'hardware/m.ts' as ModulePath,
      functions: { covered: 0, total: 9 },
      uncoveredFunctions: [{ name: 'g', line: 1, lastLine: 1 }],
    }
    const assurance = await assemble([scenario('one', [])], { coverage: [covered, machine] })
    assert.deepEqual([gateOf(assurance, 'Function coverage'), assurance.coverage.functions.text], [true, '2 of 11'])
  })
  test('a deviation after its day', async () => {
    const text =
      'deviations:\n  - { id: D1, concerns: [FDP_IFC.2.2], text: t, reason: r, author: a, reviewer: none, date: 2026-01-01, expires: 2026-05-31 }\n'
    const expired = await assemble([scenario('one', [])], { profiles: profiles({ 'deviations.yaml': text }) })
    assert.deepEqual([gateOf(expired, 'Deviations'), expired.deviations[0]?.state], [false, 'expired'])
    const current = await assemble([scenario('one', [])], { profiles: profiles({ 'deviations.yaml': text }), asOf: '2026-05-31' })
    assert.deepEqual([gateOf(current, 'Deviations'), current.deviations[0]?.state], [true, 'current'])
    assert.deepEqual(elementOf(current, 'FDP_IFC.2.2').deviations, [{ text: 'D1', anchor: 'deviation-D1' }])
  })
})

describe('the case as a whole', () => {
  const many = [
    scenario('one', ['@SKPP:FDP_IFF.1.2', '@SKPP:FDP_IFC.2.2', '@REQ:flow.a~2', '@TSFI:port_send', '@claim:C05']),
    scenario('two', ['@REQ:flow.b~2', '@TSFI:port_recv'], { attempts: [[{ ...step, status: 'UNDEFINED' }]] }),
    scenario('three', [], { rule: 'R', attempts: [[{ ...step, status: 'FAILED' }], [step]] }),
    scenario('four', ['@SKPP:FDP_IFF.1.2'], { attempts: [] }),
    scenario('=cmd("x")<script>\u202e', ['@claim:C07']),
  ]
  const visit = (value: unknown, see: (key: string, value: unknown) => void, key = ''): void => {
    see(key, value)
    if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) visit(inner, see, name)
  }

  test('no field is absent, null or an empty text', async () => {
    visit(await assemble(many), (key, value) => assert.ok(value !== undefined && value !== null && value !== '', key))
    visit(await assemble(many, { coverage: null, interfaces: null, asOf: null }), (key, value) =>
      assert.ok(value !== undefined && value !== null && value !== '', key),
    )
  })

  test('anchors are defined once, and every link leads to one', async () => {
    const assurance = await assemble(many)
    const lists = [
      assurance.requirements,
      assurance.requirements.flatMap(({ elements }) => elements),
      assurance.derived,
      assurance.claims,
      assurance.assurance,
      assurance.objectives,
    ]
    const others = [
      assurance.threats,
      assurance.assumptions,
      assurance.policies,
      assurance.notInProfile,
      assurance.scenarios,
      assurance.interfaces,
      assurance.modules,
      assurance.deviations,
    ]
    const matrices = [assurance.requirementByInterface, assurance.requirementByModule]
    const defined = [...lists, ...others, matrices].flatMap((list) => list.map(({ anchor }: { readonly anchor: string }) => anchor))
    assert.equal(new Set(defined).size, defined.length)
    const known = new Set(defined)
    for (const anchor of known) assert.match(anchor, /^[A-Za-z][A-Za-z0-9._-]*$/)
    visit(assurance, (key, value) => key !== 'anchor' || assert.ok(known.has(String(value)), String(value)))
  })

  test('both directions agree', async () => {
    const assurance = await assemble(many)
    const down = assurance.requirements.flatMap(({ elements }) =>
      elements.flatMap(({ anchor, scenarios }) => scenarios.map((link) => `${anchor} ${link.anchor}`)),
    )
    const up = assurance.scenarios.flatMap(({ anchor, elements }) => elements.map((link) => `${link.anchor} ${anchor}`))
    assert.deepEqual([...down].sort(), [...up].sort())
    assert.equal(
      new Set(assurance.requirements.flatMap(({ elements }) => elements.flatMap(({ procedures }) => procedures.map(({ key }) => key))))
        .size,
      3,
    )
  })

  test('what links to nothing and what was retried is listed', async () => {
    const { notCovered } = await assemble(many)
    assert.deepEqual(
      notCovered.orphans.map(({ text, missing }) => `${text}: ${missing}`),
      ['three: names no requirement', `${many[4]!.name}: names a claim and no requirement`],
    )
    assert.deepEqual(
      notCovered.retried.map(({ missing }) => missing),
      ['2 attempts: 1 failed, 2 passed'],
    )
    assert.deepEqual(
      notCovered.scenarios.map(({ text }) => text),
      ['two', 'three', 'four'],
    )
  })

  test('equal inputs give equal bytes, and message ids do not matter', async () => {
    const bytes = async (salt: string): Promise<string> => {
      const results = await collectMessages(
        [sampleFile('m', sampleMessages([{ uri: 'features/a.feature', name: 'A', scenarios: many }], salt))],
        'required',
      )
      return JSON.stringify(await assemble([], { results }))
    }
    assert.equal(await bytes('a'), await bytes('zz'))
  })

  test('the words reports must not use stand in none of its texts', async () => {
    assert.deepEqual(forbiddenUses(JSON.stringify(await assemble(many), null, 1)), [])
  })

  test('the matrix as a table holds every requirement, and no cell a spreadsheet would run', async () => {
    const exported = exportMatrices(await assemble(many))
    const table = exported.get('traceability.csv') ?? ''
    for (const id of ['FAU_ARP.1.1', 'FDP_IFF.1.2', 'flow.a~2', 'flow.b~2']) assert.ok(table.includes(`\r\n${id},`), id)
    for (const text of exported.values()) if (!text.startsWith('{')) assert.doesNotMatch(text, /(^|,|\r\n)"?[=+@]/)
    assert.equal((JSON.parse(exported.get('traceability.json') ?? '') as { schema: string }).schema, 'bulkhead.traceability/1')
  })
})
