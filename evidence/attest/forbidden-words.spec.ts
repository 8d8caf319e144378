import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { schemaFile } from '../profiles/schema-file.js'
import { forbiddenUses, refuseForbiddenWords } from './forbidden-words.js'

describe('words reports must not use', () => {
  for (const text of [
    'The kernel is SKPP-conformant.',
    'an SKPP conformant kernel',
    'evaluated at EAL6+',
    'EAL 6 augmented',
    '100 % of SKPP',
    '100% of the SKPP',
    'non-interference proven',
    'Non-interference has been proven',
    'there are no covert channels',
    'no covert\ntiming channels',
    'the WCET is 300 cycles',
    'interrupt latency of 300 ns',
    'hyperjacking is prevented',
    'MC/DC of 100 %',
    'decision coverage',
    'Branch coverage 98 %',
    'This pack is signed.',
    'a signed report',
    'an independent oracle',
    'the engines are independent',
    'independently verified',
  ])
    test(`refused: ${JSON.stringify(text)}`, () => {
      const [use] = forbiddenUses(`First line.\n${text}`)
      assert.ok(use !== undefined && use.line >= 2 && use.instead.length > 0)
    })

  for (const text of [
    'latency of 300 model cycles',
    'model cycles from interrupt to task (latency)',
    'signed and unsigned comparison of two registers',
    'the configuration vector is signed off by nobody',
    'integrity only, signer unidentified',
    '12 of 55 catalogue elements, 0 confirmed against the published text',
    'Independent vulnerability analysis is performed.',
    'ATE_IND.3 Independent testing, complete',
    'V8 block coverage',
    'EAL6 is an evaluation assurance level',
  ])
    test(`allowed: ${JSON.stringify(text)}`, () => assert.deepEqual(forbiddenUses(text), []))

  test('a refusal names file, line and what to write', () => {
    assert.throws(() => refuseForbiddenWords('index.html', 'fine\nWCET'), {
      code: 'forbidden-words',
      message: /^index\.html:2: the text says "WCET"; write: /,
    })
  })

  test('no text of the project’s own profiles uses them', () => {
    const folder = join(dirname(schemaFile('claims')), '..')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
    assert.ok(files.length > 10)
    for (const file of files) assert.deepEqual(forbiddenUses(readFileSync(join(folder, file), 'utf8')), [], file)
  })
})
