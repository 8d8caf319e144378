/** The lint rules that carry a promise of the project fire on the code that would break it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ESLint } from 'eslint'
import { projectRoot } from '../bin/project.js'

/** What is written, where, and the rule that refuses it. Existing files lend their place in the TypeScript project. */
const refused: readonly (readonly [what: string, file: string, code: string, rule: string])[] = [
  ['the clock below a main', 'kernel/common/result.ts', 'export const at: number = Date.now()\n', 'no-restricted-properties'],
  ['chance below a main', 'kernel/common/result.ts', 'export const x: number = Math.random()\n', 'no-restricted-properties'],
  ['the host time through a constructor', 'evidence/model/errors.ts', 'export const x: Date = new Date()\n', 'no-restricted-syntax'],
  ['a console below a main', 'kernel/common/result.ts', "console.log('x')\n", 'no-console'],
  ['any', 'kernel/common/result.ts', 'export const x: any = 1\n', '@typescript-eslint/no-explicit-any'],
  ['a default export', 'kernel/common/result.ts', 'export default 1\n', 'no-restricted-syntax'],
  [
    'a promise nobody awaits',
    'kernel/common/result.ts',
    'export function f(p: Promise<void>): void {\n  p\n}\n',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'a switch that forgets a member',
    'kernel/common/result.ts',
    "export function f(x: 'a' | 'b'): void {\n  switch (x) {\n    case 'a':\n      return\n  }\n}\n",
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [
    'an object literal made a type by assertion',
    'kernel/common/result.ts',
    'export const x = { a: 1 } as { a: number; b?: string }\n',
    '@typescript-eslint/consistent-type-assertions',
  ],
  [
    'a view over the machine’s memory elsewhere',
    'kernel/separation/config/configuration.ts',
    'export const f = (memory: WebAssembly.Memory): Uint8Array => new Uint8Array(memory.buffer)\n',
    'no-restricted-syntax',
  ],
  [
    'a memory of one’s own',
    'kernel/common/result.ts',
    'export const m: WebAssembly.Memory = new WebAssembly.Memory({ initial: 1 })\n',
    'no-restricted-syntax',
  ],
]

describe('Lint rules', { timeout: 120_000 }, () => {
  const eslint = new ESLint({ cwd: projectRoot })
  const rulesFor = async (file: string, code: string) => {
    const [result] = await eslint.lintText(code, { filePath: file })
    return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message)
  }

  for (const [what, file, code, rule] of refused)
    test(`${what} is refused`, async () => {
      const rules = await rulesFor(file, code)
      assert.ok(rules.includes(rule), `fired: ${rules.join(', ') || 'none'}`)
    })

  test('a comment cannot switch a rule off', async () => {
    const rules = await rulesFor('kernel/common/result.ts', "/* eslint-disable no-console */\nconsole.log('x')\n")
    assert.ok(rules.includes('no-console'), rules.join(', '))
  })

  test('a main has its clock', async () => {
    const rules = await rulesFor('bin/project.ts', 'export const at: number = Date.now()\n')
    assert.deepEqual(rules, [])
  })
})
