/** Technical decisions: what is changed, what is only reported. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RequirementSet } from '../../../items/requirement-set.js'
import { readXmlTree } from '../../xml/xml-tree.js'
import { niapFormat } from './niap-format.js'
import { elementsAt } from './niap-path.js'
import { readNiap } from './read-niap.js'

let folder = ''
before(() => (folder = mkdtempSync(join(tmpdir(), 'bulkhead-decisions-'))))
after(() => rmSync(folder, { recursive: true }))

const namespaces = 'xmlns="https://niap-ccevs.org/cc/v1" xmlns:cc="https://niap-ccevs.org/cc/v1"'
const profile = `<PP ${namespaces} name="P"><ReferenceTable><PPVersion>1.0</PPVersion></ReferenceTable>
<f-component cc-id="fdp_iff.1" name="N"><f-element id="e1"><title>old one</title></f-element><f-element id="e2"><title>old two</title></f-element></f-component>
<f-component cc-id="fau_gen.1" name="N"><f-element id="e3"><title>kept</title></f-element></f-component></PP>`
const decision = (id: string, body: string) =>
  `<technical-decisions ${namespaces}><decision id="${id}" date="2026-01-01"><Resolution>why</Resolution>${body}</decision></technical-decisions>`
const replaced = (path: string, by: string) =>
  `<Protection_Profiles><Protection_Profile><replace><xpath-specified xpath="${path}">${by}</xpath-specified></replace></Protection_Profile></Protection_Profiles>`

async function read(...decisions: readonly string[]): Promise<RequirementSet> {
  const files = [profile, ...decisions].map((text, at) => {
    const name = at === 0 ? 'pp.xml' : `td${at}.xml`
    writeFileSync(join(folder, name), text)
    return { name, path: join(folder, name) }
  })
  return readNiap(files)
}
const textOf = (set: RequirementSet, id: string) => set.items.find((item) => item.id === id)?.text
const findings = ({ findings: all }: RequirementSet) => all.map(({ text }) => text)

describe('A change that cannot be made is reported, and nothing is changed', () => {
  const refusals: readonly (readonly [string, string, RegExp])[] = [
    [
      'nothing at the place',
      replaced("//cc:f-element[@id='gone']", '<f-element/>'),
      /^TD0007 is not applied here: it changes what no document given has: /u,
    ],
    ['several places', replaced('//cc:f-element', '<f-element/>'), /it fits 3 places and not one/u],
    ['the whole document', replaced('/cc:PP', '<PP/>'), /it replaces a whole document/u],
    ['XPath beyond what is read', replaced('//f-element[last()]', '<f-element/>'), /it names its place in a way that is not read here/u],
    ['words only', '', /it states its change in words only$/u],
  ]
  for (const [what, body, why] of refusals)
    test(what, async () => {
      const set = await read(decision('7', body))
      assert.match(findings(set)[0] ?? '', why)
      assert.deepEqual([textOf(set, 'FDP_IFF.1.1'), set.version], ['old one', '1.0'])
    })

  test('decisions alone are no requirements', async () => {
    writeFileSync(join(folder, 'td.xml'), decision('7', ''))
    await assert.rejects(readNiap([{ name: 'td.xml', path: join(folder, 'td.xml') }]), { code: 'no-items' })
  })
})

describe('A change that is made', () => {
  test('wording, place and decision of the element, and the decision of its component; others are as they were', async () => {
    const set = await read(
      decision(
        '42',
        replaced(
          "//*[@cc-id='fdp_iff.1']/cc:f-element[2]/cc:title",
          '<title>new <selectables><selectable>a</selectable></selectables></title>',
        ),
      ),
    )
    assert.deepEqual([findings(set), set.version], [[], '1.0 with TD0042'])
    assert.deepEqual(
      [textOf(set, 'FDP_IFF.1.1'), textOf(set, 'FDP_IFF.1.2'), textOf(set, 'FAU_GEN.1.1')],
      ['old one', 'new [selection: a]', 'kept'],
    )
    const decided = set.items
      .map(({ id, attributes }) => [id, attributes['technical-decisions']])
      .filter(([, decisions]) => decisions !== undefined)
    assert.deepEqual(decided, [
      ['FDP_IFF.1', ['TD0042']],
      ['FDP_IFF.1.2', ['TD0042']],
    ])
    assert.deepEqual(set.attributes['technical-decisions'], [
      { id: 'TD0042', date: '2026-01-01', file: 'td1.xml', changes: '1', applied: '1', Resolution: 'why' },
    ])
  })

  test('an element that a decision brought has its place in the decision', async () => {
    const set = await read(decision('1', `<replace><f-element id="e1"><title>new</title></f-element></replace>`))
    const item = set.items.find(({ id }) => id === 'FDP_IFF.1.1')
    assert.deepEqual([item?.text, item?.place.file], ['new', 'td1.xml'])
  })

  test('the older form: change with mode replace, and add', async () => {
    const set = await read(
      decision(
        '0416',
        `<change xpath=".//f-element[@id='e1']" mode="replace"><f-element id="e1"><title>new</title></f-element></change><change xpath=".//f-component[@cc-id='fdp_iff.1']" mode="add"><f-element id="e9"><title>third</title></f-element></change>`,
      ),
    )
    assert.deepEqual([textOf(set, 'FDP_IFF.1.1'), textOf(set, 'FDP_IFF.1.3')], ['new', 'third'])
  })

  test('decisions are applied by their numbers, whatever the order of the files; a later one sees the earlier', async () => {
    const [early, late] = [
      decision('9', replaced("//*[@id='e1']/cc:title", '<title>early</title>')),
      decision('10', replaced("//cc:title[text()='early']", '<title>late</title>')),
    ]
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const set = await read(...order)
      assert.deepEqual([textOf(set, 'FDP_IFF.1.1'), set.items[1]?.attributes['technical-decisions']], ['late', ['TD0010']])
    }
  })
})

describe('Paths, XPath 1.0', () => {
  const root = readXmlTree(`<PP><a id="1"><c>x</c><c id="2">y</c></a><a><b><c k="v">z</c></b></a></PP>`, 'f')
  const paths: readonly (readonly [string, string | undefined])[] = [
    ['//c', 'xyz'],
    ['//c[1]', 'xz'],
    ["//*[@id='1']/c[2]", 'y'],
    ["*//cc:a[@id='1']//htm:c", 'xy'],
    ['/PP/a/c', 'xy'],
    ["//c[@k='v']", 'z'],
    ["//c[@k='v'][2]", ''],
    [`.//c[text()="y"]`, 'y'],
    ["//c[contains(text(),'x')]", undefined],
    ["//c[@id='1')]", undefined],
    ['c', undefined],
    ['', undefined],
  ]
  for (const [path, wanted] of paths)
    test(JSON.stringify(path), () =>
      assert.equal(
        elementsAt(root, path)
          ?.map(({ text }) => text)
          .join(''),
        wanted,
      ),
    )
})

test('a file of decisions is recognised', () => assert.ok(niapFormat.recognises(decision('1', ''), 'td.xml')))
