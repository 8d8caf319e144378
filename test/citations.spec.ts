/** Every work that a comment cites is pinned in docs/references.md, and every profile component it names is in the catalogue. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, test } from 'node:test'
import { projectRoot } from '../bin/project.js'

interface Citation {
  readonly where: string
  readonly text: string
}

const ROOMS = ['bin', 'kernel', 'evidence', 'step-definitions', 'bench'].filter((room) => existsSync(join(projectRoot, room)))

/** First column of the table. */
function readKeys(markdown: string): string[] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| key '))
  return rows.map((row) => row.split('|')[1]?.trim() ?? '')
}

/** Text of the comments of a file, with the line each begins on. */
function comments(source: string): { readonly line: number; readonly text: string }[] {
  return [...source.matchAll(/\/\*[^]*?\*\/|(?:^|\s)\/\/ .*$/gmu)].map((match) => ({
    line: source.slice(0, match.index).split('\n').length,
    text: match[0].replace(/\s*\n\s*\*?\s*/gu, ' '),
  }))
}

/** What stands before `, "Title"`: at least its last words must be a key. Then the forms that need no title. */
export function citationsIn(text: string): string[] {
  const titled = [...text.matchAll(/((?:[\w./'-]+ ){0,6}[\w./'-]+), "(?=[A-Z])/gu)].map(([, before]) => before ?? '')
  const standards = [
    ...text.matchAll(/\b(?:RFC \d+|ISO(?:\/IEC)? \d[\d-]*|FIPS \d+-\d+|ARINC 653(?: Part \d)?|DO-\d+[A-C]?|CC \d\.\d)/gu),
  ].map(([found]) => found)
  return [...titled, ...standards]
}

function citations(): Citation[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(projectRoot, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const file = join(projectRoot, room, name)
        return comments(readFileSync(file, 'utf8')).flatMap(({ line, text }) =>
          citationsIn(text).map((citation) => ({ where: `${relative(projectRoot, file)}:${line}`, text: citation })),
        )
      }),
  )
}

describe('Citations', () => {
  const keys = readKeys(readFileSync(join(projectRoot, 'docs/references.md'), 'utf8'))
  const isKnown = (text: string) => keys.some((key) => text === key || text.endsWith(` ${key}`) || key.startsWith(`${text} `))

  test('a work that nobody pinned is found', () => {
    const [unknown, known] = citationsIn('Manual of Dreams 3, "Sleep"; RISC-V Privileged, "Sv39".')
    assert.equal(isKnown(unknown ?? ''), false, unknown)
    assert.equal(isKnown(known ?? ''), true, known)
    assert.equal(citationsIn('as RFC 9999 says').every(isKnown), false)
  })

  test('no key stands twice', () =>
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    ))

  test('every work cited in a comment is pinned in docs/references.md', () => {
    const found = citations()
    assert.ok(found.length > 20, `only ${found.length} citations found: the search is wrong`)
    const unknown = found.filter(({ text }) => !isKnown(text))
    assert.deepEqual(
      unknown.map(({ where, text }) => `${where}: ${text}`),
      [],
    )
  })

  test('every SKPP component named in a comment is in the catalogue', () => {
    const folder = join(projectRoot, 'evidence/profiles/skpp-1.03')
    const catalogue = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n')
    const missing = ROOMS.flatMap((room) => namedComponents(join(projectRoot, room))).filter(({ text }) => !catalogue.includes(text))
    assert.deepEqual(
      missing.map(({ where, text }) => `${where}: ${text}`),
      [],
    )
  })
})

function namedComponents(folder: string): Citation[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) =>
      comments(readFileSync(join(folder, name), 'utf8')).flatMap(({ line, text }) =>
        [...text.matchAll(/SKPP ([A-Z]{3}_[A-Z_]+\.\d)/gu)].map(([, id]) => ({ where: `${name}:${line}`, text: id ?? '' })),
      ),
    )
}
