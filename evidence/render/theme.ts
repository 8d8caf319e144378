/**
 * The theme: colours, fonts, sizes and mark, read from one file so that a user restyles HTML and PDF at once.
 * Colours are `#rrggbb`; lengths of the page are points (1/72 inch).
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { RenderError } from './render-error.js'
import { statusTones } from './status-tone.js'

const colourNames = ['paper', 'ink', 'muted', 'rule', 'panel', 'accent', ...statusTones] as const
export type ColourName = (typeof colourNames)[number]
export type Palette = Readonly<Record<ColourName, string>>

export const faces = ['text', 'textBold', 'textItalic', 'mono', 'monoBold', 'fallback', 'monoFallback'] as const
/** `fallback` and `monoFallback` print what the others have no glyph for. */
export type NamedFace = (typeof faces)[number]
/** `further-0` and on: fonts of other scripts, asked in their order when neither the face nor its fallback has a glyph. */
export type Face = NamedFace | `further-${number}`

export interface Theme {
  /** Light palette: the PDF always uses it. */
  readonly light: Palette
  readonly dark: Palette
  /** Font files by face, absolute. */
  readonly fonts: Readonly<Record<NamedFace, string>>
  /** Font files of other scripts, absolute. */
  readonly furtherFonts: readonly string[]
  /** Font stacks of the HTML report; nothing is fetched. */
  readonly stacks: { readonly text: string; readonly mono: string }
  /** The mark on the cover: an SVG path, filled by the even-odd rule, in a box of `width` by `height`. */
  readonly mark: { readonly width: number; readonly height: number; readonly path: string; readonly title: string }
  readonly page: { readonly width: number; readonly height: number; readonly side: number; readonly top: number; readonly bottom: number }
  readonly sizes: { readonly body: number; readonly table: number; readonly code: number; readonly headings: readonly number[] }
}

/** `own`: a user's theme; what it does not name is as in `file`. @throws RenderError `malformed-theme`, `missing-font` with the file and what to write in it. */
export function loadTheme(file: string, own?: string): Theme {
  const place = 'templates/theme/theme.json'
  const wrong = (what: string): never => {
    throw new RenderError('malformed-theme', place, what, 'correct the theme or restore the one that came with the project')
  }
  const base = object(parse(file, wrong), 'the theme', wrong)
  const root = own === undefined ? base : merged(base, ownValues(own, object(parse(own, wrong), 'the theme', wrong)))
  const palette = (name: string): Palette => {
    const colours = object(root[name], name, wrong)
    const entries = colourNames.map((colour) => {
      const value = colours[colour]
      return typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value)
        ? [colour, value]
        : wrong(`${name}.${colour} is not a colour #rrggbb`)
    })
    return Object.fromEntries(entries) as Palette
  }
  const text = (group: string, name: string): string => {
    const value = object(root[group], group, wrong)[name]
    return typeof value === 'string' && value !== '' ? value : wrong(`${group}.${name} is not a text`)
  }
  const number = (group: string, name: string): number => {
    const value = object(root[group], group, wrong)[name]
    return typeof value === 'number' && value > 0 ? value : wrong(`${group}.${name} is not a number above 0`)
  }
  const headings = object(root['sizes'], 'sizes', wrong)['headings']
  if (!Array.isArray(headings) || headings.length !== 4 || !headings.every((size) => typeof size === 'number' && size > 0))
    return wrong('sizes.headings is not a list of four sizes')
  return {
    light: palette('light'),
    dark: palette('dark'),
    fonts: Object.fromEntries(faces.map((face) => [face, fontFile(file, text('fonts', face))])) as Record<NamedFace, string>,
    furtherFonts: furtherNames(root, wrong).map((name) => fontFile(file, name)),
    stacks: { text: text('stacks', 'text'), mono: text('stacks', 'mono') },
    mark: { width: number('mark', 'width'), height: number('mark', 'height'), path: text('mark', 'path'), title: text('mark', 'title') },
    page: {
      width: number('page', 'width'),
      height: number('page', 'height'),
      side: number('page', 'side'),
      top: number('page', 'top'),
      bottom: number('page', 'bottom'),
    },
    sizes: { body: number('sizes', 'body'), table: number('sizes', 'table'), code: number('sizes', 'code'), headings },
  }
}

function furtherNames(root: Values, wrong: (what: string) => never): readonly string[] {
  const names = object(root['fonts'], 'fonts', wrong)['further'] ?? []
  const isName = (name: unknown): name is string => typeof name === 'string' && name !== ''
  return Array.isArray(names) && names.every(isName) ? names : wrong('fonts.further is not a list of font files')
}

/** Values of `over` in place of those of `base`, group by group. */
function merged(base: Values, over: Values): Values {
  const values = Object.entries(over).map(([name, value]): [string, unknown] => {
    const known = base[name]
    return [name, isValues(known) && isValues(value) ? merged(known, value) : value]
  })
  return { ...base, ...Object.fromEntries(values) }
}

/** Fonts beside the user's theme are his. */
function ownValues(file: string, values: Values): Values {
  const { fonts } = values
  if (!isValues(fonts)) return values
  const place = (name: unknown): unknown => (typeof name === 'string' && name.startsWith('./') ? resolve(dirname(file), name) : name)
  const placed = Object.entries(fonts).map(([face, name]): [string, unknown] => [face, Array.isArray(name) ? name.map(place) : place(name)])
  return { ...values, fonts: Object.fromEntries(placed) }
}

type Values = Readonly<Record<string, unknown>>

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(file: string, wrong: (what: string) => never): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    return wrong(cause instanceof Error ? cause.message : 'not readable')
  }
}

function object(value: unknown, name: string, wrong: (what: string) => never): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : wrong(`${name} is not an object`)
}

/** `./fonts/own.ttf` is relative to the theme; anything else names a file in an installed package. */
function fontFile(theme: string, name: string): string {
  const missing = (cause?: unknown): never => {
    throw new RenderError('missing-font', 'templates/theme/theme.json', `font ${name} is not there`, 'run npm ci, or name another file', {
      cause,
    })
  }
  if (name.startsWith('./')) {
    const path = resolve(dirname(theme), name)
    return existsSync(path) ? path : missing()
  }
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    return missing(cause)
  }
}
