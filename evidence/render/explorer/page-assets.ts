/** What the page brings with it: style sheet, fonts of the theme, and the browser files of the chart library. Nothing is fetched. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { projectTemplates } from '../templates-folder.js'
import { loadTheme, type NamedFace, type Palette, type Theme } from '../theme.js'
import { pageScript } from './page-script.js'
import { markPicture, pageShell } from './page-shell.js'

/** Face of the theme, family and weight it is used as. */
const fontFaces: readonly { readonly face: NamedFace; readonly family: string; readonly weight: number; readonly file: string }[] = [
  { face: 'text', family: 'Explorer Text', weight: 400, file: 'fonts/text.ttf' },
  { face: 'textBold', family: 'Explorer Text', weight: 600, file: 'fonts/text-bold.ttf' },
  { face: 'mono', family: 'Explorer Mono', weight: 400, file: 'fonts/mono.ttf' },
]

/** File name to content, `index.html` first. */
export function pageAssets(title: string, templates: string = projectTemplates()): ReadonlyMap<string, string | Uint8Array> {
  const theme = loadTheme(join(templates, 'theme', 'theme.json'))
  const rules = readFileSync(join(templates, 'theme', 'explorer.css'), 'utf8')
  return new Map<string, string | Uint8Array>([
    ['index.html', pageShell(title, theme)],
    ['explorer.css', `${properties(theme)}\n${rules}`],
    ['explorer.js', pageScript()],
    ['mark.svg', markPicture(theme)],
    ...chartLibrary(),
    ...fontFaces.map(({ face, file }) => [file, readFileSync(theme.fonts[face])] as const),
  ])
}

/** Light unless the reader's system or the switch of the page says dark; paper is always light. */
function properties(theme: Theme): string {
  const colours = (palette: Palette): string =>
    Object.entries(palette)
      .map(([name, colour]) => `--${name}:${colour}`)
      .join(';')
  const { text, mono } = theme.stacks
  return [
    ...fontFaces.map(
      ({ family, weight, file }) => `@font-face{font-family:'${family}';font-weight:${weight};font-display:block;src:url(${file})}`,
    ),
    `:root{color-scheme:light;--text:'Explorer Text',${text};--mono:'Explorer Mono',${mono};${colours(theme.light)}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-scheme=light]){color-scheme:dark;${colours(theme.dark)}}}`,
    `@media screen{:root[data-scheme=dark]{color-scheme:dark;${colours(theme.dark)}}}`,
  ].join('\n')
}

/** d3 and Plot as their authors publish them for a page; the licence line stands at the head of each file. */
function chartLibrary(): readonly (readonly [string, string])[] {
  const require = createRequire(import.meta.url)
  const browserFile = (name: string, file: string): string => readFileSync(join(dirname(require.resolve(name)), '..', 'dist', file), 'utf8')
  return [
    ['charts/d3.js', browserFile('d3', 'd3.min.js')],
    ['charts/plot.js', browserFile('@observablehq/plot', 'plot.umd.min.js')],
  ]
}
