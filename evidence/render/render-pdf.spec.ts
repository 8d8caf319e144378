import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { before, describe, test } from 'node:test'
import { FontSet } from './pdf/font-set.js'
import { PackDocument } from './pdf/pack-document.js'
import { pageMarks, type PageRecord } from './pdf/page-record.js'
import { romanNumber } from './pdf/roman-number.js'
import type { TextMark } from './pdf/strip.js'
import type { RenderOptions } from './render-options.js'
import { casePlan } from './case-plan.js'
import { renderPdf, writePdf } from './render-pdf.js'
import { projectTemplates } from './templates-folder.js'
import { sampleCase } from './test/sample-case.js'
import { loadTheme } from './theme.js'

const options: RenderOptions = { inputs: [{ file: 'messages.ndjson', bytes: 12, sha256: 'ab'.repeat(32) }], packDigest: '01'.repeat(32) }
const sample = sampleCase({ components: 34, scenariosPerElement: 1 })
const theme = loadTheme(join(projectTemplates(), 'theme', 'theme.json'))
/** As painted: front, body, contents. */
const painted: PageRecord[] = []
/** As they stand in the file. */
let pages: readonly PageRecord[] = []
let bytes = new Uint8Array()

const texts = (page: PageRecord): readonly TextMark[] => pageMarks(page).filter((mark) => mark.kind === 'text')
const textOf = (page: PageRecord): string =>
  texts(page)
    .map(({ text }) => text)
    .join('\n')
const squeezed = (text: string): string => text.replace(/\s/g, '')

before(() => {
  bytes = new Uint8Array(renderPdf(casePlan(sample, options), options, (page) => painted.push(page)))
  const body = painted.findIndex(({ part }) => part.startsWith('1 '))
  const contents = painted.filter(({ part }) => part === 'Contents')
  pages = [...painted.slice(0, body), ...contents, ...painted.slice(body, painted.length - contents.length)]
})

