/** NIAP XML against what was published: ids and mappings were taken from the HTML that NIAP published, not from the XML. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { RequirementSet } from '../../../items/requirement-set.js'
import { readNiap } from './read-niap.js'

const data = process.env['BULKHEAD_DATA'] === undefined ? undefined : join(process.env['BULKHEAD_DATA'], 'cc-pp')
const skip = data === undefined ? 'BULKHEAD_DATA is not set' : false

interface Facts {
  readonly components: readonly string[]
  readonly elements: readonly string[]
  readonly spd_mapping: readonly (readonly [string, string])[]
  readonly objective_sfr_mapping: readonly (readonly [string, string])[]
  readonly tables: readonly { readonly header: readonly string[]; readonly rows: number }[]
}

const read = (name: string): Promise<RequirementSet> => readNiap([{ name, path: join(data ?? '', name) }])
const factsOf = (name: string) => JSON.parse(readFileSync(join(data ?? '', 'expected', name), 'utf8')) as Facts
const idsOf = (set: RequirementSet, ...kinds: readonly string[]) => set.items.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
const pairs = (set: RequirementSet, from: RegExp) =>
  set.mappings.filter((mapping) => from.test(mapping.from)).map(({ from, to }) => [from, to])
/** The HTML moves optional and selection-based components to its appendices: order says nothing. */
const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort()

describe('Protection Profile for Virtualization 1.1 as published', { skip }, () => {
  const facts = skip === false ? factsOf('virtualization-1.1-release.facts.json') : undefined
  const reading = skip === false ? read('virtualization-1.1.xml') : undefined

  test('components and elements, assurance included, are those of the publication', async () => {
    const set = await reading
    assert.ok(set && facts)
    assert.deepEqual(sorted(idsOf(set, 'component', 'assurance-component')), sorted(facts.components))
    assert.deepEqual(sorted(idsOf(set, 'element', 'assurance-element')), sorted(facts.elements))
    assert.deepEqual([facts.components.length, facts.elements.length], [57, 134])
  })

  test('threats and assumptions to objectives, objectives to components', async () => {
    const set = await reading
    assert.ok(set && facts)
    assert.deepEqual(sorted(pairs(set, /^[TAP]\./u)), sorted(facts.spd_mapping))
    assert.deepEqual(sorted(pairs(set, /^O\./u)), sorted(facts.objective_sfr_mapping))
  })

  test('FCS_COP.1 without an iteration is reported: the profile has only iterations of it', async () => {
    const findings = (await reading)?.findings.filter(({ kind }) => kind === 'dangling') ?? []
    assert.deepEqual(
      findings.map(({ id, place }) => [id, place.line]),
      [
        ['FCS_COP.1', 697],
        ['FCS_COP.1', 793],
      ],
    )
    assert.match(findings[0]?.text ?? '', /there are FCS_COP\.1\/Hash, FCS_COP\.1\/KeyedHash, FCS_COP\.1\/Sig, FCS_COP\.1\/UDE$/u)
  })

  test('FTA_TAB.1 is a component that no objective is mapped to', async () => {
    assert.deepEqual(
      (await reading)?.findings.filter(({ kind }) => kind === 'unused').map(({ id }) => id),
      ['FTA_TAB.1'],
    )
  })
})

describe('PP-Module for Server Virtualization 1.1 as published', { skip }, () => {
  test('components, elements and objectives; the published threat table has as many rows as the XML has references', async () => {
    const facts = factsOf('servervirtualization-1.1-release.facts.json')
    const set = await read('servervirtualization-1.1.xml')
    assert.deepEqual(sorted(idsOf(set, 'component')), sorted(facts.components))
    assert.deepEqual(sorted(idsOf(set, 'element')), sorted(facts.elements))
    assert.deepEqual(sorted(pairs(set, /^O\./u)), sorted(facts.objective_sfr_mapping))
    // The facts hold no pairs for the threats of this document, only the number of rows of their table.
    assert.deepEqual(facts.spd_mapping, [])
    assert.equal(pairs(set, /^T\./u).length, facts.tables.find(({ header }) => header[0] === 'Threat, Assumption, or OSP')?.rows)
  })
})

describe('Protection Profile for Virtualization 2.0, direct rationale', { skip }, () => {
  test('threats are mapped to components, words in brackets set apart; the profile has no objectives of the TOE', async () => {
    const set = await read('virtualization-2.0.xml')
    assert.deepEqual([idsOf(set, 'objective').length, idsOf(set, 'environment-objective').length], [0, 4])
    assert.deepEqual([pairs(set, /^T\./u).length, pairs(set, /^A\./u).length], [190, 5])
    assert.ok(set.mappings.some(({ from, to }) => from === 'T.3P_SOFTWARE' && to === 'FCS_COP.1/KeyEncap'))
    assert.deepEqual([set.version, set.items[0]?.ccVersion], ['2.0', 'CC:2022'])
  })
})
