/** docs/caveats.md says what every pack says: nothing the evidence admits may be missing from the page people read first. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { projectRoot } from '../bin/project.js'

interface Caveats {
  readonly caveats: readonly { readonly title: string; readonly text: string }[]
  readonly carryOver: readonly { readonly component: string; readonly carriesOver: string; readonly doesNotCarryOver: string }[]
}

const { caveats, carryOver } = parse(readFileSync(join(projectRoot, 'evidence/profiles/caveats.yaml'), 'utf8')) as Caveats
/** Words alone: line breaks and the padding of table cells are typesetting. */
const words = (text: string) => text.replace(/\s+/gu, ' ').trim()
const page = words(readFileSync(join(projectRoot, 'docs/caveats.md'), 'utf8'))

describe('docs/caveats.md', () => {
  for (const { title, text } of caveats)
    test(`states "${title}" as the pack does`, () => assert.ok(page.includes(words(`## ${title} ${text}`)), text))

  for (const { component, carriesOver, doesNotCarryOver } of carryOver)
    test(`says what carries over to silicon for ${component}`, () =>
      assert.ok(page.includes(words(`| ${component} | ${carriesOver} | ${doesNotCarryOver} |`)), `${carriesOver} ${doesNotCarryOver}`))

  test('has something to say', () => assert.ok(caveats.length > 0 && carryOver.length > 0))
})
