/** Plain JSON, our own interchange, LOBSTER and sphinx-needs: what every reader of JSON owes, and the rules of each. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parseJson } from '../../json/json-document.js'
import { lobsterFormat } from '../lobster/lobster-format.js'
import { printRequirementSet } from '../set/print-set.js'
import { sphinxNeedsFormat } from '../sphinx-needs/sphinx-needs-format.js'
import { found, linked, readTexts } from '../test/read-texts.js'
import { jsonFormat } from './json-format.js'

const read = (text: string, map: Readonly<Record<string, unknown>> | null = null) => readTexts(jsonFormat, { 'a.json': text }, map)

describe('JSON that is refused', () => {
  const refusals: readonly (readonly [string, string, string, RegExp])[] = [
    ['cut', '{"reqs":[{"id":"R-1"', 'malformed-json', /^a\.json: /],
    [
      'a member given twice, of which JSON.parse would keep the last',
      '{"reqs":[\n{"id":"R-1","text":"a",\n"text":"b"}]}',
      'malformed-json',
      /^a\.json:3: .*"text" stands twice/,
    ],
    ['nested a hundred thousand deep', `{"reqs":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'too-deep', /^a\.json: /],
    ['an object that holds no items', '{"name":"x","version":"1"}', 'no-items', /^a\.json: /],
    [
      'a method that there is not, in our own schema',
      '{"schema":"bulkhead.requirements/1","items":[\n{"id":"R-1","methods":["demo"]}]}',
      'schema-violation',
      /^a\.json:2: methods/,
    ],
    [
      'a later version of our own schema',
      '{"schema":"bulkhead.requirements/9","items":[]}',
      'schema-violation',
      /bulkhead\.requirements\/1/,
    ],
  ]
  for (const [name, text, code, message] of refusals)
    test(name, async () => {
      await assert.rejects(read(text), { name: 'EvidenceError', code, message })
    })
})

describe('Plain JSON', () => {
  test('lists are kinds, known members are fields, the rest is kept, each with its line', async () => {
    const set = await read(
      '{"objs":[{"id":"O-1","text":"o"}],\n"reqs":[\n{"id":"R-1","title":"t","text":"x","up":"O-1","weight":1.50}],\n"tests":[{"id":"T-1","covers":["R-1~2","R-9"]}],"by":"me"}',
    )
    assert.deepEqual(
      set.items.map(({ id, kind, place }) => [id, kind, place.line]),
      [
        ['O-1', 'objective', 1],
        ['R-1', 'requirement', 3],
        ['T-1', 'test', 4],
      ],
    )
    assert.deepEqual(linked(set), ['R-1 -refines-> O-1', 'T-1 -covers-> R-1~2', 'T-1 -covers-> R-9'])
    assert.deepEqual(set.items[1]?.attributes, { weight: '1.50' })
    assert.deepEqual([found(set), set.attributes], [['dangling R-9 4'], { by: 'me' }])
  })

  test('children are items under their parent; an entry without id is reported', async () => {
    const set = await read('[{"id":"R-1","text":"a","children":[{"id":"R-1.1","text":"b"}]},{"text":"no id"}]')
    assert.deepEqual(
      set.items.map(({ id, parent }) => [id, parent]),
      [
        ['R-1', null],
        ['R-1.1', 'R-1'],
      ],
    )
    assert.deepEqual(found(set), ['unreadable  1'])
  })

  test('an object of described objects is keyed by id, in the order of the text also for numbers', async () => {
    assert.deepEqual(
      (await read('{"b":{"text":"x"},"2":{"text":"y"},"1":{"text":"z"}}')).items.map(({ id }) => id),
      ['b', '2', '1'],
    )
  })

  test('a map says where the items are and what their members mean', async () => {
    const set = await read('{"data":{"all":[{"nr":"1","was":"t","deckt":"2"}]}}', {
      format: 'json',
      items: 'data.all',
      fields: { id: 'nr', text: 'was', links: { covers: 'deckt' } },
      kind: 'srs',
    })
    assert.deepEqual([set.items[0]?.kind, set.items[0]?.text, linked(set)], ['srs', 't', ['1 -covers-> 2']])
    await assert.rejects(read('{"a":[]}', { items: 'b', fields: { id: 'nr' } }), { code: 'malformed-map' })
  })

  test('results, coverage and package files are not taken for requirements', () => {
    for (const text of [
      '{"name":"x","description":"y","version":"1"}',
      '[{"keyword":"Feature","id":"a","name":"A","elements":[]}]',
      '{"a.ts":{"path":"a.ts","statementMap":{}}}',
    ])
      assert.equal(jsonFormat.recognises(text, 'a.json'), false, text)
  })
})

describe('bulkhead.requirements/1', () => {
  test('what import writes is read back member by member', async () => {
    const first = await read(
      '{"reqs":[{"id":"R-1","title":"t","text":"x","up":"R-9","verification":"Test","a":{"b":[1,null]}},{"id":"R-1","text":"y"}]}',
    )
    const again = await read([...printRequirementSet(first)].join(''))
    assert.deepEqual(again, first)
  })
})

describe('Numbers of JSON keep their spelling', () => {
  test('whatever a JavaScript number would make of them', () => {
    const number = fc.tuple(
      fc.constantFrom('', '-'),
      fc.constantFrom('0', '7', '10', '9007199254740993'),
      fc.constantFrom('', '.5', '.50', '.960'),
      fc.constantFrom('', 'e2', 'E+2'),
    )
    fc.assert(
      fc.property(number, (parts) => {
        const token = parts.join('')
        assert.equal(String((parseJson('f', `{"a":[${token}]}`).value as { a: unknown[] }).a[0]), token)
      }),
      { seed: 8259, numRuns: 96 },
    )
  })
})

describe('LOBSTER', () => {
  const item = (tag: string, more = '') =>
    `{"tag":"${tag}","location":{"kind":"file","file":"a.trlc","line":7,"column":1},"name":"n","messages":[],"just_up":[],"just_down":[],"just_global":[]${more}}`
  const file = (schema: string, ...items: readonly string[]) =>
    `{"data":[\n${items.join(',\n')}],"generator":"g","schema":"${schema}","version":3}`

  test('versions stand in the tag, the namespace of requirements is left out, justifications are kept', async () => {
    const set = await readTexts(lobsterFormat, {
      'r.lobster': file(
        'lobster-req-trace',
        item('req a.b@5', ',"framework":"TRLC","kind":"safety","text":"t"').replace('"just_down":[]', '"just_down":["why"]'),
      ),
      'c.lobster': file('lobster-imp-trace', item('cpp f', ',"refs":["req a.b@4","req x"],"language":"C++","kind":"function"')),
    })
    assert.deepEqual(
      set.items.map(({ id, revision, kind, place }) => [id, revision, kind, place]),
      [
        ['a.b', '5', 'safety', { file: 'a.trlc', line: 7 }],
        ['cpp f', null, 'impl', { file: 'a.trlc', line: 7 }],
      ],
    )
    assert.deepEqual(set.items[0]?.attributes['just_down'], ['why'])
    assert.deepEqual([linked(set), found(set)], [['cpp f -covers-> a.b~4', 'cpp f -covers-> x'], ['dangling x 2']])
  })

  test('a tag without a namespace is reported; the report of LOBSTER is refused; an absolute path is not printed', async () => {
    const set = await readTexts(lobsterFormat, {
      'r.lobster': file('lobster-req-trace', item('req a'), item('b')).replace('"a.trlc"', '"/home/me/a.trlc"'),
    })
    assert.deepEqual([found(set), set.items[0]?.place], [['unreadable  3'], { file: 'r.lobster', line: 2 }])
    await assert.rejects(readTexts(lobsterFormat, { 'r.lobster': file('lobster-report') }), { code: 'schema-violation' })
  })

  test('is recognised although its writer puts the schema behind the data', () => {
    assert.ok(lobsterFormat.recognises(file('lobster-req-trace', item('req a')).slice(0, 150), 'r.json'))
  })
})

describe('sphinx-needs', () => {
  const needs = (list: string, more = '') =>
    `{"current_version":"2","project":"p","versions":{"1":{"needs":{}},"2":{${more}"needs":{\n${list}}}}}`
  const readNeeds = (text: string) => readTexts(sphinxNeedsFormat, { 'needs.json': text })

  test('the current version counts; links come from the schema, or from what looks like them', async () => {
    const set = await readNeeds(
      needs(
        '"A":{"id":"A","type":"req","title":"t","content":"c","fulfils":["B[version==2]","B.1","C.9"],"colours":["red"]},\n"B":{"id":"B","type":"spec","title":"u","version":"2","parts":{"1":{"id":"1"}}}',
      ),
    )
    assert.deepEqual(linked(set), ['A -fulfils-> B~2', 'A -fulfils-> B', 'A -fulfils-> C.9'])
    assert.deepEqual(
      set.items[0]?.links.map(({ extent }) => extent),
      ['full', 'partial', 'full'],
    )
    assert.deepEqual([found(set), set.items[1]?.revision, set.items[0].attributes['colours']], [['dangling C.9 2'], '2', ['red']])
  })

  test('a field that the schema calls a link is one although nothing else shows it', async () => {
    const schema = '"needs_schema":{"properties":{"odd":{"field_type":"links"},"links":{"field_type":"links"}}},'
    assert.deepEqual(linked(await readNeeds(needs('"A":{"id":"A","title":"t","odd":["Z"]}', schema))), ['A -odd-> Z'])
  })

  test('a count that is not that of the needs is reported; an unknown current version is refused', async () => {
    assert.deepEqual(found(await readNeeds(needs('"A":{"id":"A","title":"t"}', '"needs_amount":3,'))), ['unreadable needs.json -'])
    await assert.rejects(readNeeds('{"current_version":"9","versions":{"1":{"needs":{}}}}'), { code: 'schema-violation' })
  })

  const data = process.env['BULKHEAD_DATA']
  const file = join(data ?? '', 'requirements/score-needs/needs.json')
  test('needs of Eclipse S-CORE', { skip: data === undefined || !existsSync(file) ? 'BULKHEAD_DATA is not set' : false }, async () => {
    const { items } = await readNeeds(readFileSync(file, 'utf8'))
    assert.deepEqual(
      items.map(({ id, kind, status }) => [id, kind, status]),
      [
        ['doc_getstrt__req__process', 'doc_req', 'valid'],
        ['gd_guidl__req__engineering', 'gd_req', 'valid'],
      ],
    )
  })
})
