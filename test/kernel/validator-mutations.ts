/**
 * Mutations of one valid system: one thing is wrong, and the validator of that name finds it, at its line. What was written is found
 * by that validator and no other; what the compiler made is looked at in several ways, so others may find it too.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileConfiguration } from '../../kernel/separation/config/compiler/compile.js'
import type { Configuration, PartitionConfiguration } from '../../kernel/separation/config/configuration.js'
import { ConfigurationError } from '../../kernel/separation/config/source/configuration-error.js'
import { readSource } from '../../kernel/separation/config/source/system-source.js'
import { COMPILED_VALIDATORS, SECOND_LOOK_VALIDATORS } from '../../kernel/separation/config/validators/registry.js'
import { VALID_SYSTEM } from './valid-system.js'

export interface SourceMutation {
  readonly rule: string
  readonly title: string
  readonly edits: readonly Edit[]
  /** Stands in the line that the finding must name. */
  readonly at: string
}

type Edit = readonly [replace: string, by: string]

export const wrong = (rule: string, title: string, replace: string, by: string, at = by, ...others: readonly Edit[]): SourceMutation => ({
  rule,
  title,
  edits: [[replace, by], ...others],
  at,
})

/** What no source can lead to: the compiler's own work, changed behind its back. */
export type CompiledMutation = readonly [rule: string, title: string, change: (valid: Configuration) => Configuration]

export const onPartition = (configuration: Configuration, id: number, change: Partial<PartitionConfiguration>): Configuration => ({
  ...configuration,
  partitions: configuration.partitions.map((partition, i) => (i === id ? { ...partition, ...change } : partition)),
})

/** `module`: the exports of one module of validators; each of them must be mutated here. `base`: the valid system. */
export function describeMutations(
  title: string,
  module: Readonly<Record<string, unknown>>,
  written: readonly SourceMutation[],
  compiled: readonly CompiledMutation[] = [],
  base = VALID_SYSTEM,
): void {
  void describe(title, () => {
    for (const mutation of written) void test(`${mutation.rule} refuses ${mutation.title}`, () => refusesSource(mutation, base))
    for (const [rule, what, change] of compiled) void test(`${rule} refuses ${what}`, () => refusesCompiled(rule, change))

    void test('have a mutation each, and there is none for another', () => {
      const mutated = new Set([...written.map(({ rule }) => rule), ...compiled.map(([rule]) => rule)])
      assert.deepEqual([...mutated].sort(), namesIn(module).sort())
    })
  })
}

/** Names of the validators that a module exports. */
export function namesIn(module: Readonly<Record<string, unknown>>): string[] {
  return Object.values(module).flatMap((value) =>
    typeof value === 'object' && value !== null && 'check' in value && 'name' in value ? [String(value.name)] : [],
  )
}

function refusesSource({ rule, edits, at }: SourceMutation, base: string): void {
  const text = edits.reduce((valid, [replace, by]) => {
    assert.ok(valid.includes(replace), `the valid system contains ${replace}`)
    return valid.replace(replace, by)
  }, base)
  const error = refusalOf(text)
  assert.equal(error.code, 'rule')
  const [first, ...others] = error.findings
  assert.equal(first?.rule, rule, error.message)
  assert.ok((text.split('\n')[first.line - 1] ?? '').includes(at), `${error.message} stands at ${at}`)
  assert.match(error.message, new RegExp(`^system\\.yaml:\\d+: ${rule}: [^\\n]+; remedy: [^\\n]+$`))
  assert.deepEqual(
    others.filter((other) => other.rule !== rule).map((other) => other.rule),
    [],
    `${rule} alone finds it`,
  )
}

function refusalOf(text: string): ConfigurationError {
  try {
    compileConfiguration(readSource('system.yaml', text))
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  return assert.fail('was accepted')
}

function refusesCompiled(rule: string, change: (valid: Configuration) => Configuration): void {
  const source = readSource('system.yaml', VALID_SYSTEM)
  const validator = [...COMPILED_VALIDATORS, ...SECOND_LOOK_VALIDATORS].find(({ name }) => name === rule)
  const valid = compileConfiguration(source)
  assert.deepEqual([...(validator?.check(valid, source.system) ?? [undefined])], [], 'accepts what the compiler made')
  const [violation] = validator?.check(change(valid), source.system) ?? []
  assert.ok(violation !== undefined, `${rule} finds it`)
  assert.ok(source.lineOf(violation.path) > 0)
}
