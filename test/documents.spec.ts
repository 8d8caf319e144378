/** What users read holds the rule of the reports: words that claim more than was shown stand in none of it. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { projectRoot } from '../bin/project.js'
import { forbiddenUses } from '../evidence/attest/forbidden-words.js'

/** Decisions are for whoever works on Bulkhead, and state which words are meant. */
const documents = ['README.md', 'CHANGELOG.md', ...pagesIn('docs').filter((name) => !name.startsWith('docs/decisions/'))]

function pagesIn(folder: string): string[] {
  const names = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

describe('Documents for users', () => {
  test('a forbidden word would be found', () => assert.equal(forbiddenUses('The pack is SKPP-conformant.').length, 1))

  test('claim no more than a report may', () => {
    assert.ok(documents.length > 40, 'the search for documents is wrong')
    const found = documents.flatMap((name) =>
      forbiddenUses(readFileSync(join(projectRoot, name), 'utf8')).map(({ found, line }) => `${name}:${line}: ${found}`),
    )
    assert.deepEqual(found, [])
  })
})
