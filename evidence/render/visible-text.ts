/**
 * Text from features, programs and catalogues is hostile input: it may hold terminal escapes, bidirectional overrides that reorder
 * what a reader sees, and characters that print as nothing. Each such character is printed as its number, `‹U+202E›`.
 * Unicode Standard, "Default_Ignorable_Code_Point" and general categories Cc, Cf, Cs, Co, Zl, Zp; CVE-2021-42574.
 */
import { characterNumber } from '../model/character-number.js'

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]/gu

/** Tab and line feed stay, and a carriage return before a line feed is dropped: they are layout, not content. */
export function visibleText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(unprintable, (c) => (c === '\n' || c === '\t' ? c : characterNumber(c)))
}

/** The same for every string inside a template context; keys are the model's and stay. */
export function visibleContext(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value)
  if (Array.isArray(value)) return value.map(visibleContext)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, visibleContext(entry)]))
}
