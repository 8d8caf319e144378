import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { GUARDED_SYSTEM } from '../../../../test/kernel/guarded-system.js'
import { VALID_SYSTEM } from '../../../../test/kernel/valid-system.js'
import { namesIn } from '../../../../test/kernel/validator-mutations.js'
import { compileConfiguration } from '../compiler/compile.js'
import { readSource } from '../source/system-source.js'
import { findingsInConfiguration, findingsInSource } from './check.js'
import { VALIDATORS } from './registry.js'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

describe('The registry of validators', () => {
  test('gives every validator a name of its own, a rule and a remedy', () => {
    assert.equal(new Set(VALIDATORS.map(({ name }) => name)).size, VALIDATORS.length)
    for (const { name, states, remedy } of VALIDATORS) {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/)
      assert.match(states, /^[A-Z].*\.$/, name)
      assert.match(remedy, /^[a-z].*[^.]$/, name)
    }
  })

  test('holds at least 100 of them', () => assert.ok(VALIDATORS.length >= 100, String(VALIDATORS.length)))

  test('holds every validator of every module here, and each module has its mutations beside it', async () => {
    const names: string[] = []
    for (const file of readdirSync(FOLDER).filter((name) => /(?<!\.spec|\.d)\.[jt]s$/.test(name) && !name.startsWith('registry'))) {
      const module = (await import(new URL(file, import.meta.url).href)) as Readonly<Record<string, unknown>>
      const own = namesIn(module)
      names.push(...own)
      assert.equal(existsSync(`${FOLDER}${file.replace(/\.([jt]s)$/, '.spec.$1')}`), own.length > 0, file)
    }
    assert.deepEqual(names.sort(), VALIDATORS.map(({ name }) => name).sort())
  })

  for (const [name, text] of Object.entries({ VALID_SYSTEM, GUARDED_SYSTEM }))
    test(`accepts the system that mutations start from: ${name}`, () => {
      const source = readSource('system.yaml', text)
      assert.deepEqual(findingsInSource(source), [])
      assert.deepEqual(findingsInConfiguration(source, compileConfiguration(source)), [])
    })
})
