/** StrictDoc documents and their grammars. StrictDoc user guide, "SDoc Syntax". */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { found, linked, readTexts } from '../test/read-texts.js'
import { strictDocFormat } from './strictdoc-format.js'

const read = (texts: Readonly<Record<string, string>>) => readTexts(strictDocFormat, texts)
const document = (...blocks: readonly string[]): string => `[DOCUMENT]\nTITLE: D\n\n${blocks.join('\n\n')}\n`
const requirement = (uid: string, more = 'STATEMENT: It shall.'): string => `[REQUIREMENT]\nUID: ${uid}\n${more}`

describe('StrictDoc that is refused', () => {
  const refusals: readonly (readonly [string, string, string, RegExp])[] = [
    ['a text that does not end', document('[REQUIREMENT]\nUID: R-1\nSTATEMENT: >>>\nIt shall'), 'truncated-stream', /^a\.sdoc:6: /],
    ['a section that does not end', document('[[SECTION]]\nTITLE: S', requirement('R-1')), 'truncated-stream', /^a\.sdoc:4: SECTION/],
    [
      'a section that ends in another',
      document('[[SECTION]]\nTITLE: S', '[[GROUP]]\nTITLE: G', '[[/SECTION]]'),
      'malformed-text',
      /ends inside GROUP/,
    ],
    ['a line that is nothing', document(`${requirement('R-1')}\nstray`), 'malformed-text', /^a\.sdoc:7: /],
    ['no document', 'UID: R-1\n', 'malformed-text', /^a\.sdoc:1: /],
    ['a document without requirements', document(), 'no-items', /^a\.sdoc: /],
    ['only documents that are not given', document('[DOCUMENT_FROM_FILE]\nFILE: b.sdoc'), 'no-items', /b\.sdoc is not among the files/],
  ]
  for (const [name, text, code, message] of refusals)
    test(name, async () => {
      await assert.rejects(read({ 'a.sdoc': text }), { name: 'EvidenceError', code, message })
    })
})

