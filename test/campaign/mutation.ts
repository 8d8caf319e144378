/**
 * Damages an input the way transport, tools and attackers do: bits, cuts, doubled and swapped parts, giant tokens, deep nesting, wrong
 * encodings, words that mean something to a parser. Number `n` of a seed is the same input on every machine.
 */

/** Xorshift with 32 bits: all that is wanted is spread, and the same numbers everywhere. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1
  }

  below(limit: number): number {
    let { state } = this
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.state = state
    return limit <= 0 ? 0 : (state >>> 0) % limit
  }

  pick<Entry>(entries: readonly Entry[]): Entry {
    const entry = entries[this.below(entries.length)]
    if (entry === undefined) throw new Error('nothing to pick from')
    return entry
  }
}

const words = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '-1',
  '0',
  '1e999',
  '99999999999999999999',
  '1.960',
  'NaN',
  '>>>',
  '<<<',
  ']]>',
  '<![CDATA[',
  '<!--',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '&#0;',
  '&#x10FFFF;',
  '*a',
  '&a',
  '!!js/function',
  '~',
  '-->',
  '->',
  '"',
  "'",
  '\\',
  '|',
  '\t',
  '\r',
  '\r\n',
  '\n\n',
  ',',
  ';',
  ':',
  '/',
  '../../etc/passwd',
  '=cmd()',
  '<script>',
  '%s',
  '\u2028',
  '\ufeff',
  '\ud83d\ude00',
  'e\u0301',
  '- ',
  '? ',
  '---\n',
  '...\n',
  '[DOCUMENT]',
  '[[SECTION]]',
  'Needs:',
  'Covers:',
  'oft:off',
  '@',
  '#',
] as const
const nests = ['[', '{', '{"a":', '(', '<a>', '<xhtml:div>', '- ', '  ', '"', '[[SECTION]]\nTITLE: x\n\n', '> ', '&lt;', '\\'] as const
/** Entries of lists. */
const lists = ['a,', ' a', 'R-1,', 'a|', '1\n'] as const
const broken: readonly (readonly number[])[] = [
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf5, 0x80],
  [0],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xe2, 0x82],
]

type Step = (bytes: Buffer, dice: Dice) => Buffer

const steps: readonly Step[] = [flipBit, setByte, cut, remove, double, swap, insertWord, insertWord, replaceWord, breakEncoding]

export function mutate(seed: Buffer, number: number): Buffer {
  const dice = new Dice(number + 1)
  let bytes: Buffer = Buffer.from(seed)
  for (let left = 1 + dice.below(4); left > 0; left--) bytes = dice.pick(steps)(bytes, dice)
  const rare = dice.below(60)
  if (rare === 0) return grow(bytes, dice)
  return rare === 1 ? Buffer.from(bytes.toString('latin1'), 'utf16le') : bytes
}

function splice(bytes: Buffer, from: number, to: number, between: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)])
}

function flipBit(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length)
  if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8))
  return bytes
}

function setByte(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length)
  if (at < bytes.length) bytes[at] = dice.below(256)
  return bytes
}

function cut(bytes: Buffer, dice: Dice): Buffer {
  return bytes.subarray(0, dice.below(bytes.length + 1))
}

/** A stretch of up to 200 bytes. */
function stretch(bytes: Buffer, dice: Dice): readonly [number, number] {
  const from = dice.below(bytes.length)
  return [from, Math.min(bytes.length, from + 1 + dice.below(dice.below(2) === 0 ? 12 : 200))]
}

function remove(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = stretch(bytes, dice)
  return splice(bytes, from, to, Buffer.alloc(0))
}

function double(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = stretch(bytes, dice)
  const times = 1 + dice.below(3)
  return splice(bytes, to, to, Buffer.concat(Array.from({ length: times }, () => bytes.subarray(from, to))))
}

function swap(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = stretch(bytes, dice)
  const moved = Buffer.from(bytes.subarray(from, to))
  const rest = splice(bytes, from, to, Buffer.alloc(0))
  const at = dice.below(rest.length + 1)
  return splice(rest, at, at, moved)
}

function insertWord(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length + 1)
  return splice(bytes, at, at, Buffer.from(dice.pick(words)))
}

function replaceWord(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = stretch(bytes, dice)
  return splice(bytes, from, Math.min(to, from + 12), Buffer.from(dice.pick(words)))
}

function breakEncoding(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length + 1)
  return splice(bytes, at, at, Uint8Array.from(dice.pick(broken)))
}

/** A token of 20,000 characters, as many openings of something, or a list longer than a call may have arguments. */
function grow(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length + 1)
  if (dice.below(8) === 0) return splice(bytes, at, at, Buffer.from(dice.pick(lists).repeat(200_000)))
  const unit = dice.below(2) === 0 ? dice.pick(nests) : dice.pick(words)
  return splice(bytes, at, at, Buffer.from(unit.repeat(dice.pick([100, 1000, 10_000, 20_000]))))
}
