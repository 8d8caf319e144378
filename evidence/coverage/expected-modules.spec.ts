import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { ModulePath } from '../model/ids.js'
import type { ModuleCoverage } from '../model/module-coverage.js'
import { checkComplete, codeTest, listModules } from './expected-modules.js'

const measured = (module: string): ModuleCoverage => ({
  module: module as ModulePath,
  functions: { covered: 1, total: 1 },
  lines: { covered: 1, total: 1 },
  uncoveredFunctions: [],
  uncoveredLines: [],
})

describe('the modules a report must hold', () => {
  let root = ''
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'bulkhead-'))
    mkdirSync(join(root, 'kernel/inner'), { recursive: true })
    const files = {
      'a.ts': 'export const a = 1',
      'a.spec.ts': 'export const s = 1',
      'd.d.ts': 'export declare const d: number',
      'inner/b.ts': 'export function b(): void {}',
      'types.ts': "import type { T } from './t.js'\n/** Words. */\nexport interface U { readonly t: T }\nexport type { T }",
      'notes.md': '',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'kernel', name), text)
  })
  after(() => rmSync(root, { recursive: true }))

  test('are the sources of the folder, without specs and declarations', () => {
    assert.deepEqual(listModules(root, 'kernel'), ['kernel/a.ts', 'kernel/inner/b.ts', 'kernel/types.ts'])
  })

  test('fewer in the report than on disk: refused, and the missing ones named', async () => {
    const hasCode = await codeTest(root)
    assert.throws(() => checkComplete('c.json', [measured('kernel/a.ts')], listModules(root, 'kernel'), hasCode), {
      code: 'missing-coverage',
      message: /^c\.json: 1 of 3 modules are not in the report: kernel\/inner\/b\.ts; /,
    })
  })

  test('a module of types alone may be missing', async () => {
    checkComplete('c.json', [measured('kernel/a.ts'), measured('kernel/inner/b.ts')], listModules(root, 'kernel'), await codeTest(root))
  })
})
