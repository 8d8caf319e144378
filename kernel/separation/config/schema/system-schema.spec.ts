import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { packagePath } from '../source/package-path.js'
import { SYSTEM_SCHEMA, SYSTEM_SCHEMA_FILE } from './system-schema.js'

describe('The schema of a configuration', () => {
  test('is the same for editors as for the compiler', () => {
    const forEditors: unknown = JSON.parse(readFileSync(packagePath(SYSTEM_SCHEMA_FILE), 'utf8'))
    const remedy = `${SYSTEM_SCHEMA_FILE} differs from SYSTEM_SCHEMA; write JSON.stringify(SYSTEM_SCHEMA, undefined, 2) there and format it`
    assert.deepEqual(forEditors, JSON.parse(JSON.stringify(SYSTEM_SCHEMA)), remedy)
  })
})
