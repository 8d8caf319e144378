/**
 * One data file of the explorer: a call of the page's receiver with one JSON value. It is a script because a page opened from a folder
 * may load scripts and nothing else; as JSON it can hold no code. What a script or an HTML parser could misread is escaped.
 */
import type { FolderWriter } from '../../../items/folder-writer.js'

/** A record is written member by member: the columns of a long list would be a text of many megabytes together, twice while it is escaped. */
export function writeDataFile(folder: FolderWriter, name: string, value: unknown): void {
  const file = folder.open(`explorer/data/${name}.js`)
  file.add(`explorerData(${JSON.stringify(name)},`)
  if (isRecord(value)) {
    let separator = '{'
    for (const [member, content] of Object.entries(value)) {
      file.add(`${separator}${printed(member)}:`)
      file.add(printed(content))
      separator = ','
    }
    file.add(separator === '{' ? '{}' : '}')
  } else file.add(printed(value))
  file.add(')\n')
  file.end()
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every `<`, so that no end tag, comment or CDATA section can stand in a script; and the two line ends that JSON allows in a string. */
function printed(value: unknown): string {
  const json = JSON.stringify(value)
  if (!json.includes('<') && !json.includes('\u2028') && !json.includes('\u2029')) return json
  return json.replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
