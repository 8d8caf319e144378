/** ReqIF as its tools write it. The samples of strictdoc-project/reqif are read when BULKHEAD_DATA is set. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AttributeValue } from '../../../items/requirement-item.js'
import type { RequirementSet } from '../../../items/requirement-set.js'
import { readReqif } from './read-reqif.js'
import { reqifFormat } from './reqif-format.js'

let folder = ''
before(() => (folder = mkdtempSync(join(tmpdir(), 'bulkhead-reqif-'))))
after(() => rmSync(folder, { recursive: true }))

function read(text: string, name = 'f.reqif'): Promise<RequirementSet> {
  writeFileSync(join(folder, name), text)
  return readReqif([{ name, path: join(folder, name) }])
}

interface Parts {
  readonly datatypes?: string
  readonly definitions?: string
  readonly objects?: string
  readonly relations?: string
  readonly specifications?: string
}

const document = ({ datatypes = '', definitions = '', objects = '', relations = '', specifications = '' }: Parts) =>
  `<REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<THE-HEADER><REQ-IF-HEADER IDENTIFIER="h"><REQ-IF-VERSION>1.0</REQ-IF-VERSION><TITLE>T</TITLE></REQ-IF-HEADER></THE-HEADER>
<CORE-CONTENT><REQ-IF-CONTENT><DATATYPES>${datatypes}</DATATYPES>
<SPEC-TYPES><SPEC-OBJECT-TYPE IDENTIFIER="t" LONG-NAME="Requirement"><SPEC-ATTRIBUTES>${definitions}</SPEC-ATTRIBUTES></SPEC-OBJECT-TYPE>
<SPEC-RELATION-TYPE IDENTIFIER="rt" LONG-NAME="satisfies"/></SPEC-TYPES>
<SPEC-OBJECTS>${objects}</SPEC-OBJECTS><SPEC-RELATIONS>${relations}</SPEC-RELATIONS>
<SPECIFICATIONS>${specifications}</SPECIFICATIONS></REQ-IF-CONTENT></CORE-CONTENT></REQ-IF>`

const definition = (kind: string, id: string, name: string, more = '', attributes = '') =>
  `<ATTRIBUTE-DEFINITION-${kind} IDENTIFIER="${id}" LONG-NAME="${name}" ${attributes}>${more}</ATTRIBUTE-DEFINITION-${kind}>`
const value = (kind: string, of: string, text: string) =>
  `<ATTRIBUTE-VALUE-${kind} THE-VALUE="${text}"><DEFINITION><ATTRIBUTE-DEFINITION-${kind}-REF>${of}</ATTRIBUTE-DEFINITION-${kind}-REF></DEFINITION></ATTRIBUTE-VALUE-${kind}>`
const xhtml = (of: string, markup: string) =>
  `<ATTRIBUTE-VALUE-XHTML><DEFINITION><ATTRIBUTE-DEFINITION-XHTML-REF>${of}</ATTRIBUTE-DEFINITION-XHTML-REF></DEFINITION><THE-VALUE>${markup}</THE-VALUE></ATTRIBUTE-VALUE-XHTML>`
const choices = (of: string, ...ids: readonly string[]) =>
  `<ATTRIBUTE-VALUE-ENUMERATION><VALUES>${ids.map((id) => `<ENUM-VALUE-REF>${id}</ENUM-VALUE-REF>`).join('')}</VALUES><DEFINITION><ATTRIBUTE-DEFINITION-ENUMERATION-REF>${of}</ATTRIBUTE-DEFINITION-ENUMERATION-REF></DEFINITION></ATTRIBUTE-VALUE-ENUMERATION>`
const object = (id: string, values = '', type = 't') =>
  `<SPEC-OBJECT IDENTIFIER="${id}" LAST-CHANGE="2026-01-01T00:00:00Z"><TYPE><SPEC-OBJECT-TYPE-REF>${type}</SPEC-OBJECT-TYPE-REF></TYPE><VALUES>${values}</VALUES></SPEC-OBJECT>`
const relation = (id: string, from: string, to: string) =>
  `<SPEC-RELATION IDENTIFIER="${id}"><SOURCE><SPEC-OBJECT-REF>${from}</SPEC-OBJECT-REF></SOURCE><TARGET><SPEC-OBJECT-REF>${to}</SPEC-OBJECT-REF></TARGET><TYPE><SPEC-RELATION-TYPE-REF>rt</SPEC-RELATION-TYPE-REF></TYPE></SPEC-RELATION>`
const node = (of: string, children = '') =>
  `<SPEC-HIERARCHY IDENTIFIER="n-${of}"><OBJECT><SPEC-OBJECT-REF>${of}</SPEC-OBJECT-REF></OBJECT><CHILDREN>${children}</CHILDREN></SPEC-HIERARCHY>`
const specification = (children: string) =>
  `<SPECIFICATION IDENTIFIER="s" LONG-NAME="Spec"><CHILDREN>${children}</CHILDREN></SPECIFICATION>`

const findings = ({ findings }: RequirementSet) => findings.map(({ kind, id }) => `${kind} ${id}`)

describe('What a ReqIF document leaves open is reported', () => {
  test('ends of relations, nodes of the hierarchy, types, definitions and enumeration values that are not there', async () => {
    const set = await read(
      document({
        objects: object('a', value('STRING', 'no-definition', 'x') + choices('no-enum', 'no-value'), 'no-type'),
        relations: relation('r1', 'a', 'gone') + relation('r2', 'lost', 'a'),
        specifications: specification(node('a') + node('missing')),
      }),
    )
    assert.deepEqual(findings(set), [
      'dangling no-definition',
      'dangling no-enum',
      'dangling no-value',
      'dangling missing',
      'dangling gone',
      'dangling lost',
      'dangling no-type',
    ])
    assert.match(JSON.stringify(set.attributes), /"SOURCE":"lost","TARGET":"a"/u)
    const [item] = set.items
    assert.deepEqual([item?.attributes['no-definition'], item?.attributes['no-enum']], ['x', 'no-value'])
    assert.deepEqual(
      item?.links.map(({ target }) => target),
      ['gone'],
    )
  })

  test('an IDENTIFIER given twice, a foreign id that two objects have, an object in no specification', async () => {
    const own = definition('STRING', 'd', 'ReqIF.ForeignID')
    const twice = await read(document({ objects: object('a') + object('a') }))
    assert.ok(findings(twice).includes('duplicate a'))
    const set = await read(
      document({
        definitions: own,
        objects: object('a', value('STRING', 'd', '7')) + object('b', value('STRING', 'd', '7')),
        specifications: specification(node('a')),
      }),
    )
    assert.deepEqual(findings(set), ['unused 7', 'duplicate 7'])
  })

  test('a verification method that is none of the known', async () => {
    const set = await read(
      document({
        definitions: definition('STRING', 'd', 'Verification Method'),
        objects: object('a', value('STRING', 'd', 'Test, Divination')),
      }),
    )
    assert.deepEqual([set.items[0]?.methods, findings(set)], [['test'], ['unreadable a']])
  })
})

describe('Values of every kind', () => {
  const datatypes = `<DATATYPE-DEFINITION-ENUMERATION IDENTIFIER="e" LONG-NAME="E"><SPECIFIED-VALUES>
<ENUM-VALUE IDENTIFIER="e1" LONG-NAME="one"><PROPERTIES><EMBEDDED-VALUE KEY="1" OTHER-CONTENT="#1"/></PROPERTIES></ENUM-VALUE>
<ENUM-VALUE IDENTIFIER="e2"><PROPERTIES><EMBEDDED-VALUE KEY="2" OTHER-CONTENT="zwei"/></PROPERTIES></ENUM-VALUE></SPECIFIED-VALUES></DATATYPE-DEFINITION-ENUMERATION>`
  const definitions = [
    definition('INTEGER', 'i', 'Count'),
    definition('REAL', 'r', 'Weight'),
    definition('BOOLEAN', 'b', 'Safe'),
    definition('DATE', 'd', 'Due'),
    definition('ENUMERATION', 'm', 'Colours', '', 'MULTI-VALUED="true"'),
    definition('ENUMERATION', 's', 'Status'),
    definition('XHTML', 'x', 'ReqIF.Text'),
    definition('STRING', 'p', '__proto__'),
  ].join('')

  test('simple values keep their spelling; one choice is a word, several and those that may be several are a list', async () => {
    const simple = [value('INTEGER', 'i', '007'), value('REAL', 'r', '1.960'), value('BOOLEAN', 'b', '1'), value('DATE', 'd', '2026-02-30')]
    const values = [...simple, choices('m', 'e1'), choices('s', 'e2'), value('STRING', 'p', 'own')].join('')
    const [item] = (await read(document({ datatypes, definitions, objects: object('a', values) }))).items
    const { 'SPEC-OBJECT': structure, ...attributes } = item?.attributes ?? {}
    assert.deepEqual(Object.entries(attributes), [
      ['Count', '007'],
      ['Weight', '1.960'],
      ['Safe', '1'],
      ['Due', '2026-02-30'],
      ['Colours', ['one']],
      ['Status', 'zwei'],
      ['__proto__', 'own'],
    ])
    assert.equal(item?.status, 'zwei')
    assert.deepEqual(structure, { IDENTIFIER: 'a', 'LAST-CHANGE': '2026-01-01T00:00:00Z', TYPE: 't' })
  })

  test('XHTML keeps its markup, and its text is the text of the item; script in it stays data', async () => {
    const markup =
      '<xhtml:div>The <xhtml:b>TSF</xhtml:b> shall\n  <xhtml:ul><xhtml:li>a &lt; b</xhtml:li><xhtml:li>c</xhtml:li></xhtml:ul><xhtml:script>x()</xhtml:script></xhtml:div>'
    const [item] = (await read(document({ definitions, objects: object('a', xhtml('x', markup)) }))).items
    assert.equal(item?.text, 'The TSF shall\n- a < b\n- c\nx()')
    assert.deepEqual(item.attributes['ReqIF.Text'], { text: item.text, xhtml: markup })
  })

  test('another prefix, no prefix and a default namespace for the XHTML are the same', async () => {
    for (const markup of [
      '<p>one</p>',
      '<h:p xmlns:h="http://www.w3.org/1999/xhtml">one</h:p>',
      '<div xmlns="http://www.w3.org/1999/xhtml"><p>one</p></div>',
      'one',
    ])
      assert.equal((await read(document({ definitions, objects: object('a', xhtml('x', markup)) }))).items[0]?.text, 'one', markup)
  })

  test('a default of the type is used where an object gives no value, and said to be one', async () => {
    const fallback = `<DEFAULT-VALUE><ATTRIBUTE-VALUE-BOOLEAN THE-VALUE="false"><DEFINITION><ATTRIBUTE-DEFINITION-BOOLEAN-REF>f</ATTRIBUTE-DEFINITION-BOOLEAN-REF></DEFINITION></ATTRIBUTE-VALUE-BOOLEAN></DEFAULT-VALUE>`
    const set = await read(
      document({
        definitions: definition('BOOLEAN', 'f', 'Flag', fallback),
        objects: object('a') + object('b', value('BOOLEAN', 'f', 'true')),
      }),
    )
    const [a, b] = set.items.map(({ attributes }) => attributes)
    assert.deepEqual([a?.['Flag'], b?.['Flag']], ['false', 'true'])
    const structureOf = (attributes: typeof a) => attributes?.['SPEC-OBJECT'] as Record<string, AttributeValue>
    assert.deepEqual([structureOf(a)['DEFAULT-VALUE'], structureOf(b)['DEFAULT-VALUE']], [['Flag'], undefined])
  })

  test('two attributes of one name are both kept', async () => {
    const two = definition('STRING', 'x1', 'Note') + definition('STRING', 'x2', 'Note')
    const [item] = (
      await read(document({ definitions: two, objects: object('a', value('STRING', 'x1', '1') + value('STRING', 'x2', '2')) }))
    ).items
    assert.deepEqual([item?.attributes['Note'], item?.attributes['Note (2)']], ['1', '2'])
  })
})

describe('Ids, order and links', () => {
  test('ReqIF.ForeignID before UID before IDENTIFIER; an empty value is none', async () => {
    const definitions = definition('STRING', 'u', 'UID') + definition('STRING', 'f', 'ReqIF.ForeignID')
    const objects = [
      object('a', value('STRING', 'u', 'U-1') + value('STRING', 'f', '42')),
      object('b', value('STRING', 'f', ' ') + value('STRING', 'u', 'U-2')),
      object('c'),
    ]
    assert.deepEqual(
      (await read(document({ definitions, objects: objects.join('') }))).items.map(({ id }) => id),
      ['42', 'U-2', 'c'],
    )
  })

  test('the hierarchy gives order and parent; a relation is a link of its source', async () => {
    const set = await read(
      document({
        objects: object('a') + object('b') + object('c') + object('loose'),
        relations: relation('r', 'c', 'a'),
        specifications: specification(node('b', node('a', node('c')))),
      }),
    )
    assert.deepEqual(
      set.items.map(({ id, parent, links }) => [id, parent, links.map(({ role, target }) => `${role} ${target}`)]),
      [
        ['b', null, []],
        ['a', 'b', []],
        ['c', 'a', ['satisfies a']],
        ['loose', null, []],
      ],
    )
  })

  test('all names may have a prefix, and types may stand before or after values', async () => {
    const text = document({ definitions: definition('STRING', 'd', 'ReqIF.Name'), objects: object('a', value('STRING', 'd', 'title')) })
    const prefixed = text.replace(/<(\/?)([A-Z])/gu, '<$1reqif:$2').replace('xmlns=', 'xmlns:reqif=')
    assert.equal((await read(prefixed)).items[0]?.title, 'title')
    assert.ok(reqifFormat.recognises(prefixed, 'export.xml'))
  })
})

describe('What is no ReqIF', () => {
  test('another root, a cut file, entities', async () => {
    await assert.rejects(read('<a/>'), { code: 'unknown-format' })
    await assert.rejects(read(document({ objects: object('a') }).slice(0, -20)), { code: 'truncated-stream' })
    await assert.rejects(read(`<!DOCTYPE x [<!ENTITY e "x">]>${document({})}`), { code: 'forbidden-entity' })
    assert.equal(reqifFormat.recognises('<html><body>REQ-IF</body></html>', 'x.html'), false)
    assert.equal(reqifFormat.recognises('PK\u0003\u0004', 'x.docx'), false)
  })

  test('an archive without a document', async () => {
    const empty = Buffer.alloc(22)
    empty.writeUInt32LE(0x06054b50)
    writeFileSync(join(folder, 'e.reqifz'), empty)
    await assert.rejects(readReqif([{ name: 'e.reqifz', path: join(folder, 'e.reqifz') }]), {
      code: 'unknown-format',
      message: /without a \.reqif/u,
    })
  })
})

const samples = process.env['BULKHEAD_DATA'] === undefined ? undefined : join(process.env['BULKHEAD_DATA'], 'reqif/strictdoc-reqif')

interface Node {
  readonly node_type: string
  readonly fields: Readonly<Record<string, string>>
  readonly nodes: readonly Node[]
}

describe('Samples of strictdoc-project/reqif', { skip: samples === undefined ? 'BULKHEAD_DATA is not set' : false }, () => {
  const examples = join(samples ?? '', 'examples/04_convert_reqif_to_json')
  const sample = (path: string) => readReqif([{ name: path, path: join(samples ?? '', path) }])
  const flat = (nodes: readonly Node[], parent: Node | null): readonly (readonly [Node, Node | null])[] =>
    nodes.flatMap((entry) => [[entry, parent] as const, ...flat(entry.nodes, entry)])
  const words = (text: unknown): string => {
    assert.ok(typeof text === 'string')
    return text
      .replace(/<[^>]*>/gu, ' ')
      .replace(/&lt;/gu, '<')
      .replace(/&gt;/gu, '>')
      .replace(/&quot;/gu, '"')
      .replace(/&amp;/gu, '&')
      .replace(/[\s-]+/gu, ' ')
      .trim()
  }
  const textOf = (value: AttributeValue | undefined): unknown => (typeof value === 'object' && 'text' in value ? value['text'] : value)

  for (const name of ['sample1_polarion', 'sample2_sdoc', 'sample3_eclipse_rmf'])
    test(`${name}: types, order, nesting and every value are those of the expected conversion`, async () => {
      const expected = JSON.parse(readFileSync(join(examples, `expected/${name}.json`), 'utf8')) as {
        readonly documents: readonly { readonly nodes: readonly Node[] }[]
      }
      const nodes = expected.documents.flatMap((entry) => flat(entry.nodes, null))
      const { items } = await sample(`examples/04_convert_reqif_to_json/${name}.reqif`)
      assert.deepEqual(
        items.map(({ kind }) => kind),
        nodes.map(([entry]) => entry.node_type),
      )
      nodes.forEach(([entry, parent], at) => {
        const item = items[at]
        assert.equal(item?.parent === null, parent === null)
        for (const [field, text] of Object.entries(entry.fields))
          assert.equal(words(textOf(item?.attributes[field])), words(text), `${item?.id} ${field}`)
      })
    })

  test('a relation of Eclipse RMF', async () => {
    const { items } = await sample('reqif_software/org.eclipse.rmf/01_specRelationTest/sample.reqif')
    assert.equal(items.flatMap(({ links }) => links).length, 1)
  })

  test('archives: documents in folders are found, attachments listed', async () => {
    const set = await sample('reqifz/02_reqifz_with_one_reqif_and_one_attachments_nested_folder/sample.reqifz')
    assert.equal(set.items.length, 2)
    assert.match(JSON.stringify(set.attributes), /nested2\/Yin_yang\.svg/u)
    const polarion = await sample('examples/04_convert_reqif_to_json/sample_polarion_reqifz.reqifz')
    assert.deepEqual(
      polarion.items.map(({ id }) => id),
      ['rmf-bd312f1z-fa7c-4de3-b8f3-ab105179fccc', 'LOREM-818'],
    )
  })
})
