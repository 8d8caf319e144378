import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { projectTemplates } from '../templates-folder.js'
import { loadTheme } from '../theme.js'
import { FontSet } from './font-set.js'
import { InlineLayout } from './inline-layout.js'
import type { TextStyle } from './word.js'
import { PackDocument } from './pack-document.js'
import { directionOf, mirroredText } from './reading-order.js'

const theme = loadTheme(join(projectTemplates(), 'theme', 'theme.json'))
const fonts = new FontSet(new PackDocument({ title: 'spec', subject: 'spec', created: 0 }), theme)
const layout = new InlineLayout(fonts)
const style: TextStyle = { face: 'text', size: 10, colour: '#000000', link: null, node: null }
const lines = (text: string, width: number): readonly string[] =>
  layout
    .lines([{ kind: 'text', text, style }], width, 14, 'left')
    .map((marks) => marks.map((mark) => (mark.kind === 'text' ? mark.text : '')).join(''))

const withoutSpace = (text: string): string => text.replace(/[ \t\n\r\f]/g, '')
/** Right-to-left lines are drawn in another order than they are written, with their brackets turned. */
const unordered = (text: string): readonly string[] =>
  Array.from(withoutSpace(text), (character) => [character, mirroredText(character)].sort()[0] ?? '').sort()

describe('Lines of text', () => {
  test('no line is wider than its column, and no character is lost, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 20, max: 300 }), (text, width) => {
        const laid = layout.lines([{ kind: 'text', text, style }], width, 14, 'left')
        for (const marks of laid)
          for (const mark of marks)
            if (mark.kind === 'text') assert.ok(mark.x + mark.width <= width + 0.02, `${mark.x + mark.width} > ${width}`)
        const printed = laid.flatMap((marks) => marks.map((mark) => (mark.kind === 'text' ? mark.text : ''))).join('')
        const expected = fonts
          .cover('text', text.replace(/[ \t\n\r\f]/g, ''))
          .map((run) => run.text)
          .join('')
        if (directionOf(text) !== 'right-to-left') assert.equal(withoutSpace(printed), withoutSpace(expected))
        else assert.deepEqual(unordered(printed), unordered(expected))
      }),
      { seed: 4, numRuns: 300 },
    )
  })

  test('a word that fits on a line is not broken', () => assert.deepEqual(lines('aaa sampling-port.ts', 90), ['aaa ', 'sampling-port.ts']))

  test('a word that does not fit breaks after punctuation, and its parts are not set apart', () => {
    assert.deepEqual(lines('kernel/separation/ipc', 60), ['kernel/', 'separation/', 'ipc'])
  })

  test('a word without punctuation breaks anywhere', () => assert.equal(lines('a'.repeat(100), 60).join(''), 'a'.repeat(100)))

  test('text that goes on ends its line in a space, so that extracted words stay apart', () =>
    assert.deepEqual(lines('one two', 22), ['one ', 'two']))

  test('a character no font has is printed as its number, never as an empty box', () => assert.deepEqual(lines('a漢', 200), ['a‹U+6F22›']))

  test('a font of further scripts is asked when neither the face nor its fallback has the character, and what none has is counted', () => {
    const { text, fallback } = theme.fonts
    const further = { ...theme, fonts: { ...theme.fonts, fallback: text }, furtherFonts: [theme.fonts.mono, fallback] }
    const set = new FontSet(new PackDocument({ title: 'spec', subject: 'spec', created: 0 }), further)
    assert.deepEqual(set.cover('text', '⚠漢漢'), [
      { face: 'further-1', text: '⚠' },
      { face: 'text', text: '‹U+6F22›‹U+6F22›' },
    ])
    assert.deepEqual([...set.missing], [['漢', 2]])
  })

  test('words of a fallback font stand as far apart as they were laid out', () => {
    const [marks = []] = layout.lines([{ kind: 'text', text: 'ab שלום עולם cd', style }], 400, 14, 'left')
    for (const mark of marks) {
      if (mark.kind !== 'text' || mark.shaped === null) continue
      const drawn = (mark.shaped.reduce((sum, shaped) => sum + shaped.width, 0) * mark.size) / 1000
      const trailing = mark.text.endsWith(' ') ? (fonts.space(style.face).width * mark.size) / 1000 : 0
      assert.ok(Math.abs(drawn - trailing - mark.width) < 0.01, `${mark.text}: ${drawn} drawn in ${mark.width}`)
    }
  })

  test('right-to-left words are drawn in their order, and none is lost', () => {
    const [marks = []] = layout.lines([{ kind: 'text', text: 'see שלום עולם.', style }], 400, 14, 'left')
    const drawn = [...marks].flatMap((mark) => (mark.kind === 'text' ? [mark] : [])).sort((a, b) => a.x - b.x)
    assert.equal(drawn.map(({ text }) => text).join(''), 'see עולם שלום.')
  })

  test('a character only the fallback has is set in the fallback', () => {
    assert.deepEqual(fonts.cover('text', 'a⚠b'), [
      { face: 'text', text: 'a' },
      { face: 'fallback', text: '⚠' },
      { face: 'text', text: 'b' },
    ])
  })
})
