/** The committed reference is what the program says of itself, and the pages written by hand name every word the program uses. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describePack } from '../../evidence/attest/manifest.js'
import { traceStates } from '../../evidence/items/traced-set.js'
import { scenarioVerdicts } from '../../evidence/model/verdict.js'
import { projectRoot } from '../project.js'
import { codeSpan, markdownTable, plainText } from './markdown.js'
import { referencePages } from './reference-pages.js'
import { schemaPage, typeOf } from './schema-page.js'

const reference = join(projectRoot, 'docs/reference')
const REMEDY = 'remedy: node bin/reference.js'

describe('The committed reference', async () => {
  const pages = await referencePages()

  for (const [page, text] of pages)
    test(`${page} is what the program says`, () => assert.equal(readFileSync(join(reference, page), 'utf8'), text, REMEDY))

  test('has no page of a command or schema that is gone', () => {
    const found = ['commands', 'schemas'].flatMap((part) => readdirSync(join(reference, part)).map((name) => `${part}/${name}`))
    assert.deepEqual(
      found.filter((page) => !pages.has(page)),
      [],
      REMEDY,
    )
  })

  test('explains every verdict and every state', () => {
    const text = readFileSync(join(reference, 'verdicts.md'), 'utf8')
    const words = [...scenarioVerdicts, ...traceStates, 'not-required', 'none']
    assert.deepEqual(
      words.filter((word) => !text.includes(codeSpan(word))),
      [],
    )
  })

  test('a link from a page of docs to a file leads to one that is there', () => {
    const docs = readdirSync(join(projectRoot, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
    assert.ok(docs.length > 20, 'the search for pages is wrong')
    const broken = ['../README.md', ...docs].flatMap((name) => {
      const file = join(projectRoot, 'docs', name)
      return linksIn(readFileSync(file, 'utf8'))
        .filter((target) => !isThere(join(file, '..', target)))
        .map((target) => `${name}: ${target}`)
    })
    assert.deepEqual(broken, [])
  })
})

/** Relative targets outside of code, without their anchors. */
function linksIn(markdown: string): string[] {
  const prose = markdown.replace(/^```[^]*?^```/gmu, '').replace(/`[^`\n]*`/gu, '')
  return [...prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/gu)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/u.test(target))
}

function isThere(path: string): boolean {
  try {
    readFileSync(path)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EISDIR'
  }
}

describe('Markdown that is generated', () => {
  test('a bar in a cell does not end it', () => assert.equal(markdownTable(['a'], [['x|y']]), '| a    |\n| ---- |\n| x\\|y |'))
  test('text is not read as markup', () =>
    assert.equal(plainText('*all* [a](b) <i> _x_ file_name'), '\\*all\\* \\[a\\](b) \\<i> \\_x\\_ file_name'))
  test('code with backticks has a longer fence', () => assert.equal(codeSpan('a`b'), '`` a`b ``'))
})

describe('The page of a schema', () => {
  test('names members of lists of objects by their path, with what must be there', () => {
    const page = schemaPage(
      {
        title: 'T',
        type: 'object',
        required: ['list'],
        properties: {
          list: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id'],
              properties: { id: { type: 'string', description: 'Its name.' }, n: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
      'a.schema.json',
    )
    const rows = page.split('\n').filter((line) => line.startsWith('| `'))
    const cells = rows.map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    )
    assert.deepEqual(cells, [
      ['`list`', 'list of object', 'yes', ''],
      ['`list[].id`', 'text', 'yes', 'Its name.'],
      ['`list[].n`', 'whole number from 1', 'no', ''],
    ])
  })

  test('says which values are possible', () => {
    assert.equal(typeOf({ enum: ['a', 'b'] }), '`a`, `b`')
    assert.equal(typeOf({ type: ['string', 'null'] }), 'text or null')
    assert.equal(typeOf({ anyOf: [{ type: 'string' }, { $ref: '#/$defs/record' }] }), 'text or [record](#record)')
  })
})

describe('The schema of the manifest', () => {
  test('fits the manifest of a pack, and refuses one with a member missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifest-'))
    writeFileSync(join(folder, 'index.html'), '<p>evidence</p>')
    const manifest = describePack(folder)
    rmSync(folder, { recursive: true })
    const schema = JSON.parse(readFileSync(join(projectRoot, 'evidence/attest/schema/manifest.schema.json'), 'utf8')) as object
    const validate = new Ajv2020().compile(schema)
    assert.equal(validate(manifest), true, JSON.stringify(validate.errors))
    assert.equal(validate({ ...manifest, digest: undefined }), false)
  })
})
