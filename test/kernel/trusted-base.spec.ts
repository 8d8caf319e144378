/** Size of the trusted base: hosted TypeScript kernel logic; excludes Node, V8 and the emulator. Lines neither blank nor comment. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { projectRoot } from '../../bin/project.js'

const KERNEL = 'kernel/separation'
const MOST_LINES = 4000
/** Tools that run before the system does: they make the vector, and the kernel judges what they made. All else below config is privileged. */
const TOOLS = ['config/compiler', 'config/flows', 'config/picture', 'config/schema', 'config/source', 'config/validators']

function codeLines(text: string): number {
  const code = text.replace(/\/\*[^]*?\*\//gu, '').split('\n')
  return code.filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length
}

const isTool = (path: string): boolean => TOOLS.some((folder) => path.startsWith(`${folder}/`))

const modules = readdirSync(join(projectRoot, KERNEL), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .map((path) => ({ path, text: readFileSync(join(projectRoot, KERNEL, path), 'utf8') }))

describe('Trusted base', () => {
  test('counts code, not words about it', () => {
    const sample = '/**\n * What it is.\n */\nexport const a = 1 // one\n\n  // why\nexport const b = 2\n'
    assert.equal(codeLines(sample), 2)
  })

  test('no folder of tools that is named here has gone: its lines would be counted as nothing', () =>
    assert.deepEqual(
      TOOLS.filter((tool) => !modules.some(({ path }) => path.startsWith(`${tool}/`))),
      [],
    ))

  test(`kernel logic has at most ${MOST_LINES} lines`, (context) => {
    const trusted = modules.filter(({ path }) => !isTool(path))
    const folders = new Map<string, number>()
    for (const { path, text } of trusted) {
      const folder = path.includes('/') ? path.split('/', 1).join() : '.'
      folders.set(folder, (folders.get(folder) ?? 0) + codeLines(text))
    }
    const total = [...folders.values()].reduce((sum, lines) => sum + lines, 0)
    for (const [folder, lines] of [...folders].sort()) context.diagnostic(`${KERNEL}/${folder}: ${lines}`)
    context.diagnostic(`together ${total} of ${MOST_LINES} lines in ${trusted.length} modules`)
    assert.ok(total > 0 && total <= MOST_LINES)
  })

  test('the executable policy model has at most 400 lines: it is read, not tested, into trust', (context) => {
    const folder = join(projectRoot, 'kernel/testbench/oracle/policy-model')
    const files = readdirSync(folder).filter((file) => !file.endsWith('.spec.ts'))
    const total = files.reduce((sum, file) => sum + codeLines(readFileSync(join(folder, file), 'utf8')), 0)
    context.diagnostic(`${total} lines in ${files.length} modules`)
    assert.ok(total > 0 && total <= 400)
  })

  test('what runs privileged imports no tool', () => {
    const imports = modules
      .filter(({ path }) => !isTool(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/^import (?!type).*?from '(\.[^']*)'/gmu)].map(([, to = '']) => ({
          path,
          to: new URL(to.replace(/\.js$/u, '.ts'), `file:///${path}`).pathname.slice(1),
        })),
      )
    assert.deepEqual(
      imports.filter(({ to }) => isTool(to)).map(({ path, to }) => `${path} imports ${to}`),
      [],
    )
  })
})
