import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { projectTemplates } from '../templates-folder.js'
import { loadTheme } from '../theme.js'
import { BlockLayout } from './block-layout.js'
import { FontSet } from './font-set.js'
import { parseMarkup } from './markup.js'
import { PackDocument } from './pack-document.js'
import type { Strip, TextMark } from './strip.js'
import { structureNode } from './structure.js'

const theme = loadTheme(join(projectTemplates(), 'theme', 'theme.json'))
const fonts = new FontSet(new PackDocument({ title: 'spec', subject: 'spec', created: 0 }), theme)

function lay(rows: string, head = '<th scope="col">A</th><th scope="col" class="num">B</th>'): readonly Strip[] {
  const layout = new BlockLayout('x.hbs', fonts, theme)
  const html = `<table><caption>C</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`
  return [...layout.blocks(parseMarkup('x.hbs', html), layout.flow('portrait', structureNode('Document', null)))]
}
const texts = (strip: Strip | undefined): readonly TextMark[] => strip?.marks.filter((mark) => mark.kind === 'text') ?? []

describe('Tables', () => {
  test('a row with too few or too many cells is refused', () => {
    assert.throws(() => lay('<tr><td>1</td></tr>'), { code: 'unsupported-markup', message: /a row of 1 cells in a table of 2 columns/ })
    assert.throws(() => lay('<tr><td>1</td><td>2</td><td>3</td></tr>'), { code: 'unsupported-markup' })
  })

  test('a cell that holds only markup is empty, and refused', () => {
    assert.throws(() => lay('<tr><td>1</td><td><span></span></td></tr>'), { code: 'empty-cell', place: 'x.hbs' })
  })

  test('a table inside a cell is refused', () => {
    const inner = '<table><thead><tr><th scope="col">x</th></tr></thead><tbody></tbody></table>'
    assert.throws(() => lay(`<tr><td>1</td><td>${inner}</td></tr>`), { code: 'unsupported-markup' })
  })

  test('numbers end at the right edge of their column, whatever their length', () => {
    const strips = lay('<tr><td>a</td><td class="num">7</td></tr><tr><td>a</td><td class="num">12345</td></tr>')
    const ends = strips.flatMap((strip) => texts(strip).filter(({ text }) => /^\d+$/.test(text))).map(({ x, width }) => x + width)
    assert.equal(ends.length, 2)
    assert.ok(Math.abs((ends[0] ?? 0) - (ends[1] ?? 1)) < 0.01)
  })

  test('header cells say what they head, and a repeated header is decoration', () => {
    const strips = lay('<tr><th scope="row">a</th><td>1</td></tr>')
    const row = strips.find((strip) => strip.header !== null)
    assert.deepEqual(
      texts(row).map(({ node }) => [node?.type, node?.scope]),
      [
        ['TH', 'Row'],
        ['TD', undefined],
      ],
    )
    assert.deepEqual(
      texts(row?.header ?? undefined).map(({ text, node }) => [text, node]),
      [
        ['A', null],
        ['B', null],
      ],
    )
  })

  test('an id longer than its column is broken, never clipped', () => {
    const id = 'kernel/separation/'.repeat(12)
    for (const strip of lay(`<tr><td><code>${id}</code></td><td>${'word '.repeat(300)}</td></tr>`))
      for (const { x, width } of texts(strip)) assert.ok(x + width <= theme.page.width - 2 * theme.page.side)
  })
})
