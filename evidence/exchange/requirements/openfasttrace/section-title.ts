/** Section titles of Markdown and reStructuredText: OpenFastTrace gives an item the title that stands right before it. */
export type Markup = 'markdown' | 'restructuredtext'

const underlines: Readonly<Record<Markup, RegExp>> = {
  markdown: /^[=-]{3,}\s*$/,
  restructuredtext: /^[-=`:.'"~^_*+#<>]{3,}\s*$/,
}

/** Undefined: the line is no title. */
export function sectionTitle(markup: Markup, line: string, following: string | undefined): string | undefined {
  if (markup === 'markdown' && line.startsWith('#')) return line.replace(/^#{1,100}/, '').trim()
  if (following === undefined || following.length < 3 || following.length > 1000) return undefined
  return isUnderline(markup, following) && !(markup === 'restructuredtext' && line.trim() === '') ? line.trim() : undefined
}

export function isUnderline(markup: Markup, line: string): boolean {
  return line.length >= 3 && line.length <= 1000 && underlines[markup].test(line)
}
