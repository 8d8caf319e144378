import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { before, describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { EvidenceError, type EvidenceErrorCode } from '../model/errors.js'
import { parseProfiles, type Profiles } from './profiles.js'
import { readProfiles } from './read-profiles.js'
import { schemaFile } from './schema-file.js'

const folder = 'evidence/profiles'
const schemas = dirname(schemaFile('claims'))
const root = join(schemas, '..', '..', '..')

const read = (path: string): [string, string][] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) return read(inner)
    return entry.name.endsWith('.yaml') ? [[relative(root, inner), readFileSync(inner, 'utf8')]] : []
  })

/** Two requirements that stay as they are, whatever the project's own become. */
const requirements = `requirements:
  - id: flow.deny-by-default
    revision: 1
    text: The kernel shall refuse what no flow allows.
    rationale: What nobody has allowed must not happen.
    parents: [FDP_IFC.2.2, FDP_IFF.1.2]
    claims: [C05]
    methods: [test]
    interfaces: [port_send]
    modules: [kernel/**]
  - id: time.window-start-exact
    revision: 1
    text: The kernel shall start each window on its cycle.
    rationale: Otherwise the start depends on the predecessor.
    parents: [FRU_RSA.2.2]
    claims: []
    methods: [test]
    interfaces: []
    modules: [kernel/**]
`

const registers: readonly (readonly [string, string])[] = [
  [`${folder}/requirements.yaml`, requirements],
  [`${folder}/deviations.yaml`, 'deviations: []\n'],
  [`${folder}/justifications.yaml`, 'justifications: []\n'],
  [`${folder}/artefacts.yaml`, 'artefacts: []\n'],
]

/** The project's own profile folder with one text replaced; the replaced text must be there. */
function changed(file: string, from: string, to: string): Map<string, string> {
  const files = new Map([...read(join(root, folder)), ...registers])
  const text = files.get(`${folder}/${file}`) ?? ''
  assert.ok(text.includes(from), `${file} has no ${JSON.stringify(from)}`)
  return files.set(`${folder}/${file}`, text.replace(from, to))
}

function refused(files: ReadonlyMap<string, string>, code: EvidenceErrorCode, message: RegExp): void {
  assert.throws(
    () => parseProfiles(folder, files),
    (error) => error instanceof EvidenceError && error.code === code && message.test(error.message),
  )
}

