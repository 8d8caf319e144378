/** Lines of a text without their ends: `\n`, `\r\n` and a lone `\r` all end a line, as editors count them. */
export function textLines(text: string): string[] {
  if (!text.includes('\r')) return withoutLastEmpty(text.split('\n'))
  return withoutLastEmpty(text.split(/\r\n|\r|\n/))
}

/** A newline at the very end ends the last line and begins none. */
function withoutLastEmpty(lines: string[]): string[] {
  if (lines.at(-1) === '') lines.pop()
  return lines
}
