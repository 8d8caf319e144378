/** The joined script behaves as its modules would; a form that the joining does not understand is refused, never guessed. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { joinModules, pageScript } from './page-script.js'

describe('Page script', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bulkhead-page-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const joined = (files: Readonly<Record<string, string>>): string => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return joinModules(join(folder, 'main.js'))
  }

  for (const [what, main] of [
    ['a package', "import { x } from 'd3'\n"],
    ['a renamed import', "import { x as y } from './a.js'\n"],
    ['a namespace', "import * as a from './a.js'\n"],
    ['a default export', 'export default 1\n'],
    ['an export that can change', 'export let x = 1\n'],
    ['a re-export', "export * from './a.js'\n"],
    ['a module that imports itself', "import { x } from './main.js'\n"],
  ] as const)
    test(`${what} is refused`, () => {
      assert.throws(() => joined({ 'a.js': 'export const x = 1\n', 'main.js': main }), { name: 'AssertionError' })
    })

  test('names of one module are not those of another, and each module runs once, after what it imports', () => {
    const script = joined({
      'a.js': "order.push('a')\nconst own = 1\nexport const a = own\n",
      'b.js': "import { a } from './a.js'\norder.push('b')\nconst own = 10\nexport function b() { return own + a }\n",
      'main.js':
        "import { b } from './b.js'\nimport {\n  a,\n} from './a.js'\nresult.push(a, b())\nexport {}\n//# sourceMappingURL=main.js.map\n",
    })
    const context = { order: [] as string[], result: [] as number[] }
    runInContext(script, createContext(context))
    assert.deepEqual(context, { order: ['a', 'b'], result: [1, 11] })
  })

  test('the page of the explorer is one script: no module syntax, no second parse of text as code', () => {
    const script = pageScript()
    assert.doesNotMatch(script, /^(?:import|export)\b/m)
    assert.doesNotMatch(
      script,
      /\b(?:eval|Function)\s*\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment/,
    )
    assert.doesNotMatch(script, /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|https?:(?!\/\/www\.w3\.org\/2000\/svg)/)
  })
})
