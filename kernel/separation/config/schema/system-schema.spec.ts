import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { packagePath } from '../source/package-path.js'
import { SYSTEM_SCHEMA, SYSTEM_SCHEMA_FILE } from './system-schema.js'

/** Path of every member of every object in the schema, with its own schema. */
function membersOf(schema: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    const own = key === 'properties' ? Object.entries(value as object).map(([name, member]) => [`${path}.${name}`, member] as const) : []
    return [...own, ...membersOf(value, `${path}.${key}`)]
  })
}

describe('The schema of a configuration', () => {
  test('is the same for editors as for the compiler', () => {
    const forEditors: unknown = JSON.parse(readFileSync(packagePath(SYSTEM_SCHEMA_FILE), 'utf8'))
    const remedy = `${SYSTEM_SCHEMA_FILE} differs from SYSTEM_SCHEMA; remedy: run "node bin/reference.js"`
    assert.deepEqual(forEditors, JSON.parse(JSON.stringify(SYSTEM_SCHEMA)), remedy)
  })

  test('describes every member: an editor shows what it means', () => {
    const members = membersOf(SYSTEM_SCHEMA, 'system')
    assert.ok(members.length > 40)
    const silent = members.filter(([, member]) => typeof (member as { description?: unknown }).description !== 'string')
    assert.deepEqual(
      silent.map(([path]) => path),
      [],
    )
  })
})
