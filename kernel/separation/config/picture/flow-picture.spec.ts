import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SaxesParser } from 'saxes'
import { GUARDED_SYSTEM } from '../../../../test/kernel/guarded-system.js'
import { VALID_SYSTEM } from '../../../../test/kernel/valid-system.js'
import { compileConfiguration } from '../compiler/compile.js'
import { readSource } from '../source/system-source.js'
import { flowPicture } from './flow-picture.js'

const NO_RULES = { mustPass: [], never: [] }

function pictureOf(text: string): string {
  const source = readSource('system.yaml', text)
  return flowPicture(compileConfiguration(source), source.system.policy)
}

/** Names of elements in order, and all text. @throws where it is not XML */
function parsed(svg: string): { readonly elements: readonly string[]; readonly texts: readonly string[] } {
  const elements: string[] = []
  const texts: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => elements.push(name))
  parser.on('text', (content) => texts.push(content))
  parser.write(svg).close()
  return { elements, texts: texts.map((content) => content.trim()).filter((content) => content !== '') }
}

describe('The flow picture', () => {
  test('is XML, and tells what it shows to who cannot see it', () => {
    const svg = pictureOf(GUARDED_SYSTEM)
    const { elements, texts } = parsed(svg)
    assert.deepEqual(elements.slice(0, 3), ['svg', 'title', 'desc'])
    assert.equal(texts[0], 'Information flows of guarded')
    assert.match(texts[1] ?? '', /^4 partitions: low, guard, high, apart\. port up: from low to guard\. port checked: from guard to high\./)
    assert.match(texts[1] ?? '', /must pass guard: from low to high via guard\./)
    assert.match(svg, /role="img" aria-labelledby="flows-guarded-title flows-guarded-desc"/)
  })

  test('has a row for every object, and no other, in the colours of light and dark', () => {
    const { texts } = parsed(pictureOf(VALID_SYSTEM))
    for (const label of [
      'port altitude',
      'port orders',
      'fill of port orders',
      'notification alert',
      'shared region map',
      'control by beta',
    ])
      assert.equal(texts.filter((content) => content === label).length, 1, label)
    assert.ok(!texts.includes('fill of port altitude'))
    assert.match(pictureOf(VALID_SYSTEM), /prefers-color-scheme:dark/)
  })

  test('escapes names, whoever made the configuration', () => {
    const valid = compileConfiguration(readSource('system.yaml', VALID_SYSTEM))
    const [first, ...others] = valid.partitions
    const svg = flowPicture(
      { ...valid, name: '"><script>', partitions: [{ ...(first ?? assert.fail()), name: '</text>&\u0000' }, ...others] },
      NO_RULES,
    )
    assert.ok(!svg.includes('<script>'))
    assert.equal(parsed(svg).elements.filter((name) => name === 'script').length, 0)
    assert.ok(svg.includes('&lt;/text&gt;&amp;\ufffd'))
  })

  test('of one configuration is the same to the byte', () => assert.equal(pictureOf(VALID_SYSTEM), pictureOf(VALID_SYSTEM)))

  test('ends in a cross, and in no arrowhead, where the policy lets nothing through', () => {
    const row =
      pictureOf(GUARDED_SYSTEM)
        .split('\n')
        .find((line) => line.includes('never, through whomever: from high to low<')) ?? ''
    assert.equal(row.match(/<path class="cross"/g)?.length, 1)
    assert.equal(row.match(/<path/g)?.length, 1)
  })

  test('points from each side on which somebody causes', () => {
    const valid = compileConfiguration(readSource('system.yaml', GUARDED_SYSTEM))
    const svg = flowPicture(
      {
        ...valid,
        sharedRegions: [
          { name: 'board', memory: { address: 0, bytes: 0 }, maps: [0, 1, 2].map((partition) => ({ partition, at: 0, write: true })) },
        ],
      },
      NO_RULES,
    )
    const row = svg.split('\n').find((line) => line.includes('shared region board: from low, guard, high to low, guard, high<')) ?? ''
    assert.equal(row.match(/<circle/g)?.length, 3)
    assert.equal(row.match(/<path/g)?.length, 4)
  })
})
