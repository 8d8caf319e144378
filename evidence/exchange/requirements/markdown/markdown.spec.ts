/** Tables of requirements in Markdown. GitHub Flavored Markdown, "Tables (extension)". */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { found, readTexts } from '../test/read-texts.js'
import { markdownFormat } from './markdown-format.js'

const read = (text: string, map: Readonly<Record<string, unknown>> | null = null) => readTexts(markdownFormat, { 'a.md': text }, map)
const head = 'Requirement | Description | Verification Method\n--- | --- | ---\n'

describe('Tables of Markdown', () => {
  test('bars at the ends or not, escaped bars, marks around the id', async () => {
    const set = await read(
      `| Requirement | Description |\n|:---|---:|\n| **R-1** | a \\| b |\n| [R-2](#r2) | c |\n\ntext\n\n${head}\`R-3\` | d | Unit Test\n`,
    )
    assert.deepEqual(
      set.items.map(({ id, text, methods, place }) => [id, text, methods, place.line]),
      [
        ['R-1', 'a | b', [], 3],
        ['R-2', 'c', [], 4],
        ['R-3', 'd', ['test'], 10],
      ],
    )
    assert.deepEqual(found(set), [])
  })

  test('tables of other things and tables in code are not requirements', async () => {
    await assert.rejects(read('| Name | Description |\n|---|---|\n| port | a |\n'), { code: 'no-items' })
    await assert.rejects(read(`\`\`\`\n${head}R-1 | a | Test\n\`\`\`\n`), { code: 'no-items' })
  })

  test('a table of names counts under a heading of requirements', async () => {
    assert.equal((await read('## 2. Requirements\n\n| Name | Description |\n|---|---|\n| R-1 | a |\n')).items.length, 1)
  })

  test('faults: a row too long or too short, a delimiter row that does not fit, an id given twice', async () => {
    const wrong = 'Requirement | Description\n---|---|---\nR-9 | x\n'
    const set = await read(`${head}R-1 | a | b | Test\nR-2 | c\nR-2 | d | Test\n\n${wrong}`)
    assert.deepEqual(found(set), ['unreadable R-1 3', 'unreadable R-2 4', 'unreadable a.md 8', 'duplicate R-2 5'])
  })

  test('a map names the columns', async () => {
    const set = await read('| Nr | Was |\n|---|---|\n| 1 | a |\n', { format: 'markdown', columns: { id: 'Nr', text: 'Was' } })
    assert.deepEqual(
      set.items.map(({ id, text }) => [id, text]),
      [['1', 'a']],
    )
  })

  const folder = join(process.env['BULKHEAD_DATA'] ?? '', 'traceability/fprime-sdd')
  test(
    'design documents of F Prime: every row whose first cell is an id',
    { skip: existsSync(folder) ? false : 'BULKHEAD_DATA is not set' },
    async () => {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
      const texts = Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
      const ids = Object.values(texts).flatMap((text) => [...text.matchAll(/^\|? ?([A-Za-z-]+-\d{2,3})\s*\|/gm)].map(([, id]) => id))
      const set = await readTexts(markdownFormat, texts)
      const known = new Set(set.items.map(({ id }) => id))
      assert.deepEqual(
        ids.filter((id) => id === undefined || !known.has(id)),
        [],
      )
      assert.ok(found(set).includes('duplicate FH-002 16'), 'FH-002 stands twice in the document of FatalHandler')
    },
  )
})
