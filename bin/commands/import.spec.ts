/** `bulkhead import` as a user meets it: counts, the file it writes, and what it refuses. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { packageFile } from '../../evidence/profiles/schema-file.js'
import { parseInvocation } from '../command.js'
import type { Terminal } from '../terminal.js'
import { command } from './import.js'

let folder = ''
before(() => (folder = mkdtempSync(join(tmpdir(), 'bulkhead-import-'))))
after(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function run(...args: readonly string[]): Promise<{ readonly out: string; readonly progress: string }> {
  const end = { out: '', progress: '' }
  const terminal: Terminal = { out: (text) => (end.out += text), progress: (line) => (end.progress += `${line}\n`), closed: () => false }
  const invocation = parseInvocation(command, args)
  assert.ok(invocation !== 'help')
  assert.equal(await command.run(invocation, terminal), 0)
  return end
}

const profile = (body: string) => `<PP xmlns="https://niap-ccevs.org/cc/v1" name="P">${body}</PP>`
const small = profile(`<SOs><SO name="O.A"><addressed-by>FDP_ACC.1</addressed-by><addressed-by>FDP_ACC.1</addressed-by></SO></SOs>
<f-component cc-id="fdp_iff.1" name="&lt;script&gt;"><f-element><title>t</title></f-element></f-component><f-component cc-id="fdp_iff.1" name="again"/>`)
const reqif = (body: string) =>
  `<REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"><CORE-CONTENT><REQ-IF-CONTENT>${body}</REQ-IF-CONTENT></CORE-CONTENT></REQ-IF>`

describe('Nothing is written for what is refused', () => {
  const bomb = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('')
  const refusals: readonly (readonly [string, string, string | Uint8Array, string])[] = [
    ['entities that expand', 'a.xml', `<!DOCTYPE PP [<!ENTITY e0 "x">${bomb}]>${profile('&e20;')}`, 'forbidden-entity'],
    ['an external entity', 'a.xml', `<!DOCTYPE PP [<!ENTITY x SYSTEM "file:///etc/passwd">]>${profile('&x;')}`, 'forbidden-entity'],
    ['10,000 elements in one another', 'a.xml', profile('<section>'.repeat(10_000) + '</section>'.repeat(10_000)), 'too-deep'],
    ['a cut profile', 'a.xml', small.slice(0, -10), 'truncated-stream'],
    ['Latin 1', 'a.xml', Buffer.from(profile('ü'), 'latin1'), 'wrong-encoding'],
    ['a cut ReqIF', 'a.reqif', reqif('').slice(0, -20), 'truncated-stream'],
    ['an archive that is none', 'a.reqifz', 'PK\u0003\u0004 and so on', 'malformed-archive'],
    ['XML of another kind', 'a.xml', '<coverage/>', 'unknown-format'],
    ['a program', 'a.out', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), 'unknown-format'],
    ['nothing', 'empty', '', 'unknown-format'],
  ]
  for (const [what, name, content, code] of refusals)
    test(what, async () => {
      const to = join(folder, 'refused.json')
      await assert.rejects(run(file(name, content), '--to', to), (error) => {
        assert.ok(error instanceof Error && 'code' in error)
        assert.equal(error.code, code, error.message)
        assert.match(error.message, /^[^\n]+$/u)
        return true
      })
      assert.equal(existsSync(to), false)
    })

  test('files of several formats, a name that is no format, the input as output', async () => {
    const [a, b] = [file('p.xml', small), file('r.reqif', reqif(''))]
    await assert.rejects(run(a, b, '--to', 'x'), /files of several formats, niap-xml and reqif/u)
    await assert.rejects(run(a, '--to', 'x', '--format', 'word'), /not one of /u)
    await assert.rejects(run(a, '--to', a), /is one of the files to read/u)
    await assert.rejects(run(a, '--to', join(folder, 'none/x.json')), { code: 'unwritable-file' })
    assert.equal(readFileSync(a, 'utf8'), small)
  })

  test('an older result stays when the new import is refused', async () => {
    const to = file('kept.json', 'older')
    await assert.rejects(run(file('cut.xml', small.slice(0, -10)), '--to', to))
    assert.equal(readFileSync(to, 'utf8'), 'older')
  })
})

describe('What is written', () => {
  test('--json: the counts, and each id of a finding once', async () => {
    const { out } = await run(file('small.xml', small), '--to', join(folder, 'small.json'), '--json')
    assert.deepEqual(JSON.parse(out), {
      format: 'niap-xml',
      components: 2,
      elements: 1,
      requirements: null,
      threats: 0,
      assumptions: 0,
      policies: 0,
      objectives: 1,
      mappings: 2,
      links: 0,
      dangling: ['FDP_ACC.1'],
      duplicates: ['FDP_IFF.1'],
      unused: [],
    })
  })

  test('a ReqIF has requirements and no components', async () => {
    const { out } = await run(
      file('one.reqif', reqif('<SPEC-OBJECTS><SPEC-OBJECT IDENTIFIER="a"/></SPEC-OBJECTS>')),
      '--to',
      join(folder, 'one.json'),
      '--json',
    )
    const { components, requirements, mappings } = JSON.parse(out) as Record<string, unknown>
    assert.deepEqual([components, requirements, mappings], [null, 1, null])
  })

  test('plain lines name the findings with their place; control characters of the source cannot drive the terminal', async () => {
    const { out } = await run(file('plain.xml', small.replace('FDP_ACC.1', 'FDP&#x202e;')), '--to', join(folder, 'plain.json'))
    assert.match(out, /^dangling: O\.A is mapped to FDP\\u\{202e\}, [^\n]+ \([^\n]*plain\.xml:1\)$/mu)
    assert.match(out, /^written: /mu)
  })

  test('equal inputs give equal bytes, by the schema, and nothing is left beside them', async () => {
    const input = file('same.xml', small)
    await run(input, '--to', join(folder, 'same1.json'))
    await run(input, '--to', join(folder, 'same2.json'))
    const text = readFileSync(join(folder, 'same1.json'), 'utf8')
    assert.equal(text, readFileSync(join(folder, 'same2.json'), 'utf8'))
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(packageFile('evidence', 'items', 'schema', 'requirements.schema.json'), 'utf8')) as object,
    )
    assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors))
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.part')),
      [],
    )
  })

  test('only a regular file is replaced: no device, no folder, no link', async () => {
    const input = file('l.xml', small)
    const target = file('elsewhere', 'untouched')
    symlinkSync(target, join(folder, 'link.json'))
    for (const to of ['/dev/null', folder, join(folder, 'link.json')])
      await assert.rejects(run(input, '--to', to), { code: 'unwritable-file', message: /: is no regular file; / })
    assert.equal(readFileSync(target, 'utf8'), 'untouched')
  })
})
