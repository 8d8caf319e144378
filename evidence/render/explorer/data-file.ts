/**
 * One data file of the explorer: a call of the page's receiver with one JSON value. It is a script because a page opened from a folder
 * may load scripts and nothing else; as JSON it can hold no code. What a script or an HTML parser could misread is escaped.
 */
export function dataFile(name: string, value: unknown): string {
  return `explorerData(${JSON.stringify(name)},${escapeForScript(JSON.stringify(value))})\n`
}

/** Every `<`, so that no end tag, comment or CDATA section can stand in a script; and the two line ends that JSON allows in a string. */
export function escapeForScript(json: string): string {
  if (!json.includes('<') && !json.includes('\u2028') && !json.includes('\u2029')) return json
  return json.replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
