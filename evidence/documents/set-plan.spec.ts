import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forbiddenUses } from '../attest/forbidden-words.js'
import type { TestItem } from '../items/test-item.js'
import type { TracedArtefact } from '../items/traced-method.js'
import type { TracedSet } from '../items/traced-set.js'
import type { Digest } from '../model/ids.js'
import { renderHtml } from '../render/render-html.js'
import { renderPdf } from '../render/render-pdf.js'
import { sampleCase } from '../render/test/sample-case.js'
import { caseDossier } from './case-dossier.js'
import { documentSets } from './document-sets.js'
import { dossierData } from './dossier-data.js'
import { setPlan } from './set-plan.js'
import { testPhases } from './test-phases.js'
import { tracedDossier } from './traced-dossier.js'

const options = { inputs: [], packDigest: 'ab'.repeat(32) }
const place = { file: 'r.csv', line: 1 }

const step = (keyword: string, text: string): TestItem['steps'][number] => ({
  kind: 'step',
  keyword,
  text,
  status: 'PASSED',
  message: '',
  comparisons: [],
})

/** Two requirements, one of them without a test; a test that fails; every text given. */
function traced(text: string): TracedSet {
  const item = {
    id: `R ${text}`,
    revision: null,
    kind: text,
    title: text,
    text,
    rationale: '',
    inclusion: 'unstated',
    status: '',
    methods: [],
    ccVersion: null,
    parent: null,
    links: [],
    needs: [],
    operations: [],
    activities: [],
    attributes: {},
    place,
  } as const
  const common = { states: [], above: [], below: [], justification: null, methods: [] } as const
  return {
    title: text,
    sources: [{ role: 'requirements', format: 'csv', files: [text], digest: '' }],
    requirements: [
      { ...common, item, index: 0, verdict: 'failed', byTest: 'failed', deep: 'uncovered', tests: [0], missing: [text] },
      {
        ...common,
        item: { ...item, id: 'R2' },
        index: 1,
        verdict: 'uncovered',
        byTest: 'none',
        deep: 'uncovered',
        tests: [],
        missing: ['no test'],
      },
    ],
    tests: [
      {
        index: 0,
        states: [],
        requirements: [0],
        dangling: [text],
        item: {
          key: 'k',
          suite: text,
          name: text,
          example: [],
          place,
          references: [],
          verdict: 'failed',
          attempts: 1,
          steps: [step('Given', text), step('When', text), step('Then', text)],
          sourceDigest: null,
          configurationDigest: 'cc' as Digest,
          interfaces: [text],
          modules: [text],
        },
      },
    ],
    mappings: [],
    coverage: null,
    findings: [],
    defects: [{ kind: 'uncovered', id: text, text, place: '' }],
    gates: [{ name: text, wanted: text, found: text, met: false }],
    referenceRule: '',
    passed: false,
  }
}

const html = (set: TracedSet, name: (typeof documentSets)[number]): string =>
  [...renderHtml(setPlan(name, tracedDossier(set), options.packDigest), options).values()].join('\n')

