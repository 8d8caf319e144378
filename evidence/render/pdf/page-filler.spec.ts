import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { projectTemplates } from '../templates-folder.js'
import { loadTheme } from '../theme.js'
import { PageFiller } from './page-filler.js'
import type { PageRecord } from './page-record.js'
import { rowStrip } from './row-strip.js'
import { emptyStrip, type Strip } from './strip.js'

const theme = loadTheme(join(projectTemplates(), 'theme', 'theme.json'))
const room = theme.page.height - theme.page.top - theme.page.bottom
const strip = (name: string, height: number, more: Partial<Strip> = {}): Strip => ({ ...emptyStrip, height, anchors: [name], ...more })
const row = (lines: number, more: { readonly header?: Strip } = {}): Strip =>
  rowStrip([{ x: 0, strips: Array.from({ length: lines }, (_, index) => strip(`line${index}`, 10)) }], {
    padding: 2,
    before: 0,
    after: 0,
    rule: null,
    header: more.header ?? null,
    keepNext: false,
    anchors: [],
    closes: [],
  })

function pages(strips: readonly Strip[]): readonly PageRecord[] {
  const out: PageRecord[] = []
  const filler = new PageFiller(theme, (page) => out.push(page))
  filler.fill(strips)
  filler.finish()
  return out
}

const names = (page: PageRecord | undefined): readonly string[] => page?.placed.flatMap((placed) => placed.strip.anchors) ?? []

describe('Filling pages', () => {
  test('a line too high for any page is refused', () => assert.throws(() => pages([strip('a', room + 1)]), { code: 'does-not-fit' }))

  test('a heading moves to the next page with its text', () => {
    const [first, second] = pages([strip('a', room - 30), strip('heading', 20, { keepNext: true }), strip('text', 20)])
    assert.deepEqual([names(first), names(second)], [['a'], ['heading', 'text']])
  })

  test('lines that must stay together and fill more than a page are placed all the same', () => {
    const group = Array.from({ length: 5 }, (_, index) => strip(`l${index}`, room / 3, { keepNext: index < 4 }))
    assert.deepEqual(pages(group).flatMap(names), ['l0', 'l1', 'l2', 'l3', 'l4'])
  })

  test('the larger of two gaps counts, and none at the top of a page', () => {
    const [page] = pages([strip('a', 10, { before: 50, after: 5 }), strip('b', 10, { before: 8 })])
    assert.deepEqual(
      page?.placed.map(({ y }) => y),
      [theme.page.top, theme.page.top + 18],
    )
  })

  test('a table header is repeated on each page its rows begin on', () => {
    const header = strip('header', 12)
    const out = pages([header, ...Array.from({ length: 9 }, () => row(15, { header }))])
    assert.ok(out.length > 1)
    for (const page of out) assert.equal(names(page)[0], 'header')
  })

  test('a row that is low stays whole; one that is high is cut between lines and nothing is lost', () => {
    const [first] = pages([strip('a', room - 40), row(10)])
    assert.deepEqual(names(first), ['a'])
    const out = pages([strip('a', room - 40), row(200)])
    assert.ok(names(out[0]).includes('line0'))
    assert.deepEqual(
      out.flatMap(names).slice(1),
      Array.from({ length: 200 }, (_, index) => `line${index}`),
    )
  })

  test('a landscape section begins a page and ends one; no page is empty', () => {
    const out = pages([
      strip('a', 10),
      { ...emptyStrip, page: 'landscape' },
      strip('b', 10),
      { ...emptyStrip, page: 'portrait' },
      { ...emptyStrip, page: 'portrait' },
      strip('c', 10),
    ])
    assert.deepEqual(
      out.map(({ kind, width }) => [kind, width > 800]),
      [
        ['portrait', false],
        ['landscape', true],
        ['portrait', false],
      ],
    )
  })

  test('what only closes structure between two pages opens none', () => {
    const node = { type: 'Sect', parent: null } as const
    const out = pages([strip('a', 10), { ...emptyStrip, page: 'portrait' }, { ...emptyStrip, closes: [node] }])
    assert.equal(out.length, 1)
  })

  test('the running head names the section a page begins with', () => {
    const heading = (level: number, title: string): Strip => strip(title, 20, { heading: { level, title, listed: true }, keepNext: true })
    const out = pages([
      heading(1, 'Part'),
      heading(2, 'One'),
      ...Array.from({ length: 40 }, () => strip('x', 30)),
      heading(2, 'Two'),
      strip('y', 10),
    ])
    assert.deepEqual(
      out.map(({ part, section }) => `${part} ${section}`),
      ['Part One', 'Part One'],
    )
  })
})
