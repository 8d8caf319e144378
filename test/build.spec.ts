/** The build step, on a project of two files: current or compiled, never half of it, and one line when it cannot be done. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../bin/project.js'

const settings = {
  compilerOptions: { module: 'NodeNext', target: 'ES2022', rootDir: '.', outDir: 'dist', sourceMap: true, incremental: true, types: [] },
  include: ['kernel/**/*.ts'],
}

/** What one process that asks for the build is told: progress lines, then the problem or `current`. */
function ensureBuilt(root: string): Promise<readonly string[]> {
  const build = pathToFileURL(join(projectRoot, 'bin/build.js')).href
  const script = `import('${build}')
    .then(({ ensureBuilt }) => ensureBuilt({ root: process.argv[1], progress: console.log }))
    .then((problem) => console.log(problem ?? 'current'))`
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', script, root], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    child.on('error', reject).on('close', () => resolve(text.trim().split('\n')))
  })
}

describe('Build step', () => {
  let root = ''
  const source = (name: string, text: string) => writeFileSync(join(root, 'kernel', name), text)
  const built = () => readdirSync(join(root, 'dist/kernel')).sort()

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'bulkhead-build-'))
    mkdirSync(join(root, 'kernel'))
    symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
    writeFileSync(join(root, 'package.json'), '{"type":"module"}')
    writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(settings))
    source('a.ts', 'export const a: number = 1\n')
    source('b.ts', "export { a } from './a.js'\n")
  })
  after(() => rmSync(root, { recursive: true }))

  test('two commands at once compile once, and both find the whole of it', async () => {
    const answers = await Promise.all([ensureBuilt(root), ensureBuilt(root)])
    assert.equal(answers.flat().filter((line) => line === 'compiling the sources').length, 1)
    assert.deepEqual(
      answers.map((lines) => lines.at(-1)),
      ['current', 'current'],
    )
    assert.deepEqual(built(), ['a.js', 'a.js.map', 'b.js', 'b.js.map'])
    assert.deepEqual(
      readdirSync(root).filter((name) => name.startsWith('dist')),
      ['dist'],
    )
  })

  test('what is current is not compiled again', async () => assert.deepEqual(await ensureBuilt(root), ['current']))

  test('a source of other bytes is compiled again, though its length and its time of change are the same', async () => {
    const file = join(root, 'kernel', 'a.ts')
    const { atime, mtime } = statSync(file)
    source('a.ts', 'export const a: number = 2\n')
    utimesSync(file, atime, mtime)
    assert.deepEqual(await ensureBuilt(root), ['compiling the sources', 'current'])
    assert.deepEqual(await ensureBuilt(root), ['current'])
  })

  test('a source that was touched and not changed is not compiled again', async () => {
    utimesSync(join(root, 'kernel', 'a.ts'), 1, 1)
    assert.deepEqual(await ensureBuilt(root), ['current'])
  })

  test('output whose source is gone goes with it', async () => {
    rmSync(join(root, 'kernel/b.ts'))
    assert.deepEqual(await ensureBuilt(root), ['compiling the sources', 'current'])
    assert.deepEqual(built(), ['a.js', 'a.js.map'])
  })

  test('sources that do not compile: one line with file, place and remedy, each time, and no new output', async () => {
    source('c.ts', "export const c: number = 'text'\n")
    for (const [, problem = '', ...rest] of [await ensureBuilt(root), await ensureBuilt(root)]) {
      assert.match(problem, /^the sources do not compile: kernel\/c\.ts\(1,14\): error TS2322: .*; remedy: npx tsc --noEmit -p \.$/)
      assert.deepEqual(rest, [])
    }
    assert.deepEqual(built(), ['a.js', 'a.js.map'])
    rmSync(join(root, 'kernel/c.ts'))
  })

  test('the lock of a build that was killed does not hold the next one up', async () => {
    source('d.ts', 'export const d = 4\n')
    mkdirSync(join(root, 'dist-lock'))
    writeFileSync(join(root, 'dist-lock/pid'), '999999999')
    assert.deepEqual(await ensureBuilt(root), ['compiling the sources', 'current'])
    assert.equal(existsSync(join(root, 'dist-lock')), false)
  })

  test('without a compiler the line says how to get one', async () => {
    rmSync(join(root, 'node_modules'))
    source('e.ts', 'export const e = 5\n')
    assert.deepEqual(await ensureBuilt(root), ['dist/ is not built and TypeScript is not installed; remedy: run "npm ci"'])
  })
})
