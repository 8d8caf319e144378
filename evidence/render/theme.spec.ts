import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { projectTemplates } from './templates-folder.js'
import { loadTheme } from './theme.js'

const own = join(projectTemplates(), 'theme', 'theme.json')
const folder = mkdtempSync(join(tmpdir(), 'theme-'))
after(() => rmSync(folder, { recursive: true }))

/** The project's theme with one text replaced. */
function changed(from: string, to: string): string {
  const file = join(folder, 'theme.json')
  const text = readFileSync(own, 'utf8')
  assert.ok(text.includes(from))
  writeFileSync(file, text.replace(from, to))
  return file
}

describe('The theme', () => {
  const refusals: readonly (readonly [string, string, string, string, RegExp])[] = [
    ['a colour that is not #rrggbb', '"#1d242b"', '"black"', 'malformed-theme', /light\.ink/],
    ['a missing colour', '"accent"', '"acent"', 'malformed-theme', /light\.accent/],
    ['a length of nothing', '"side": 54', '"side": 0', 'malformed-theme', /page\.side/],
    ['too few heading sizes', '[21, 14, 11.2, 9.8]', '[21]', 'malformed-theme', /sizes\.headings/],
    ['broken JSON', '{', '', 'malformed-theme', /theme\.json/],
    [
      'a font that is not installed',
      'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
      'dejavu-fonts-ttf/ttf/Nowhere.ttf',
      'missing-font',
      /Nowhere\.ttf/,
    ],
    ['a font file that is not there', 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf', './nowhere.ttf', 'missing-font', /nowhere\.ttf/],
  ]
  for (const [name, from, to, code, message] of refusals)
    test(`${name} is refused in one line`, () => assert.throws(() => loadTheme(changed(from, to)), { name: 'RenderError', code, message }))

  /** WCAG 2.1, "contrast ratio". */
  const contrast = (a: string, b: string): number => {
    const luminance = (colour: string): number => {
      const [r, g, bl] = [1, 3, 5].map((at) => {
        const part = parseInt(colour.slice(at, at + 2), 16) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (bl ?? 0)
    }
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
    return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
  }

  test('text of every colour is legible on paper and panel, light and dark', () => {
    const theme = loadTheme(own)
    for (const palette of [theme.light, theme.dark])
      for (const name of ['ink', 'muted', 'accent', 'good', 'bad', 'partly', 'open', 'note'] as const)
        for (const ground of ['paper', 'panel'] as const)
          assert.ok(contrast(palette[name], palette[ground]) >= 4.5, `${name} on ${ground}: ${contrast(palette[name], palette[ground])}`)
  })
})
