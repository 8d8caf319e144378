import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesModule } from './module-glob.js'

for (const [glob, path, matches] of [
  ['kernel/a.ts', 'kernel/a.ts', true],
  ['kernel/a.ts', 'kernel/axts', false],
  ['kernel/*', 'kernel/a/b.ts', false],
  ['kernel/*.ts', 'kernel/a.ts', true],
  ['kernel/**', 'kernel/a/b.ts', true],
  ['kernel/**', 'kernels/a.ts', false],
  ['kernel/**/b.ts', 'kernel/b.ts', true],
  ['kernel/**/b.ts', 'kernel/x/y/b.ts', true],
  ['kernel/**/b.ts', 'kernel/xb.ts', false],
  ['kernel/(a|b)+.ts', 'kernel/a.ts', false],
] as const)
  test(`${glob} ${matches ? 'matches' : 'does not match'} ${path}`, () => assert.equal(matchesModule(glob, path), matches))
