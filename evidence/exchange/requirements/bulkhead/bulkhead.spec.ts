/** Our own profiles as requirement items: nothing that says "unconfirmed" is lost on the way. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { packageFile } from '../../../profiles/schema-file.js'
import { linked, readTexts } from '../test/read-texts.js'
import { bulkheadFormat } from './bulkhead-format.js'

const own = (name: string) =>
  bulkheadFormat.read([{ name: `evidence/profiles/${name}`, path: packageFile('evidence', 'profiles', ...name.split('/')) }], { map: null })

describe('Profiles in YAML', () => {
  test('the catalogue: elements lie in components, carry the methods, and say what is unconfirmed', async () => {
    const { items, mappings, version, attributes, findings } = await own('skpp-1.03/profile.yaml')
    const elements = items.filter(({ kind }) => kind === 'element')
    const components = new Set(items.filter(({ kind }) => kind === 'component').map(({ id }) => id))
    assert.equal(elements.length, 55)
    assert.ok(
      elements.every(
        ({ parent, methods, ccVersion }) => parent !== null && components.has(parent) && methods.length > 0 && ccVersion === '2.3',
      ),
    )
    assert.ok(
      elements.every(({ status, attributes: marks }) => status === 'unconfirmed' && typeof marks['inclusionConfidence'] === 'string'),
    )
    assert.ok(mappings.every(({ rationale }) => rationale === 'inferred'))
    assert.deepEqual([version, findings], ['1.03', []])
    assert.match(JSON.stringify(attributes['notice']), /must be checked/)
  })

  test('the security target brings the derived requirements, each with its revision, its elements and its line', async () => {
    const set = await own('security-target.yaml')
    const derived = set.items.filter(({ kind }) => kind === 'derived-requirement')
    assert.ok(derived.length > 0)
    assert.ok(
      derived.every(
        ({ revision, place }) => revision !== null && place.file === 'evidence/profiles/requirements.yaml' && (place.line ?? 0) > 1,
      ),
    )
    assert.ok(linked(set).includes('flow.deny-by-default -refines-> FDP_IFF.1.2'))
    assert.deepEqual(set.findings, [])
  })

  test('a requirement that the schema refuses is refused with its line', async () => {
    await assert.rejects(readTexts(bulkheadFormat, { 'requirements.yaml': 'requirements:\n  - id: a.b\n    revision: one\n' }), {
      code: 'schema-violation',
    })
  })
})
