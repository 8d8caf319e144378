/**
 * Patterns of a user, made safe: a subset of regular expressions that cannot backtrack. What may be repeated or left out must be one
 * character or class, and no character of it may begin what can follow. So a match is found in one way or not at all, and a hostile
 * line costs no more than its length squared.
 */
import { EvidenceError } from '../../../model/errors.js'

interface Atom {
  readonly source: string
  readonly isOptional: boolean
  readonly isVariable: boolean
  /** Characters it takes: one flag for each of ASCII, the last for all others. */
  readonly takes: readonly boolean[]
}

const samples = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), '\u00e9']
const place = { file: '--map' }

/** @throws EvidenceError `malformed-map` */
export function linearPattern(source: string): RegExp {
  if (source.length > 500) throw refuse(source, 'longer than 500 characters', 'split it')
  const expression = compile(source)
  const atoms = atomsOf(source)
  atoms.forEach((atom, i) => {
    const rival = atom.isVariable
      ? followers(atoms, i).find((next) => next.takes.some((taken, k) => taken && atom.takes[k] === true))
      : undefined
    if (rival !== undefined)
      throw refuse(source, `${atom.source} can run into ${rival.source}`, 'use a class that leaves out what follows, as [^"]* before "')
  })
  if (atoms.every(({ isOptional }) => isOptional)) throw refuse(source, 'matches nothing at all', 'name a character that must be there')
  return expression
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'gu')
  } catch (cause) {
    throw new EvidenceError('malformed-map', place, `pattern ${JSON.stringify(source)} is no regular expression`, 'correct it', { cause })
  }
}

/** Atoms that can stand right after atom `i`, up to the first that must. */
function followers(atoms: readonly Atom[], i: number): readonly Atom[] {
  const after = atoms.slice(i + 1)
  const must = after.findIndex(({ isOptional }) => !isOptional)
  return must < 0 ? after : after.slice(0, must + 1)
}

const atomSource = /^(?:\\u\{[0-9a-fA-F]{1,6}\}|\\p\{[^}]{1,40}\}|\\[^bBkpPu0-9]|\[(?:\\.|[^\]\\])+\]|[^\\()[\]{}*+?|^$])/u
const quantifier = /^(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??/

function atomsOf(source: string): Atom[] {
  const atoms: Atom[] = []
  let rest = source
  while (rest !== '') {
    const group = /^(?:\((?:\?:|\?<[A-Za-z]+>)?|\))/.exec(rest)?.[0]
    if (group !== undefined) {
      rest = rest.slice(group.length)
      if (group === ')' && quantifier.test(rest)) throw refuse(source, 'a repeated group', 'repeat single characters or classes only')
      continue
    }
    const atom = atomSource.exec(rest)?.[0]
    if (atom === undefined)
      throw refuse(source, `${JSON.stringify(rest.slice(0, 10))} is not allowed`, 'use characters, classes, groups and * + ? {n}')
    rest = rest.slice(atom.length)
    const repeat = quantifier.exec(rest)?.[0] ?? ''
    rest = rest.slice(repeat.length)
    atoms.push(readAtom(atom, repeat))
  }
  return atoms
}

function readAtom(source: string, repeat: string): Atom {
  const single = new RegExp(`^${source}$`, 'u')
  return {
    source: `${source}${repeat}`,
    isOptional: /^[*?]|^\{0/.test(repeat),
    isVariable: repeat !== '' && !/^\{\d+\}/.test(repeat),
    takes: samples.map((sample) => single.test(sample)),
  }
}

function refuse(source: string, what: string, remedy: string): EvidenceError {
  return new EvidenceError('malformed-map', place, `pattern ${JSON.stringify(source.slice(0, 100))}: ${what}`, remedy)
}
