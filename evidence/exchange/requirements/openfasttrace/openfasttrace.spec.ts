/** OpenFastTrace specification items. OpenFastTrace user guide, "Requirement Format", and the behaviour of its importer. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { found, linked, readTexts } from '../test/read-texts.js'
import { openFastTraceFormat } from './openfasttrace-format.js'

const read = (text: string, name = 'a.md') => readTexts(openFastTraceFormat, { [name]: text })

describe('OpenFastTrace: what cannot be read is reported', () => {
  const reports: readonly (readonly [string, string, string])[] = [
    ['needs that are no list of words: losing them would make the item covered', 'req~a~1\nNeeds: dsn, \n', 'unreadable req~a 2'],
    ['a covered item without a revision', 'req~a~1\nCovers:\n* feat~b\n', 'unreadable req~a 3'],
    ['a covered item on the line of the keyword', 'req~a~1\nCovers: feat~b~1\n', 'unreadable req~a 2'],
    ['an unknown status', 'req~a~1\nStatus: done\n', 'unreadable req~a 2'],
    ['two ids in one entry, of which only the last counts', 'req~a~1\nfeat~x~1\nCovers:\n* feat~b~1 and req~a~1\n', 'unreadable feat~x 4'],
    ['an item given twice in one revision', 'req~a~1\n\nreq~a~1\n', 'duplicate req~a 3'],
    ['a link to nothing', 'req~a~1\nCovers:\n* feat~b~1\n', 'dangling feat~b 3'],
  ]
  for (const [name, text, report] of reports) test(name, async () => assert.deepEqual(found(await read(text)), [report]))

  test('a document without items is refused', async () => {
    await assert.rejects(read('# Title\n\nreq~a without revision\n'), { code: 'no-items' })
  })
})

describe('OpenFastTrace items', () => {
  const markups: readonly (readonly [string, string])[] = [
    ['a.md', '# Title\n`req~login.first-try~17`\n'],
    ['a.md', 'Title\n=====\nreq~login.first-try~17\n'],
    ['a.rst', 'Title\n~~~~~\n`req~login.first-try~17`\n'],
  ]
  for (const [name, head] of markups)
    test(`id, revision, title and line: ${JSON.stringify(head)} in ${name}`, async () => {
      const [item] = (await read(head, name)).items
      assert.deepEqual(
        [item?.id, item?.revision, item?.kind, item?.title, item?.place.line],
        ['req~login.first-try', '17', 'req', 'Title', head.split('\n').length - 1],
      )
    })

  test('description, rationale, comment, status, tags, needs in a line and in a list, depends and covers', async () => {
    const text =
      'req~a~1\nStatus: draft\nIt shall.\n\nMore.\n\nRationale:\nwhy\n\nComment:\nsay\n\nCovers:\n\n- [feat~f~2](#f)\n+ `feat~g~1`\n\nDepends:\n* req~b~1\n\nNeeds: dsn , utest\n\nTags:\n* x, y\n\nNeeds:\n* impl\n'
    const set = await read(text)
    const [item] = set.items
    assert.deepEqual(
      [item?.status, item?.text, item?.rationale, item?.needs],
      ['draft', 'It shall.\n\nMore.', 'why', ['dsn', 'utest', 'impl']],
    )
    assert.deepEqual(item?.attributes, { comment: 'say', tags: ['x', 'y'] })
    assert.deepEqual(linked(set), ['req~a -covers-> feat~f~2', 'req~a -covers-> feat~g~1', 'req~a -depends-> req~b~1'])
  })

  test('a forward is an item of the skipped type that hands the needs on', async () => {
    const set = await read('req~a~3\nNeeds: arch\n\n# Forwards\n\n`arch --> dsn, impl : req~a~3`\n')
    const forward = set.items[1]
    assert.deepEqual(
      [forward?.id, forward?.revision, forward?.needs, linked(set)],
      ['arch~a', '3', ['dsn', 'impl'], ['arch~a -covers-> req~a~3']],
    )
  })

  test('a title ends an item; code blocks and what stands between oft:off and oft:on are not read', async () => {
    const set = await read(
      'req~a~1\ntext\n# Other\nNeeds: dsn\n\n```\nreq~code~1\n```\n<!-- oft:off -->\nreq~off~1\n<!-- oft:on -->\nreq~b~1\n',
    )
    assert.deepEqual(
      set.items.map(({ id, needs }) => [id, needs]),
      [
        ['req~a', []],
        ['req~b', []],
      ],
    )
  })

  test('more tags in one line than a call may have arguments', async () => {
    const [item] = (await read(`req~a~1\nTags:\n* ${'a,'.repeat(300_000)}b\n`)).items
    assert.equal(Object.keys(item?.attributes['tags'] ?? []).length, 300_001)
  })

  test('the same name in two types is two items', async () => {
    assert.deepEqual(found(await read('req~a~1\n\ndsn~a~1\n\nreq~a~2\n')), [])
  })

  test('every id of the grammar is found at the beginning of a line, in backquotes or not', () => {
    const part = fc.stringMatching(/^[a-zA-Z][\w-]{0,5}$/)
    const id = fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.array(part, { minLength: 1, maxLength: 3 }), fc.nat(999), fc.boolean())
    return fc.assert(
      fc.asyncProperty(id, async ([type, parts, revision, isQuoted]) => {
        const name = `${type}~${parts.join('.')}`
        const [item] = (await read(isQuoted ? `\`${name}~${revision}\`` : `${name}~${revision} tail`)).items
        assert.deepEqual([item?.id, item?.revision], [name, String(revision)])
      }),
      { seed: 17, numRuns: 60 },
    )
  })

  test('Markdown without items is no specification', () => {
    assert.equal(openFastTraceFormat.recognises('# a\n\nabout req~a~1 in a sentence\n', 'a.md'), false)
    assert.equal(openFastTraceFormat.recognises('# a\n\n`req~a~1`\n', 'a.md'), true)
  })
})
