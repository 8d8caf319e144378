/** `bulkhead init`: what it writes works, and what is there already stays. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { projectRoot } from '../project.js'

const MAIN = pathToFileURL(join(import.meta.dirname, '../main.js')).href
const START = `import(${JSON.stringify(MAIN)}).then(({ main }) => main(process.argv[1], process.argv.slice(2))).then((code) => { process.exitCode = code })`

describe('bulkhead init', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bulkhead-init-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const bulkhead = (cwd: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', START, ...args], { cwd, encoding: 'utf8' })

  test('the scenarios of a new project pass, and every requirement is verified', () => {
    assert.equal(bulkhead(folder, 'init', 'flight-kernel').status, 0)
    const project = join(folder, 'flight-kernel')
    symlinkSync(join(projectRoot, 'node_modules'), join(project, 'node_modules'))
    const cucumber = spawnSync(process.execPath, [join(projectRoot, 'node_modules/@cucumber/cucumber/bin/cucumber.js')], {
      cwd: project,
      timeout: 60_000,
    })
    assert.equal(cucumber.status, 0, String(cucumber.stdout) + String(cucumber.stderr))
    const args = ['--requirements', 'requirements.csv', '--results', 'results/messages.ndjson', '--policy', 'policy.yaml', '--root', '.']
    const trace = bulkhead(project, 'trace', ...args, '--out', 'evidence', '--json')
    assert.equal(trace.status, 0, trace.stderr)
    const { requirements, scenarios } = JSON.parse(trace.stdout) as Record<string, Record<string, number>>
    assert.deepEqual([requirements?.['total'], requirements?.['passed'], scenarios?.['passed']], [4, 4, 5])
    assert.match(readFileSync(join(project, 'package.json'), 'utf8'), /"trace": "bulkhead trace .*--policy policy\.yaml/u)
  })

  test('no mark of the template is left, and the name stands in its place', () => {
    bulkhead(folder, 'init', 'flight', '--name', 'Flight kernel 2')
    const files = readdirSync(join(folder, 'flight'), { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    assert.ok(files.length >= 12)
    for (const { parentPath, name } of files) assert.doesNotMatch(readFileSync(join(parentPath, name), 'utf8'), /@[A-Z]+@/u)
    assert.equal((JSON.parse(readFileSync(join(folder, 'flight/package.json'), 'utf8')) as { name: string }).name, 'flight-kernel-2')
    assert.match(readFileSync(join(folder, 'flight/README.md'), 'utf8'), /^# Flight kernel 2\n/u)
  })

  test('a folder with something in it is refused and stays as it is', () => {
    mkdirSync(join(folder, 'mine'))
    writeFileSync(join(folder, 'mine/notes'), 'mine')
    const end = bulkhead(folder, 'init', 'mine')
    assert.equal(end.status, 2)
    assert.match(end.stderr, /^bulkhead: mine: is there already and not empty; remedy: [^\n]*\n$/u)
    assert.deepEqual(readdirSync(join(folder, 'mine')), ['notes'])
  })

  for (const name of ['a"b', 'x: y', '../up', '', 'a\nb'])
    test(`the name ${JSON.stringify(name)} is refused`, () => {
      const end = bulkhead(folder, 'init', 'project', '--name', name)
      assert.equal(end.status, 2)
      assert.equal(existsSync(join(folder, 'project')), false)
    })
})
