/** Streams that come back to a document: every pickle is told by its own, wherever that stands. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { collectMessages } from '../cucumber-messages.js'
import { sampleMessages, type SampleFeature } from '../sample-stream.js'
import { messageFile, type MessageFile } from './message-file.js'

const folder = mkdtempSync(join(tmpdir(), 'feature-shelf-'))
after(() => rmSync(folder, { recursive: true }))

const features = ['a', 'b', 'c'].map((name): SampleFeature => ({
  uri: `features/${name}.feature`,
  name: `feature ${name} é`,
  scenarios: ['one', 'two'].map((scenario) => ({ name: scenario, rule: `rule ${name}`, attempts: [] })),
}))
const inOrder = sampleMessages(features)
const kindOf = (line: string): string => /^\{"(\w+)"/.exec(line)?.[1] ?? ''
const isPickle = (line: string): boolean => kindOf(line) === 'pickle'
const pickles = inOrder.filter(isPickle)
const lastDocument = inOrder.findLastIndex((line) => kindOf(line) === 'gherkinDocument')

/** All documents first, then the pickles in another order than theirs: each comes back to a document. */
const comesBack = [
  ...inOrder.slice(0, lastDocument + 1).filter((line) => !isPickle(line)),
  ...[...pickles.filter((_, i) => i % 2 === 0), ...pickles.filter((_, i) => i % 2 === 1)],
  ...inOrder.slice(lastDocument + 1).filter((line) => !isPickle(line)),
]

function written(lines: readonly string[], mark = ''): MessageFile {
  const path = join(folder, 'm.ndjson')
  writeFileSync(path, mark + lines.map((line) => `${line}\n`).join(''))
  return messageFile('m.ndjson', path)
}

const told = async (file: MessageFile): Promise<unknown> => (await collectMessages([file], 'reported')).scenarios

describe('a stream that comes back to its documents', () => {
  test('gives what the same stream gives in order', async () =>
    assert.deepEqual(await told(written(comesBack)), await told(written(inOrder))))

  test('with a byte-order mark and empty lines, too', async () =>
    assert.deepEqual(await told(written(['', ...comesBack.flatMap((line) => [line, ' '])], '\ufeff')), await told(written(inOrder))))

  test('is refused with the line of the document when that is no longer what it was', async () => {
    const file = written(comesBack)
    const line = comesBack.findIndex((text) => kindOf(text) === 'gherkinDocument') + 1
    const changes: readonly MessageFile['readAgain'][] = [
      () => Buffer.alloc(0),
      (start, length) => file.readAgain(start, length - 1),
      (start, length) => Buffer.from(file.readAgain(start, length).toString('utf8').replace('a.feature', 'z.feature')),
    ]
    for (const readAgain of changes)
      await assert.rejects(told({ ...written(comesBack), readAgain }), {
        name: 'EvidenceError',
        message: new RegExp(`^m\\.ndjson:${line}: `),
      })
  })
})