describe('The PDF pack', () => {
  test('no mark leaves the text block of its page', () => {
    for (const [index, page] of pages.entries())
      for (const mark of pageMarks(page)) {
        const [width, height] =
          mark.kind === 'shape' ? [mark.size, mark.size] : mark.kind === 'logo' ? [0, mark.height] : [mark.width, mark.height]
        const where = `page ${index + 1}: ${JSON.stringify(mark)}`
        assert.ok(mark.x >= page.left - 0.1 && mark.x + width <= page.width - page.left + 0.6, where)
        assert.ok(mark.y >= theme.page.top - 0.1 && mark.y + height <= page.height - theme.page.bottom + 0.1, where)
      }
  })

  test('no two texts overlap', () => {
    for (const [index, page] of pages.entries()) {
      const sorted = [...texts(page)].sort((a, b) => a.y - b.y)
      for (const [at, a] of sorted.entries())
        for (const b of sorted.slice(at + 1)) {
          if (b.y >= a.y + a.height - 0.5) break
          const apart = a.x + a.width <= b.x + 0.5 || b.x + b.width <= a.x + 0.5
          assert.ok(apart, `page ${index + 1}: "${a.text}" over "${b.text}"`)
        }
    }
  })

  test('every character printed has a glyph in its font', () => {
    const fonts = new FontSet(new PackDocument({ title: 'spec', subject: 'spec', created: 0 }), theme)
    for (const page of pages)
      for (const { face, text } of texts(page))
        assert.deepEqual(
          fonts.cover(face, text).map((run) => run.face),
          text === '' ? [] : [face],
          text,
        )
    assert.ok(pages.some((page) => textOf(page).includes('‹U+6F22›')))
  })

  test('every requirement, scenario, interface and module is printed', () => {
    const printed = squeezed(pages.map(textOf).join(''))
    const names = [
      ...sample.requirements.flatMap(({ id, elements }) => [id, ...elements.map((element) => element.id)]),
      ...sample.derived.map(({ id }) => id),
      ...sample.scenarios.map(({ title }) => title),
      ...sample.interfaces.map(({ id }) => id),
      ...sample.modules.map(({ path }) => path),
    ]
    for (const name of names) assert.ok(printed.includes(squeezed(name)), name)
  })

  test('the order is cover, identification, contents, what is not covered', () => {
    const first = [...new Set(pages.map(({ kind, part }) => (kind === 'cover' ? 'cover' : part)))].slice(0, 4)
    assert.deepEqual(first, ['cover', 'Identification', 'Contents', '1 What is not covered'])
  })

  test('the contents name the page on which each part begins', () => {
    const contents = pages.filter(({ part }) => part === 'Contents').flatMap(texts)
    const listed = contents.filter(({ face, text }) => face === 'textBold' && /^\d+ \D/.test(text))
    // The sample holds a character that no font has: the part that tells so is the last.
    assert.equal(listed.length, 18)
    assert.equal(listed.at(-1)?.text, '18 Characters that are not shown')
    const before = pages.findIndex(({ part }) => part.startsWith('1 '))
    for (const { text, y, link } of listed) {
      const number = contents.find((mark) => mark.y === y && mark.link === link && /^\d+$/.test(mark.text))
      const page = pages[before + Number(number?.text) - 1]
      assert.ok(
        page?.placed.some(({ strip }) => strip.heading?.title === text.trim()),
        `${text}: page ${number?.text}`,
      )
    }
  })

  test('the cover says that the tree is dirty, what the catalogue is worth, and what is claimed', () => {
    const cover = squeezed(textOf(pages[0] as PageRecord))
    for (const text of ['Uncommitted changes.', sample.cover.notice, sample.cover.conformance, sample.cover.answer])
      assert.ok(cover.includes(squeezed(text)), text)
  })

  test('matrices stand on landscape pages, and every page of a table repeats its header', () => {
    const matrix = pages.filter(({ section }) => section === 'From test to requirement, interface and module')
    assert.ok(matrix.length > 1)
    for (const page of matrix) {
      assert.ok(page.width > page.height)
      assert.ok(textOf(page).includes('Title and file'))
    }
  })

  test('the same case gives the same bytes, written or collected; another date gives others', async () => {
    const again: Uint8Array[] = []
    const target = new Writable({
      highWaterMark: 1,
      write(block: Uint8Array, _encoding, done) {
        again.push(Uint8Array.from(block))
        setImmediate(done)
      },
    })
    const small = sampleCase({ components: 2, scenariosPerElement: 1 })
    await writePdf(casePlan(small, options), options, target)
    const collected = renderPdf(casePlan(small, options), options)
    assert.deepEqual(Buffer.concat(again), Buffer.from(collected))
    assert.notDeepEqual(Buffer.from(renderPdf(casePlan(small, options), { ...options, created: 1 })), Buffer.from(collected))
  })

  test('it says in its metadata that it is PDF/A-3a and PDF/UA-1, and nothing of the host', () => {
    const raw = Buffer.from(bytes).toString('latin1')
    for (const mark of [
      '<pdfaid:part>3</pdfaid:part>',
      '<pdfaid:conformance>A</pdfaid:conformance>',
      '<pdfuaid:part>1</pdfuaid:part>',
      '/Marked true',
      '/DisplayDocTitle true',
      '/Lang (en-GB)',
    ])
      assert.ok(raw.includes(mark), mark)
    assert.ok(raw.includes('(D:20000101000000Z)'))
    assert.ok(!raw.includes(process.cwd()))
  })

  test('titles are escaped where PDFKit writes XML', () => {
    const title = 'Evidence <of> R&D'
    const raw = Buffer.from(
      renderPdf(
        casePlan({ ...sampleCase({ components: 1, scenariosPerElement: 0 }), cover: { ...sample.cover, title } }, options),
        options,
      ),
    ).toString('latin1')
    assert.ok(raw.includes('Evidence &lt;of&gt; R&amp;D: Bulkhead'))
    assert.ok(raw.includes('(Evidence <of> R&D: Bulkhead'))
  })

  test('a reader extracts the text, page by page', (context) => {
    const run = spawnSync('pdftotext', ['-layout', '-', '-'], { input: bytes, maxBuffer: 1 << 28 })
    if (run.error !== undefined) {
      context.diagnostic('pdftotext is not installed: text was checked from the layout only')
      return
    }
    const extracted = run.stdout.toString('utf8').split('\f')
    assert.equal(extracted.length - 1, pages.length)
    const body = pages.findIndex(({ part }) => part.startsWith('1 '))
    for (const [index, page] of extracted.slice(0, -1).entries())
      if (index > 0)
        assert.ok(page.includes(index < body ? `page ${romanNumber(index + 1)}` : `page ${index - body + 1} of`), `page ${index + 1}`)
    for (const { elements } of sample.requirements)
      for (const { id } of elements)
        assert.ok(
          extracted.some((page) => page.includes(id)),
          id,
        )
  })
})
