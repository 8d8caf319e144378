/** Depth of a YAML text, before it is parsed: the parser recurses, and what is nested too deep would end the stack instead of the reading. */
import { EvidenceError } from '../model/errors.js'

const deepest = 100

/** @throws EvidenceError `too-deep` */
export function refuseDeepYaml(file: string, text: string): void {
  if (isTooDeep(text)) throw new EvidenceError('too-deep', { file }, `nested deeper than ${deepest}`, 'write it flatter')
}

/** Upper bound of the depth: open brackets, list signs of one line, indentations. */
function isTooDeep(text: string): boolean {
  let brackets = 0
  let run = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 91 || code === 123) brackets += 1
    else if (code === 93 || code === 125) brackets -= brackets > 0 ? 1 : 0
    if (code === 10) run = 0
    else if ((code === 45 || code === 63) && isBlank(text, at - 1) && isBlank(text, at + 1)) run += 1
    if (brackets > deepest || run > deepest) return true
  }
  return deepIndentation(text)
}

function isBlank(text: string, at: number): boolean {
  const char = text.charAt(at)
  return char === '' || char === ' ' || char === '\n' || char === '\r' || char === '\t'
}

/** More different indentations open at once than a file of any reader has. */
function deepIndentation(text: string): boolean {
  const open: number[] = []
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ ]/)
    if (indent < 0) continue
    while ((open.at(-1) ?? -1) >= indent) open.pop()
    open.push(indent)
    if (open.length > deepest) return true
  }
  return false
}
