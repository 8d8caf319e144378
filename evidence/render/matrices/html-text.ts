/** Text of strangers inside a page: markup and invisible characters are shown, never obeyed. */
import { visibleText } from '../visible-text.js'

/** Printable ASCII without the five signs of markup: nearly all text there is. */
const harmless = /^[\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\x7e]*$/

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function htmlText(text: string): string {
  return harmless.test(text) ? text : visibleText(text).replace(/[&<>"']/g, (sign) => names[sign] ?? sign)
}
