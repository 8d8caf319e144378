import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { AUDIT_EVENTS } from '../../abi/audit.js'
import { HEALTH_ACTIONS, HEALTH_ERRORS } from '../../abi/health.js'
import { SYSTEM_OPERATIONS } from './configuration.js'
import { packagePath } from './package-path.js'
import { SYSTEM_SCHEMA } from './schema-file.js'

interface Definitions {
  readonly definitions: {
    readonly auditEvent: { readonly enum: readonly string[] }
    readonly healthAction: { readonly enum: readonly string[] }
    readonly partition: {
      readonly properties: {
        readonly health: { readonly properties: object }
        readonly authority: { readonly properties: { readonly system: { readonly items: { readonly enum: readonly string[] } } } }
      }
    }
  }
}

describe('system.schema.json', () => {
  const { auditEvent, healthAction, partition } = (JSON.parse(readFileSync(packagePath(SYSTEM_SCHEMA), 'utf8')) as Definitions).definitions

  test('offers exactly the events, errors, actions and operations of the interface', () => {
    assert.deepEqual(auditEvent.enum, AUDIT_EVENTS)
    assert.deepEqual(healthAction.enum, HEALTH_ACTIONS)
    assert.deepEqual(Object.keys(partition.properties.health.properties), [...HEALTH_ERRORS])
    assert.deepEqual(partition.properties.authority.properties.system.items.enum, SYSTEM_OPERATIONS)
  })
})
