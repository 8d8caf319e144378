/** The folder of an explorer: complete, the same twice, and holding nothing that a source could use to run code. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import type { TracedSet } from '../../items/traced-set.js'
import { hostileSet, sampleSet } from '../test/sample-set.js'
import type { ExplorerOptions } from './explorer-options.js'
import { writeExplorer } from './write-explorer.js'

function written(set: TracedSet, options: ExplorerOptions = {}): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const write = (path: string, content: string | Uint8Array): void => {
    assert.ok(!files.has(path), `${path} is written twice`)
    files.set(path, Buffer.from(content).toString('latin1'))
  }
  const open = (path: string) => {
    const pieces: Buffer[] = []
    return { add: (piece: string | Uint8Array) => void pieces.push(Buffer.from(piece)), end: () => write(path, Buffer.concat(pieces)) }
  }
  const folder = { write, open }
  writeExplorer(set, folder, options)
  return files
}

const empty: TracedSet = {
  title: '',
  sources: [],
  requirements: [],
  tests: [],
  mappings: [],
  coverage: null,
  findings: [],
  defects: [],
  gates: [],
  referenceRule: '',
  passed: false,
}

describe('Explorer folder', () => {
  test('no text of a hostile set reaches a file as markup, and each data file makes one call', () => {
    const files = written(hostileSet())
    assert.doesNotMatch(files.get('explorer/index.html') ?? '', /<img|onerror="/)
    for (const [name, text] of files) {
      if (!name.startsWith('explorer/data/')) continue
      assert.doesNotMatch(text, /[<\u2028\u2029]/, name)
      const calls: string[] = []
      runInContext(text, createContext({ explorerData: (data: string) => calls.push(data) }))
      assert.deepEqual(calls, [name.replace(/^explorer\/data\/|\.js$/g, '')])
    }
  })

  test('the page allows itself no network, no inline script and no markup from text', () => {
    const page = written(empty).get('explorer/index.html') ?? ''
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /connect-src 'none'/)
    assert.match(policy, /require-trusted-types-for 'script'/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
    assert.doesNotMatch(page, /<script>|<script[^>]*>[^<]|\son\w+=/)
  })

  test('a set without anything still has every file that the page asks for', () => {
    const files = written(empty)
    for (const name of ['summary', 'requirements', 'tests', 'interfaces', 'modules', 'defects', 'findings'])
      assert.ok(files.has(`explorer/data/${name}.js`), name)
  })

  test('equal sets give equal bytes', () => {
    assert.deepEqual(written(sampleSet(900)), written(sampleSet(900)))
  })

  test('no file names a folder of the machine that wrote it', () => {
    for (const [name, text] of written(sampleSet(20))) assert.ok(!text.includes(process.cwd()), name)
  })

  test('flows are data of their own, never part of the page', () => {
    const flows = [{ title: 'two', subjects: ['<b>a', 'b'], flows: [{ from: 0, to: 1, nature: 'data' as const, through: ['port p'] }] }]
    const files = written(sampleSet(10), { flows })
    assert.match(files.get('explorer/data/flows.js') ?? '', /port p/)
    assert.doesNotMatch(files.get('explorer/index.html') ?? '', /port p|<b>a/)
  })
})