describe('Document sets over a stranger’s files', () => {
  for (const name of documentSets) {
    test(`${name}: an empty trace prints every part and says that nothing is provided`, () => {
      const empty: TracedSet = { ...traced('x'), requirements: [], tests: [], defects: [], gates: [], sources: [] }
      const text = html(empty, name)
      for (const said of ['No test was given.', 'No requirement was given.', 'Not provided', 'There is nothing to count.'])
        assert.ok(text.includes(said), said)
      assert.ok(!/>\s*(tests )?passed\s*</.test(text))
      renderPdf(setPlan(name, tracedDossier(empty), options.packDigest), options)
    })

    for (const hostile of ['', ' \t ', '\u200b', '<script>alert(1)</script>', '{{constructor}}', '漢字', 'x'.repeat(3000), 'a\u202eb'])
      test(`${name}: ${JSON.stringify(hostile.slice(0, 30))} in every text neither breaks nor enters a page`, () => {
        const text = html(traced(hostile), name)
        assert.ok(!text.includes('<script'))
        const bytes = renderPdf(setPlan(name, tracedDossier(traced(hostile)), options.packDigest), options)
        assert.ok(Buffer.from(bytes.subarray(0, 8)).toString('latin1').startsWith('%PDF-1.7'))
      })

    test(`${name}: equal inputs give equal bytes`, () =>
      assert.deepEqual(
        renderPdf(setPlan(name, tracedDossier(traced('x')), options.packDigest), options),
        renderPdf(setPlan(name, tracedDossier(traced('x')), options.packDigest), options),
      ))
  }

  test('tables with many columns stand on landscape pages, and prose on portrait ones', () => {
    const kinds = new Map<string, Set<string>>()
    const plan = setPlan('cc-ate', tracedDossier(traced('x')), options.packDigest)
    renderPdf(plan, options, ({ kind, part }) => kinds.set(part, (kinds.get(part) ?? new Set()).add(kind)))
    for (const [part, kind] of [
      ['Requirements against tests', 'landscape'],
      ['Tests against requirements', 'landscape'],
      ['Registers for vulnerability analysis', 'landscape'],
      ['Test plan', 'portrait'],
      ['Platform and limits', 'portrait'],
    ] as const) {
      const found = [...kinds].filter(([name]) => name.includes(part)).flatMap(([, own]) => [...own])
      assert.deepEqual(found, [kind], part)
    }
  })

  test('analysis and inspection stand in the register with state, file and people', () => {
    const set = traced('x')
    const artefact: TracedArtefact = {
      id: 'AN-7',
      concerns: ['R1'],
      method: 'analysis',
      title: 'Load',
      file: 'load.pdf',
      digest: 'c'.repeat(64),
      system: null,
      author: 'A. Author',
      reviewer: 'R. Reviewer',
      date: '2026-01-01',
      expires: null,
      result: 'passed',
      place: 'artefacts.yaml:2',
      state: 'stale',
      reason: 'its file has changed since',
    }
    const [first, ...others] = set.requirements
    assert.ok(first !== undefined)
    const methods = [{ method: 'analysis', required: true, state: 'stale', detail: 'd', artefacts: [artefact] }] as const
    const text = html({ ...set, requirements: [{ ...first, methods }, ...others] }, 'cc-ate')
    for (const said of ['AN-7 Load: passed; stale, its file has changed since', 'load.pdf', 'reviewer R. Reviewer', 'no last day'])
      assert.ok(text.includes(said), said)
  })

  test('a failed and an untested requirement are shown as what they are', () => {
    const dossier = tracedDossier(traced('x'))
    assert.deepEqual(
      [...dossier.requirements()].map(({ state, verdict }) => [state, verdict]),
      [
        ['failed', 'failed'],
        ['uncovered', 'no test'],
      ],
    )
    assert.equal(dossier.passed, false)
    assert.deepEqual(
      dossier.components.filter(({ state }) => state === 'provided'),
      [],
    )
  })

  test('the attached data say what the pages say', () => {
    const { bytes, name } = dossierData('cc-ate', 'Title', tracedDossier(traced('x')))
    const data = JSON.parse(Buffer.from(bytes).toString('utf8')) as { passed: boolean; requirements: { state: string }[] }
    assert.deepEqual([name, data.passed, data.requirements.map(({ state }) => state)], ['cc-ate.json', false, ['failed', 'uncovered']])
  })
})

describe('Document sets over our own case', () => {
  const made = sampleCase({ components: 6, scenariosPerElement: 1 })
  const sample = { ...made, coverage: { ...made.coverage, metric: 'V8 block coverage' } }
  for (const name of documentSets)
    test(`${name}: every element, derived requirement and scenario is printed, and no word that claims too much`, () => {
      const pages = renderHtml(setPlan(name, caseDossier(sample, []), options.packDigest), options)
      const text = [...pages.values()].join('\n')
      for (const { elements } of sample.requirements) for (const { anchor } of elements) assert.ok(text.includes(`id="${anchor}"`), anchor)
      for (const { anchor } of [...sample.derived, ...sample.scenarios]) assert.ok(text.includes(`id="${anchor}"`), anchor)
      assert.deepEqual(forbiddenUses(text), [])
      renderPdf(setPlan(name, caseDossier(sample, []), options.packDigest), options)
    })
})

describe('Steps by what they are for', () => {
  test('And, But and * go on with what stands before; other languages are not judged', () => {
    const phases = testPhases(['*', 'Given', 'And', 'When', 'But', 'Then', '*', 'Soit', 'And'], (keyword) => keyword)
    assert.deepEqual(phases, {
      initial: ['Given', 'And'],
      stimuli: ['When', 'But'],
      expected: ['Then', '*'],
      procedure: ['*', 'Soit', 'And'],
    })
  })
})
