/** Readers of a user's own: a slip in one is a line, and what it returns is checked like a file. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { loadRequirementReader, withPlugIns } from './plug-in.js'
import { packageFile } from '../profiles/schema-file.js'
import { requirementReaders } from './requirements/formats.js'

let folder = ''
before(() => (folder = mkdtempSync(join(tmpdir(), 'bulkhead-plug-in-'))))
after(() => rmSync(folder, { recursive: true }))

let next = 0
async function load(text: string) {
  const name = `reader-${(next += 1)}.mjs`
  writeFileSync(join(folder, name), text)
  return loadRequirementReader({ name, path: join(folder, name) })
}
const reader = (read: string, more = '') =>
  `export const requirementReader = { format: 'mine', title: 'mine', extensions: ['.mine'], recognises: (head) => head.startsWith('MINE'), ${more} async read(files) { ${read} } }`
const result = async (read: string) => (await load(reader(read))).read([{ name: 'a.mine', path: join(folder, 'a.mine') }], { map: null })

describe('A reader that is refused', () => {
  const refusals: readonly (readonly [string, string, RegExp])[] = [
    ['no module', 'export const = 1', /cannot be loaded/],
    ['no export', 'export default {}', /exports no requirementReader/],
    ['a format with blanks', reader('', "format: 'My Format',"), /format is no short/],
    ['no recognises', "export const requirementReader = { format: 'mine', title: '', extensions: [] }", /no function/],
    ['extensions without a dot', reader('', "extensions: ['mine'],"), /extensions/],
  ]
  for (const [name, text, message] of refusals)
    test(name, async () => {
      await assert.rejects(load(text), { name: 'EvidenceError', code: 'malformed-reader', message })
    })

  test('one that throws, or gives what is no set', async () => {
    await assert.rejects(result("throw new Error('line 3: odd')"), { code: 'malformed-reader', message: /a\.mine: line 3: odd/ })
    await assert.rejects(result('return 1'), { code: 'malformed-reader', message: /list of items/ })
    await assert.rejects(result('return { items: [{ text: "no id" }] }'), { code: 'schema-violation' })
    await assert.rejects(result('return { items: [{ id: "R", methods: ["prayer"] }] }'), { code: 'schema-violation' })
    await assert.rejects(result('return { items: [] }'), { code: 'no-items' })
  })
})

describe('A reader of a user’s own', () => {
  test('needs to give ids only; faults of the source are found for it', async () => {
    const set = await result("return { items: [{ id: 'R-1', links: [{ target: 'R-9' }] }, { id: 'R-1' }] }")
    assert.deepEqual([set.format, set.items.map(({ kind }) => kind)], ['mine', ['requirement', 'requirement']])
    assert.deepEqual(
      set.findings.map(({ kind }) => kind),
      ['duplicate', 'dangling'],
    )
  })

  test('comes before ours for what it recognises, and for nothing else', async () => {
    const all = withPlugIns([await load(reader('return {}'))], requirementReaders)
    const takers = (head: string, name: string) => all.filter((one) => one.recognises(head, name)).map(({ format }) => format)
    assert.deepEqual([takers('MINE,ID\n', 'a.csv'), takers('ID,Text\n', 'a.csv')], [['mine'], ['csv']])
  })

  test('the example of docs/how-to/own-format.md reads its file', async () => {
    const at = (name: string) => ({ name, path: packageFile('examples', 'own-format', name) })
    const set = await (await loadRequirementReader(at('ini-reader.mjs'))).read([at('requirements.ini')], { map: null })
    assert.deepEqual(
      set.items.map(({ id, links, place }) => [id, links.map(({ target }) => target), place.line]),
      [
        ['REQ-1', [], 1],
        ['REQ-2', ['REQ-1'], 5],
      ],
    )
    assert.deepEqual(set.findings, [])
  })
})
