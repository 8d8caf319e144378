/** Tags in sources: OpenFastTrace user guide, "Coverage Tags"; REQUIREMENT of F Prime; @verifies and its kin; patterns of a map. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { found, linked, readTexts } from '../test/read-texts.js'
import { linearPattern } from './linear-pattern.js'
import { sourceTagsFormat } from './source-tags-format.js'

const read = (text: string, name = 'src/a.cpp', map: Readonly<Record<string, unknown>> | null = null) =>
  readTexts(sourceTagsFormat, { [name]: text }, map)

describe('Tags in sources', () => {
  const tags: readonly (readonly [string, string, readonly string[]])[] = [
    ['// [impl->req~a.b~2]', 'impl', ['src/a.cpp:1 -covers-> req~a.b~2']],
    ['// [ utest~mine~3 -> dsn~x~1 >> itest ]', 'utest', ['utest~mine -covers-> dsn~x~1']],
    ['  REQUIREMENT("SVC-X-001");', 'test', ['src/a.cpp:1 -verifies-> SVC-X-001']],
    ["REQUIREMENT('R 1')", 'test', ['src/a.cpp:1 -verifies-> R 1']],
    ['* @verifies R-1, R-2~3 and some words', 'test', ['src/a.cpp:1 -verifies-> R-1', 'src/a.cpp:1 -verifies-> R-2~3']],
    ['// @implements(R-1).', 'impl', ['src/a.cpp:1 -implements-> R-1']],
    ['# lobster-trace: pkg.req_a,pkg.req_b', 'impl', ['src/a.cpp:1 -traces-> pkg.req_a', 'src/a.cpp:1 -traces-> pkg.req_b']],
    ['@relation(R-1, R-2, scope=file)', 'impl', ['src/a.cpp:1 -covers-> R-1', 'src/a.cpp:1 -covers-> R-2']],
  ]
  for (const [line, kind, links] of tags)
    test(line, async () => {
      const set = await read(`${line}\n`)
      assert.deepEqual([set.items[0]?.kind, linked(set), found(set)], [kind, links, []])
    })

  test('a tag that says neither is a test in a test file', async () => {
    assert.equal((await read('@covers R-1', 'test/a.py')).items[0]?.kind, 'test')
  })

  test('partial verification is partial', async () => {
    assert.equal((await read('@partially_verifies R-1')).items[0]?.links[0]?.extent, 'partial')
  })

  test('a tag without revision is reported, not passed over', async () => {
    assert.deepEqual(found(await read('[impl->req~a]\n[impl->req~b~1]\n')), ['unreadable src/a.cpp 1'])
  })

  test('mail addresses, decorators and code with arrows are no tags', async () => {
    await assert.rejects(read('me@example.org\n@Override\nmap[a->b] = x->y;\n@param R-1\n'), { code: 'no-items' })
  })

  test('two tags of one line are two items', async () => {
    assert.deepEqual(
      (await read('[impl->req~a~1] [impl->req~b~1]')).items.map(({ id }) => id),
      ['src/a.cpp:1', 'src/a.cpp:1:2'],
    )
  })

  test('patterns of a map take the place of the known tags', async () => {
    const map = {
      format: 'source-tags',
      patterns: [{ pattern: 'Covers:\\s*([A-Z]+-\\d+)', kind: 'utest', role: 'covers', extent: 'partial' }],
    }
    const set = await read('// Covers: ABC-12\n// @verifies R-1\n', 'a.c', map)
    assert.deepEqual([set.items[0]?.kind, linked(set)], ['utest', ['a.c:1 -covers-> ABC-12']])
  })
})

describe('Patterns of a user', () => {
  for (const pattern of [
    '(a+)+b',
    '(a|aa)+b',
    '(.*)x',
    'a*a*b',
    'a?a?a?a?aaaa',
    '(\\w+)\\w',
    '.{0,99}.{0,99}y',
    '(?=x)y',
    '(a)\\1',
    '(x',
    'a*',
    'x|y',
  ])
    test(`refused, since they could run for ever or say nothing: ${pattern}`, () => {
      assert.throws(() => linearPattern(pattern), { code: 'malformed-map' })
    })

  test('what is accepted stays linear on the worst lines for it', () => {
    for (const pattern of ['REQ:\\s*([A-Z]+-\\d+)', '"([^"]*)"', '(?<id>\\w+)~\\d+', '\\[([A-Z]{2,8}-\\d{1,5})\\]']) {
      const expression = linearPattern(pattern)
      const before = process.cpuUsage().user
      for (const filler of ['A', '"', '1', ' ', 'REQ:', '[A', 'a~']) [...filler.repeat(2000).matchAll(expression)].forEach(() => undefined)
      assert.ok(process.cpuUsage().user - before < 1_000_000, pattern)
    }
  })
})
