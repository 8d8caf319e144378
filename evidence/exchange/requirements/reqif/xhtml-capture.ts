/**
 * XHTML inside a ReqIF value, from XML events: the markup as it stands, and its plain text (blocks and list items on lines of their own,
 * white space folded). Markup is data here; whoever shows it must escape it.
 */
import { localName } from '../../xml/local-name.js'
import type { XmlAttributes } from '../../xml/read-xml.js'

const BLOCKS = new Set([
  'p',
  'div',
  'br',
  'ul',
  'ol',
  'table',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'blockquote',
  'dl',
  'dt',
  'dd',
])

export class XhtmlCapture {
  private markup = ''
  private words = ''
  private unclosed = false

  open(name: string, attributes: XmlAttributes): void {
    this.closeTag()
    this.markup += `<${name}${Object.entries(attributes)
      .map(([key, value]) => ` ${key}="${escaped(value)}"`)
      .join('')}`
    this.unclosed = true
    const local = localName(name)
    if (local === 'li') this.words += '\n- '
    else if (local === 'td' || local === 'th') this.words += ' '
    else if (BLOCKS.has(local)) this.words += '\n'
    if (local === 'object') this.words += `[${attributes['name'] ?? attributes['data'] ?? 'object'}]`
    if (local === 'img') this.words += `[${attributes['alt'] ?? attributes['src'] ?? 'image'}]`
  }

  text(text: string): void {
    this.closeTag()
    this.markup += escaped(text)
    this.words += text.replace(/[ \t\r\n]+/gu, ' ')
  }

  close(name: string): void {
    this.markup += this.unclosed ? '/>' : `</${name}>`
    this.unclosed = false
    if (BLOCKS.has(localName(name))) this.words += '\n'
  }

  result(): { readonly xhtml: string; readonly text: string } {
    return {
      xhtml: this.markup.trim(),
      text: this.words
        .replace(/ *\n[ \n]*/gu, '\n')
        .replace(/ {2,}/gu, ' ')
        .trim(),
    }
  }

  private closeTag(): void {
    if (this.unclosed) this.markup += '>'
    this.unclosed = false
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/gu, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;')
}