describe('StrictDoc', () => {
  test('fields on one line and on several, repeated fields, sections, the title of the document', async () => {
    const comments = 'STATUS: Active\nCOMMENT: one\nCOMMENT: two\nSTATEMENT: >>>\nIt shall,\n\n[not a node]\n<<<'
    const set = await read({ 'a.sdoc': document('[[SECTION]]\nTITLE: S', requirement('R-1', comments), '[[/SECTION]]') })
    const [item] = set.items
    assert.deepEqual(
      [item?.id, item?.kind, item?.status, item?.text, item?.place.line],
      ['R-1', 'REQUIREMENT', 'Active', 'It shall,\n\n[not a node]', 7],
    )
    assert.deepEqual(item?.attributes, { DOCUMENT: 'D', SECTIONS: ['S'], COMMENT: ['one', 'two'] })
    assert.equal(set.title, 'D')
  })

  test('relations upward, downward and to files; what they lead to must be there, but for files', async () => {
    const relations =
      'RELATIONS:\n- TYPE: Parent\n  VALUE: R-9\n- TYPE: Parent\n  VALUE: R-2\n  ROLE: Refines\n- TYPE: Child\n  VALUE: R-2\n- TYPE: File\n  VALUE: a.c'
    const set = await read({ 'a.sdoc': document(requirement('R-1', relations), requirement('R-2')) })
    assert.deepEqual(linked(set), ['R-1 -refines-> R-9', 'R-1 -Refines-> R-2', 'R-1 -contains-> R-2', 'R-1 -file-> a.c'])
    assert.deepEqual(found(set), ['dangling R-9 7'])
  })

  test('a requirement inside another has it as parent; a section becomes an item only when a relation leads to it', async () => {
    const blocks = ['[[REQUIREMENT]]\nUID: R-1', requirement('R-1.1', 'RELATIONS:\n- TYPE: Parent\n  VALUE: S-1'), '[[/REQUIREMENT]]']
    const set = await read({
      'a.sdoc': document('[[SECTION]]\nUID: S-1\nTITLE: S', '[[/SECTION]]', '[[SECTION]]\nUID: S-2\nTITLE: T', ...blocks, '[[/SECTION]]'),
    })
    assert.deepEqual(
      set.items.map(({ id, kind, parent }) => [id, kind, parent]),
      [
        ['S-1', 'SECTION', null],
        ['R-1', 'REQUIREMENT', null],
        ['R-1.1', 'REQUIREMENT', 'R-1'],
      ],
    )
    assert.deepEqual(found(set), [])
  })

  test('a field repeated 100,000 times is read once through, and no value is lost', async () => {
    const before = process.cpuUsage().user
    const set = await read({ 'a.sdoc': document(`${requirement('R-1')}\n${'COMMENT: x\n'.repeat(100_000)}`) })
    assert.equal(Object.keys(set.items[0]?.attributes['COMMENT'] ?? []).length, 100_000)
    assert.ok(process.cpuUsage().user - before < 3_000_000)
  })

  // StrictDoc user guide, "Unique identification": a UID is not required.
  test('a requirement without UID is kept under its place and reported, and so is an id given twice, over all files', async () => {
    const set = await read({ 'a.sdoc': document('[REQUIREMENT]\nTITLE: T', requirement('R-1')), 'b/c.sdoc': document(requirement('R-1')) })
    assert.deepEqual(found(set), ['unused a.sdoc:4 4', 'duplicate R-1 4'])
    assert.deepEqual(
      set.items.map(({ id, title }) => [id, title]),
      [
        ['a.sdoc:4', 'T'],
        ['R-1', ''],
        ['R-1', ''],
      ],
    )
  })

  test('older files: sections and composites in single brackets, free text, REFS', async () => {
    const old = [
      '[FREETEXT]\nwords\n[/FREETEXT]',
      '[SECTION]\nTITLE: S',
      '[COMPOSITE_REQUIREMENT]\nUID: C-1',
      requirement('R-1', 'REFS:\n- TYPE: Parent\n  VALUE: C-1'),
      '[/COMPOSITE_REQUIREMENT]',
      '[/SECTION]',
    ]
    const set = await read({ 'a.sdoc': document(...old) })
    assert.deepEqual([set.items.map(({ id }) => id), linked(set), found(set)], [['C-1', 'R-1'], ['R-1 -refines-> C-1'], []])
  })

  test('a grammar of its own file: unknown fields, missing fields, wrong choices, relations that it has not', async () => {
    const grammar =
      '[GRAMMAR]\nELEMENTS:\n- TAG: REQUIREMENT\n  FIELDS:\n  - TITLE: UID\n    TYPE: String\n    REQUIRED: True\n  - TITLE: KIND\n    TYPE: SingleChoice(A, B)\n    REQUIRED: True\n  RELATIONS:\n  - TYPE: Parent\n    ROLE: Refines\n'
    const texts = {
      'd/g.sgra': grammar,
      'd/a.sdoc': document(
        '[GRAMMAR]\nIMPORT_FROM_FILE: g.sgra',
        requirement('R-1', 'KIND: C\nODD: x'),
        requirement('R-2', 'KIND: TBD\nRELATIONS:\n- TYPE: Parent\n  VALUE: R-1'),
        requirement('R-3', 'KIND: A'),
        requirement('R-4', 'KIND: A\nSTATUS: x'),
        '[REQUIREMENT]\nUID: R-5',
        '[TEST]\nUID: T-1',
      ),
    }
    assert.deepEqual(found(await read(texts)), [
      'unreadable R-1 9',
      'unreadable R-1 10',
      'unreadable R-2 16',
      'unreadable R-4 26',
      'unreadable R-5 28',
      'unreadable T-1 31',
    ])
  })

  const folder = join(process.env['BULKHEAD_DATA'] ?? '', 'requirements/zephyr-reqmgmt')
  test(
    'requirements of Zephyr: each node once, nothing dangling, all as the grammar wants',
    { skip: existsSync(folder) ? false : 'BULKHEAD_DATA is not set' },
    async () => {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(sdoc|sgra)$/.test(name))
      const texts = Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
      const nodes = Object.values(texts).reduce((sum, text) => sum + text.split(/^\[REQUIREMENT\]$/m).length - 1, 0)
      const set = await read(texts)
      assert.deepEqual([set.items.length, found(set)], [nodes, []])
      assert.equal(nodes, 288)
    },
  )
})
