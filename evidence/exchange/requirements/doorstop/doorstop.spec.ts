/** Doorstop items. Doorstop documentation, "Item". */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { found, linked, readTexts } from '../test/read-texts.js'
import { doorstopFormat } from './doorstop-format.js'

const read = (texts: Readonly<Record<string, string>>) => readTexts(doorstopFormat, texts)
const item = (more = '') => `active: true\nderived: false\nlevel: 1.10\nnormative: true\ntext: |\n  It shall.\n${more}`

describe('Doorstop', () => {
  test('the file is the id, the document the kind, and a level keeps its zero', async () => {
    const set = await read({
      'srd/.doorstop.yml': 'settings:\n  digits: 3\n  prefix: SRD\n  sep: ""\n',
      'srd/SRD007.yml': item("header: 'Head'\n"),
    })
    const [first] = set.items
    assert.deepEqual(
      [first?.id, first?.kind, first?.title, first?.text, first?.attributes['level']],
      ['SRD007', 'SRD', 'Head', 'It shall.', '1.10'],
    )
  })

  test('links with and without fingerprint, with their lines; what they lead to must be there', async () => {
    const set = await read({
      'REQ-1.yml': item('links:\n- SYS-1: a1b2=\n- SYS-2: null\n- SYS-9\n'),
      'SYS-1.yml': item(),
      'SYS-2.yml': item(),
    })
    assert.deepEqual(linked(set), ['REQ-1 -refines-> SYS-1', 'REQ-1 -refines-> SYS-2', 'REQ-1 -refines-> SYS-9'])
    assert.deepEqual(
      [found(set), set.items[0]?.attributes['links']],
      [['dangling SYS-9 10'], [{ 'SYS-1': 'a1b2=' }, { 'SYS-2': 'null' }, 'SYS-9']],
    )
  })

  test('Markdown items, and items that are not active', async () => {
    const set = await read({ 'R1.md': '---\nactive: false\nlinks: []\n---\n# Head\n\nIt shall.\n' })
    assert.deepEqual(
      set.items.map(({ title, text, status }) => [title, text, status]),
      [['Head', 'It shall.', 'inactive']],
    )
  })

  const refusals: readonly (readonly [string, string, string])[] = [
    ['an alias', 'active: &a true\nderived: *a\n', 'malformed-yaml'],
    ['a key given twice', 'active: true\nactive: false\n', 'malformed-yaml'],
    ['a list', '- active: true\n', 'schema-violation'],
    ['ten thousand open brackets', `active: ${'['.repeat(10_000)}`, 'too-deep'],
    ['ten thousand list signs', `active: true\nlinks:\n${'- '.repeat(10_000)}a\n`, 'too-deep'],
  ]
  for (const [name, text, code] of refusals)
    test(`refused: ${name}`, async () => {
      await assert.rejects(read({ 'R1.yml': text }), { name: 'EvidenceError', code })
    })
})
