/** The NIAP schema, rule by rule, on small documents; whole publications are in published-facts.spec.ts. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet } from '../../../items/requirement-set.js'
import { niapFormat } from './niap-format.js'
import { namedComponents } from './niap-problem.js'
import { readNiap } from './read-niap.js'

let folder = ''
before(() => (folder = mkdtempSync(join(tmpdir(), 'bulkhead-niap-'))))
after(() => rmSync(folder, { recursive: true }))

const schema =
  'xmlns="https://niap-ccevs.org/cc/v1" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:sec="https://niap-ccevs.org/cc/v1/section"'
const profile = (body: string, root = 'PP') =>
  `<${root} ${schema} name="X"><PPReference><ReferenceTable><PPVersion>1.0</PPVersion></ReferenceTable></PPReference>${body}</${root}>`
const firstSchema = (body: string) => `<PP xmlns="http://common-criteria.rhcloud.com/ns/cc" name="X">${body}</PP>`

async function readAll(...texts: readonly string[]): Promise<RequirementSet> {
  const files = texts.map((text, at) => {
    writeFileSync(join(folder, `f${at}.xml`), text)
    return { name: `f${at}.xml`, path: join(folder, `f${at}.xml`) }
  })
  return readNiap(files)
}
const read = (body: string, root?: string) => readAll(profile(body, root))
const only = async (body: string): Promise<RequirementItem> => {
  const item = (await read(`<f-component cc-id="fdp_iff.1" name="N">${body}</f-component>`)).items.at(-1)
  assert.ok(item)
  return item
}
const element = (title: string, more = '') => `<f-element><title>${title}</title>${more}</f-element>`
const ids = ({ items }: RequirementSet) => items.map(({ id }) => id)
const findings = ({ findings: all }: RequirementSet) => all.map(({ kind, id }) => `${kind} ${id}`)
const sfr = (id: string, attributes = '') => `<f-component cc-id="${id}" name="N" ${attributes}>${element('t')}</f-component>`

describe('Faults of a NIAP source are reported, never repaired', () => {
  test('objectives, components and ids that nothing defines', async () => {
    const set = await read(
      `<threats><threat name="T.A"><objective-refer ref="O.NONE"/></threat></threats><SOs><SO name="O.B"><addressed-by>FDP_IFF.1, FDP_ACC.1 (TLS Package)</addressed-by></SO></SOs>
<f-component cc-id="fau_gen.1" name="N"><depends on-sel="sel-none"/><depends on-sel="sel-far"><external-doc ref="pkg"/></depends>${element('see <xref to="no-where"/> and <xref to="SFRs"/>')}</f-component>`,
    )
    assert.deepEqual(findings(set), ['dangling sel-none', 'dangling no-where', 'dangling O.NONE', 'dangling FDP_IFF.1'])
  })

  test('ids given twice: of XML, of components, of threats', async () => {
    const set = await read(
      `<threats><threat name="T.A"/><threat name="T.A"/></threats>${sfr('fdp_iff.1', 'id="a"')}${sfr('fdp_iff.1', 'id="a"')}${sfr('fdp_iff.1', 'iteration="B"')}`,
    )
    assert.deepEqual(findings(set), ['duplicate a', 'duplicate T.A', 'duplicate FDP_IFF.1', 'duplicate FDP_IFF.1.1'])
  })

  test('components and objectives that no mapping uses; nothing where the document maps nothing', async () => {
    const objectives = `<SOs><SO name="O.A"><addressed-by>FDP_IFF.1</addressed-by></SO><SO name="O.B"/></SOs>`
    const threats = `<threats><threat name="T.A"><objective-refer ref="O.A"/></threat></threats>`
    assert.deepEqual(findings(await read(threats + objectives + sfr('fdp_iff.1') + sfr('fau_gen.1'))), ['unused FAU_GEN.1', 'unused O.B'])
    assert.deepEqual(findings(await read(sfr('fdp_iff.1'), 'Package')), [])
  })

  test('a component without an id and an element without wording', async () => {
    const set = await read(
      `<f-component name="nameless">${element('t')}</f-component><f-component cc-id="fdp_iff.1" name="N"><f-element/></f-component>`,
    )
    assert.deepEqual(
      [findings(set), ids(set)],
      [
        ['unreadable nameless', 'unreadable FDP_IFF.1.1'],
        ['FDP_IFF.1', 'FDP_IFF.1.1'],
      ],
    )
  })

  test('another root, a cut document, an entity', async () => {
    await assert.rejects(readAll(`<PP xmlns="urn:other"/>`), { code: 'unknown-format' })
    await assert.rejects(readAll(profile('').slice(0, -3)), { code: 'truncated-stream' })
    await assert.rejects(readAll(`<!DOCTYPE PP [<!ENTITY a "b">]>${profile('&a;')}`), { code: 'forbidden-entity' })
  })
})

describe('Ids as published', () => {
  test('elements are numbered by position, the iteration is last; assurance elements are numbered by type', async () => {
    const set = await read(
      `<f-component cc-id="fcs_cop.1" iteration="Hash" name="N">${element('a')}<note/>${element('b')}</f-component>
<a-component cc-id="adv_fsp.1" name="N">${['D', 'D', 'C', 'E'].map((type) => `<a-element type="${type}"><title>t</title></a-element>`).join('')}</a-component>`,
    )
    assert.deepEqual(ids(set), [
      'FCS_COP.1/Hash',
      'FCS_COP.1.1/Hash',
      'FCS_COP.1.2/Hash',
      'ADV_FSP.1',
      'ADV_FSP.1.1D',
      'ADV_FSP.1.2D',
      'ADV_FSP.1.1C',
      'ADV_FSP.1.1E',
    ])
    assert.deepEqual(set.items.map(({ parent }) => parent).slice(0, 3), [null, 'FCS_COP.1/Hash', 'FCS_COP.1/Hash'])
  })

  test('the first generation of the schema spells them out, iterations in brackets', async () => {
    const set = await readAll(
      firstSchema(
        `<SO id="O.A"><component-refer ref="fcs_cop.1(2)"/></SO><SOs><SO id="O.A"><component-refer ref="fcs_cop.1(2)"/></SO></SOs><f-component id="fcs_cop.1(2)" name="N"><f-element id="fcs_cop.1.1(2)"><title>t</title></f-element></f-component>
<a-component id="adv_fsp.1" name="N"><group><a-element id="adv_fsp.1.1d"><title>t</title></a-element></group></a-component>`,
      ),
    )
    assert.deepEqual(ids(set), ['O.A', 'FCS_COP.1(2)', 'FCS_COP.1.1(2)', 'ADV_FSP.1', 'ADV_FSP.1.1D'])
    assert.deepEqual(
      set.mappings.map(({ from, to }) => [from, to]),
      [['O.A', 'FCS_COP.1(2)']],
    )
  })

  test('an invisible component is the base of its iterations and no requirement', async () => {
    assert.deepEqual(
      (await read(sfr('fdp_iff.1', 'status="invisible"'))).items.map(({ kind }) => kind),
      ['component-definition', 'element-definition'],
    )
  })
})

describe('Inclusion', () => {
  const inclusionOf = async (component: string, around = (text: string) => text) =>
    (await read(around(component))).items.find(({ kind }) => kind === 'component')?.inclusion
  const withDepends = (depends: string, attributes = '') =>
    `<f-component cc-id="fdp_iff.1" name="N" ${attributes}>${depends}${element('t')}</f-component>`

  for (const [status, inclusion] of [
    ['', 'mandatory'],
    ['status="threshold"', 'mandatory'],
    ['status="optional"', 'optional'],
    ['status="objective"', 'objective'],
    ['status="sel-based"', 'selection-based'],
    ['status="feat-based"', 'implementation-based'],
    ['status="impl-dep"', 'implementation-based'],
  ] as const)
    test(`${status || 'no status'}: ${inclusion}`, async () => assert.equal(await inclusionOf(sfr('fdp_iff.1', status)), inclusion))

  test('by the section of a PP-Module, and by what the component depends on', async () => {
    assert.equal(await inclusionOf(sfr('fdp_iff.1'), (text) => `<obj-sfrs><section>${text}</section></obj-sfrs>`), 'objective')
    assert.equal(await inclusionOf(withDepends('<depends><optional/></depends>')), 'optional')
    assert.equal(await inclusionOf(withDepends('<depends on-sel="s"/>')), 'selection-based')
    assert.equal(
      await inclusionOf(withDepends('<depends on="f"/>'), (text) => `<implements><feature id="f" title="F"/></implements>${text}`),
      'implementation-based',
    )
    assert.equal(await inclusionOf(withDepends('<depends><optional/></depends>', 'status="sel-based"')), 'selection-based')
  })

  test('a selection that a component depends on is a link to the element it stands in', async () => {
    const set = await read(
      `<f-component cc-id="ftp_itc.1" name="N">${element('<selectables><selectable id="sel-tls">TLS</selectable></selectables>')}</f-component>${withDepends('<depends on-sel="sel-tls"/>')}`,
    )
    assert.deepEqual(
      set.items.find(({ id }) => id === 'FDP_IFF.1')?.links.map(({ role, target }) => [role, target]),
      [['depends', 'FTP_ITC.1.1']],
    )
  })
})

describe('Wording and operations', () => {
  test('selections and assignments in the notation of the Common Criteria, nested ones too; struck words are left out', async () => {
    const { text, operations } = await only(
      element(
        `The TSF shall <h:s>not</h:s> use <selectables onlyone="yes"><selectable id="s-a">AES with <selectables><selectable>128</selectable><selectable>256</selectable></selectables> bits</selectable>
<selectable>none</selectable></selectables> for <assignable>list of data</assignable>, <refinement>always</refinement> .`,
      ),
    )
    assert.equal(
      text,
      'The TSF shall use [selection, choose one of: AES with [selection: 128, 256] bits, none] for [assignment: list of data], always.',
    )
    assert.deepEqual(
      operations.map(({ kind, choices, decided }) => [kind, choices.length, decided]),
      [
        ['selection', 2, null],
        ['selection', 2, null],
        ['assignment', 0, null],
        ['refinement', 0, 'always'],
      ],
    )
  })

  test('a table of choices, management functions, cross references', async () => {
    const table = `<selectables><tabularize id="t" title="T"><textcol>Id</textcol><selectcol>algorithm</selectcol><reqtext>with</reqtext><selectcol>parameters</selectcol></tabularize><selectable id="x"><col>1</col><col>RSA</col><col>3072</col></selectable></selectables>`
    assert.equal(
      (await only(element(`Generate by${table}`))).text,
      'Generate by [selection: algorithm] with [selection: parameters]\n- 1 | RSA | 3072',
    )
    const set = await read(
      `<section id="s" title="Terms"/>${sfr('fau_gen.1', 'id="gen"')}<f-component cc-id="fmt_smf.1" name="N">${element('<management-function-set><manager cid="A">Admin</manager><management-function><text>see <xref to="gen"/> in <xref to="s"/></text><M ref="A"/></management-function></management-function-set>')}</f-component>`,
    )
    assert.equal(set.items.at(-1)?.text, '- see FAU_GEN.1 in Terms (A: M)')
  })

  test('what has no field is kept as an attribute', async () => {
    const { attributes } = await only(
      element('t', '<note role="application">first</note><note>second</note><rule id="r"><description>d</description></rule>'),
    )
    assert.deepEqual([attributes['note'], attributes['rule']], [['first', 'second'], 'd'])
  })
})

describe('Evaluation activities', () => {
  const activities = async (xml: string) => {
    const set = await read(`<f-component cc-id="fdp_iff.1" name="N">${element('t', xml)}</f-component>`)
    return set.items.map((item) => item.activities.map(({ kind, text, explicitNone }) => `${kind}${explicitNone ? ' none' : ''}: ${text}`))
  }

  test('without a level they are those of the component', async () => {
    const parts =
      '<TSS>look</TSS><Guidance>read</Guidance><KMD>keys</KMD><Tests>Do:<testlist><test>one</test><test>two</test></testlist></Tests>'
    assert.deepEqual(await activities(`<aactivity>${parts}</aactivity>`), [
      ['TSS: look', 'Guidance: read', 'KMD: keys', 'Tests: Do:\n- one\n- two'],
      [],
    ])
    assert.deepEqual(await activities(`<aactivity level="element"><TSS>look</TSS></aactivity>`), [[], ['TSS: look']])
  })

  test('explicit none is said to be none, and only then', async () => {
    assert.deepEqual(await activities('<aactivity><no-tests>Tested with FAU_GEN.1.</no-tests></aactivity>'), [
      ['Tests none: Tested with FAU_GEN.1.'],
      [],
    ])
    assert.deepEqual(await activities('<aactivity><TSS>There are no TSS evaluation activities for this component.</TSS></aactivity>'), [
      ['TSS none: There are no TSS evaluation activities for this component.'],
      [],
    ])
    assert.deepEqual(
      await activities('<aactivity><Tests>There are no test activities for one. The evaluator shall do two.</Tests></aactivity>'),
      [['Tests: There are no test activities for one. The evaluator shall do two.'], []],
    )
  })

  test('an empty <TSS/> precedes its text in older documents', async () =>
    assert.deepEqual(await activities('<aactivity>general<TSS/>look <h:b>well</h:b><Tests/>try</aactivity>'), [
      ['other: general', 'TSS: look well', 'Tests: try'],
      [],
    ]))
})

describe('Modules, packages and bases', () => {
  test('what a module changes in its base is an item of its own, with its base', async () => {
    const set = await read(
      `<base-pp id="bpp" name="Base" short="B"><modified-sfrs><base-sfr-spec cc-id="fcs_ckm.1" iteration="AK" id="mod-1" title="Keys"><consistency-rationale>r</consistency-rationale><description>d</description>
<replace><xpath-specified xpath="//x"><f-element id="of-the-base"><title>new <xref to="also-of-the-base"/></title></f-element></xpath-specified></replace></base-sfr-spec>
<base-sfr-spec cc-id="fau_gen.1" title="Audit"><description>d</description><no-change/></base-sfr-spec></modified-sfrs>
<additional-sfrs>${sfr('fdp_iff.1')}</additional-sfrs></base-pp><SOs><SO name="O.A"><addressed-by>FCS_CKM.1/AK</addressed-by></SO></SOs>`,
      'Module',
    )
    const of = (id: string) => set.items.find((item) => item.id === id)
    assert.deepEqual(
      [of('mod-1')?.kind, of('mod-1')?.attributes],
      ['base-modification', { component: 'FCS_CKM.1/AK', 'base-pp': 'bpp', change: 'replaced' }],
    )
    assert.equal(of('mod-1')?.text, 'd\nnew also-of-the-base')
    assert.deepEqual([of('B:FAU_GEN.1')?.kind, of('B:FAU_GEN.1')?.attributes['change']], ['base-unchanged', 'unchanged'])
    assert.deepEqual([of('FDP_IFF.1')?.inclusion, of('FDP_IFF.1')?.attributes['base-pp']], ['mandatory', 'bpp'])
    assert.deepEqual(findings(set), [])
  })

  test('a package given with the profile that uses it resolves its components', async () => {
    const user = profile('<SOs><SO name="O.A"><addressed-by>FCS_TLSC_EXT.1</addressed-by></SO></SOs>')
    assert.deepEqual(findings(await readAll(user)), ['dangling FCS_TLSC_EXT.1'])
    const both = await readAll(user, profile(sfr('fcs_tlsc_ext.1'), 'Package'))
    assert.deepEqual([findings(both), both.version, both.title], [[], '1.0, 1.0', 'X, Functional Package for X'])
  })

  test('threats of a direct rationale profile are mapped to components', async () => {
    const set = await read(
      `<threats><threat name="T.A"><description>d</description><addressed-by>FDP_IFF.1</addressed-by><rationale>because</rationale><addressed-by>FAU_GEN.1 (optional)</addressed-by></threat></threats>${sfr('fdp_iff.1')}${sfr('fau_gen.1')}`,
    )
    assert.deepEqual(
      set.mappings.map(({ from, to, rationale }) => [from, to, rationale]),
      [
        ['T.A', 'FDP_IFF.1', 'because'],
        ['T.A', 'FAU_GEN.1', ''],
      ],
    )
    assert.deepEqual(findings(set), [])
  })
})

describe('Lists of components', () => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [
      'FCS_CKM.1, FCS_CKM.2/UNLOCKED, FCS_CKM_EXT.8 (Bluetooth Module)',
      ['FCS_CKM.1', 'FCS_CKM.2/UNLOCKED', 'FCS_CKM_EXT.8 <Bluetooth Module>'],
    ],
    ['FIA_BMG_EXT.1 (Sel-Based) FIA_BMG_EXT.2 (Objective)', ['FIA_BMG_EXT.1 <Sel-Based>', 'FIA_BMG_EXT.2 <Objective>']],
    ['FCS_COP.1(2)', ['FCS_COP.1(2)']],
    ['FPT_W^X_EXT.1', ['FPT_W^X_EXT.1']],
    ['all of them', ['all of them']],
    [' ', []],
  ]
  for (const [text, wanted] of lists)
    test(JSON.stringify(text), () =>
      assert.deepEqual(
        namedComponents(text).map(({ to, remark }) => (remark === '' ? to : `${to} <${remark}>`)),
        wanted,
      ),
    )
})

describe('Version of the Common Criteria', () => {
  const versions: readonly (readonly [string, string | null])[] = [
    ['<CClaimsInfo cc-version="cc-2022r1"/>', 'CC:2022'],
    ['<CCVersion>3.1 Release 4</CCVersion>', '3.1'],
    ['<cclaims><cclaim name="CC">Parts 2 and 3 of Common\n Criteria Version 3.1, Revision 5.</cclaim></cclaims>', '3.1'],
    ['<cclaims><cclaim name="PP">Conforms to the PP-Module for VPN Client, Version 2.4.</cclaim></cclaims>', null],
    ['<bibliography>Part 2, CCMB-2017-04-002, Version 3.1 Revision 5</bibliography>', '3.1'],
    ['', null],
  ]
  for (const [xml, version] of versions)
    test(`${xml || 'nothing said'}: ${version}`, async () =>
      assert.equal((await read(xml + sfr('fau_gen.1'))).items[0]?.ccVersion, version))
})

describe('Recognition', () => {
  test('root and namespace, behind any comment; not a document that only mentions them', () => {
    assert.ok(niapFormat.recognises(`<?xml version="1.0"?><!-- <x> -->${profile('')}`, 'a.xml'))
    assert.ok(niapFormat.recognises(profile('').replace('<PP ', '<cc:PP ').replace('xmlns=', 'xmlns:cc='), 'a.xml'))
    assert.equal(niapFormat.recognises(`<coverage><!-- ${profile('')} --></coverage>`, 'a.xml'), false)
    assert.equal(niapFormat.recognises('<PP xmlns="urn:other">', 'a.xml'), false)
  })
})