describe('a profile is refused with file, line and remedy', () => {
  const cases: readonly (readonly [string, string, string, string, EvidenceErrorCode, RegExp])[] = [
    ['an unknown key', 'requirements.yaml', 'rationale: What', 'rational: What', 'schema-violation', /requirements\.yaml:\d+: .*rational/],
    [
      'a text without "shall"',
      'requirements.yaml',
      'The kernel shall start',
      'The kernel starts',
      'schema-violation',
      /requirements\.1\.text/,
    ],
    ['revision 0', 'requirements.yaml', 'revision: 1', 'revision: 0', 'schema-violation', /revision/],
    ['a parent that is a component', 'requirements.yaml', 'parents: [FDP_IFC.2.2', 'parents: [FDP_IFC.2', 'schema-violation', /parents\.0/],
    [
      'a parent nothing defines',
      'requirements.yaml',
      'FDP_IFC.2.2',
      'FDP_IFC.2.9',
      'dangling-reference',
      /no element FDP_IFC\.2\.9; name a defined element/,
    ],
    ['a claim nothing defines', 'requirements.yaml', 'claims: [C05]', 'claims: [C99]', 'dangling-reference', /no claim C99/],
    [
      'one name in two revisions',
      'requirements.yaml',
      'id: time.window-start-exact\n    revision: 1',
      'id: flow.deny-by-default\n    revision: 2',
      'duplicate-id',
      /revision 2 and 1/,
    ],
    [
      'a claim defined twice',
      'claims.yaml',
      'id: C02',
      'id: C01',
      'duplicate-id',
      /claim C01 is already defined at evidence\/profiles\/claims\.yaml:\d+/,
    ],
    [
      'an element defined twice',
      'skpp-1.03/components-fau.yaml',
      'id: FAU_GEN.1.2',
      'id: FAU_GEN.1.1',
      'duplicate-id',
      /element FAU_GEN\.1\.1/,
    ],
    [
      'an element of another component',
      'skpp-1.03/components-fau.yaml',
      'id: FAU_GEN.1.2',
      'id: FAU_SAA.1.9',
      'schema-violation',
      /FAU_SAA\.1\.9 in component FAU_GEN\.1/,
    ],
    [
      'an objective for a component nothing defines',
      'skpp-1.03/objectives.yaml',
      'FMT_MSA_EXP.1',
      'FMT_MSA_EXP.7',
      'dangling-reference',
      /no component FMT_MSA_EXP\.7/,
    ],
    ['a source nothing defines', 'skpp-1.03/components-fau.yaml', '[S1, S3, S5, S6]', '[S1, S99]', 'dangling-reference', /no source S99/],
    ['an unknown status', 'skpp-1.03/components-fau.yaml', 'status: unconfirmed', 'status: confirmed', 'schema-violation', /status/],
    [
      'a part that is not there',
      'skpp-1.03/profile.yaml',
      'threats.yaml',
      'menaces.yaml',
      'unreadable-file',
      /menaces\.yaml: no such file/,
    ],
    [
      'an assignment for an element nothing defines',
      'security-target.yaml',
      'element: FDP_IFF.1.3',
      'element: FDP_IFF.9.3',
      'dangling-reference',
      /FDP_IFF\.9\.3/,
    ],
    [
      'a path that leaves the project',
      'security-target.yaml',
      'modules: kernel/abi/**',
      'modules: ../abi/**',
      'schema-violation',
      /boundary/,
    ],
    ['a short digest', 'security-target.yaml', 'digest: computed at run', 'digest: abc', 'schema-violation', /configurations\.0\.digest/],
    [
      'an assurance artefact that is provided and incomplete',
      'assurance-artefacts.yaml',
      'state: partly-provided',
      'state: provided',
      'schema-violation',
      /ATE_FUN\.2/,
    ],
    ['a carry-over stated twice', 'caveats.yaml', 'component: FAU_GEN.1', 'component: FAU_ARP.1', 'duplicate-id', /FAU_ARP\.1/],
    ['a key written twice', 'claims.yaml', '  - id: C01', '  - id: C01\n    id: C01', 'malformed-yaml', /claims\.yaml:\d+/],
    ['an alias', 'claims.yaml', '  - id: C01', '  - id: &a C01\n  - id: *a', 'malformed-yaml', /alias \*a/],
    ['text that is no YAML', 'claims.yaml', 'claims:', 'claims: ]', 'malformed-yaml', /claims\.yaml:\d+/],
  ]
  for (const [what, file, from, to, code, message] of cases) test(what, () => refused(changed(file, from, to), code, message))

  test('the line is that of the entry', () => {
    refused(changed('requirements.yaml', 'FDP_IFC.2.2', 'FDP_IFC.2.9'), 'dangling-reference', /^evidence\/profiles\/requirements\.yaml:6: /)
    refused(
      changed('requirements.yaml', 'rationale: Otherwise', 'reason: Otherwise'),
      'schema-violation',
      /requirements\.yaml:11: key "rationale"/,
    )
  })

  const deviation = (fields: string): Map<string, string> =>
    changed(
      'deviations.yaml',
      'deviations: []',
      `deviations:\n  - { id: D1, concerns: [FDP_IFC.2.2], text: t, reason: r, author: a, reviewer: none, ${fields} }\n`,
    )
  test('a deviation on a day that does not exist', () =>
    refused(deviation('date: 2026-02-30, expires: 2026-12-01'), 'schema-violation', /2026-02-30 is no calendar day/))
  test('a deviation that expires before it is made', () =>
    refused(deviation('date: 2026-02-03, expires: 2026-02-02'), 'schema-violation', /expires before/))
  test('a deviation without a reviewer field', () =>
    refused(
      changed('deviations.yaml', 'deviations: []', 'deviations:\n  - { id: D1 }\n'),
      'schema-violation',
      /deviations\.yaml:\d+: key "/,
    ))

  const justification = (part: string): Map<string, string> =>
    changed(
      'justifications.yaml',
      'justifications: []',
      `justifications:\n  - { id: J1, module: a.ts, ${part} reason: r, author: a, date: 2026-01-01 }\n`,
    )
  test('a justification of nothing', () => refused(justification(''), 'schema-violation', /justifications\.0/))
  test('a justification of lines and a function', () =>
    refused(justification('lines: 1-2, function: f,'), 'schema-violation', /justifications\.0/))
  test('a range that ends before it begins', () => refused(justification('lines: 9-2,'), 'schema-violation', /ends before it begins/))
  test('a justification of one line reads as a range', () => {
    assert.deepEqual(parseProfiles(folder, justification("lines: '7',")).justifications[0]?.lines, { first: 7, last: 7 })
  })

  test('a folder that is not there', () => {
    assert.throws(() => readProfiles(root, join(root, 'nowhere')), { code: 'unreadable-file' })
  })
})

describe('the project’s own profile', () => {
  let profiles: Profiles
  before(() => {
    profiles = readProfiles(root, join(root, folder))
  })

  test('holds the whole SKPP 1.03 catalogue', () => {
    const { components, assurance, threats, objectives, assumptions, policies, notInProfile } = profiles.catalogue
    assert.deepEqual(
      [components.length, assurance.length, threats.length, objectives.length, assumptions.length, policies.length, notInProfile.length],
      [34, 36, 18, 27, 5, 7, 5],
    )
    assert.equal(components.flatMap(({ elements }) => elements).length, 55)
    assert.equal(profiles.claims.length, 24)
  })

  test('marks every functional component as unconfirmed and carries the notice', () => {
    assert.ok(profiles.catalogue.components.every(({ status }) => status === 'unconfirmed'))
    assert.match(profiles.catalogue.notice, /must be checked against it before any conformance claim/)
  })

  test('says for every component what carries over to silicon', () => {
    assert.deepEqual(profiles.carryOver.map(({ component }) => component).sort(), profiles.catalogue.components.map(({ id }) => id).sort())
  })
})

test('every schema is valid JSON Schema, draft 2020-12', () => {
  const ajv = new Ajv2020()
  for (const file of readdirSync(schemas)) {
    const schema = JSON.parse(readFileSync(join(schemas, file), 'utf8')) as object
    assert.equal(ajv.validateSchema(schema), true, `${file}: ${ajv.errorsText()}`)
  }
})
