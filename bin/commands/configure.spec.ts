import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { verifySignature } from '../../kernel/separation/boot/configuration-authority.js'
import { publicKeyBytes } from '../../kernel/separation/config/compiler/sign-vector.js'
import { decodeVector } from '../../kernel/separation/config/vector.js'
import { chainOfPartitions } from '../../test/kernel/chain-of-partitions.js'
import { GUARDED_SYSTEM } from '../../test/kernel/guarded-system.js'
import { OWNER_KEY } from '../../kernel/testbench/published-keys.js'
import { parseInvocation } from '../command.js'
import type { Terminal } from '../terminal.js'
import { command } from './configure.js'

let folder = ''
const place = (name: string) => join(folder, name)

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-configure-'))
  writeFileSync(place('guarded.yaml'), GUARDED_SYSTEM)
  writeFileSync(place('wrong.yaml'), GUARDED_SYSTEM.replaceAll('data: 4 KiB', 'data: 5 KiB').replace('at: 20000', 'at: 19999'))
  writeFileSync(place('undeclared.yaml'), GUARDED_SYSTEM.replace('to: [guard]', 'to: [guard, high]'))
  writeFileSync(place('no-system.yaml'), GUARDED_SYSTEM.replace('revision: 1', 'revision: one').replace('kind: sampling', 'kind: sampled'))
  writeFileSync(place('owner.pem'), OWNER_KEY.export({ format: 'pem', type: 'pkcs8' }))
})
after(() => {
  rmSync(folder, { recursive: true })
})

async function configure(...args: readonly string[]): Promise<{ readonly status: number; readonly lines: readonly string[] }> {
  let out = ''
  const terminal: Terminal = { out: (text) => void (out += text), progress: () => undefined, closed: () => false }
  const invocation = parseInvocation(command, args)
  assert.ok(invocation !== 'help')
  return { status: await command.run(invocation, terminal), lines: out.trimEnd().split('\n') }
}

describe('bulkhead configure', () => {
  const misuses: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ['no file', () => [], /no configuration given; remedy/],
    ['a file that is not there', () => ['none.yaml'], /^none\.yaml: no such file; remedy/],
    ['a folder', () => [folder], /is a folder; remedy/],
    ['an explanation of one partition', () => [place('guarded.yaml'), '--explain', 'low'], /--explain needs the file and two partitions/],
    [
      'an explanation of a stranger',
      () => [place('guarded.yaml'), '--explain', 'low', 'lower'],
      /"lower" is no partition of guarded; remedy: name two of low, guard/,
    ],
    ['an explanation of one partition twice', () => [place('guarded.yaml'), '--explain', 'low', 'low'], /a partition reaches itself/],
    ['partitions without a question', () => [place('guarded.yaml'), 'low', 'high'], /unexpected operand "low"/],
    ['a check that writes', () => [place('guarded.yaml'), '--check', '--out', 'x'], /--check writes nothing/],
    ['a signature on nothing', () => [place('guarded.yaml'), '--sign', place('owner.pem')], /--sign needs --out/],
    [
      'a key that is not there',
      () => [place('guarded.yaml'), '--out', 'x', '--sign', place('none.pem')],
      /no such file; remedy: make a key/,
    ],
  ]
  for (const [what, args, refusal] of misuses)
    test(`refuses ${what}, with the remedy`, () => assert.rejects(configure(...args()), { code: 'usage', message: refusal }))

  test('tells every finding of a refused system with file, line, rule and remedy, ends with 1, and writes no vector', async () => {
    const { status, lines } = await configure(place('wrong.yaml'), '--out', place('wrong.vector'))
    assert.equal(status, 1)
    assert.equal(
      lines.filter((line) => /wrong\.yaml:\d+: memory-pages: 5 KiB is not a multiple of a page; remedy: round it/.test(line)).length,
      4,
    )
    assert.match(lines.at(-1) ?? '', /wrong\.yaml:15: window-overlap: .*; remedy: /)
    assert.equal(existsSync(place('wrong.vector')), false)
  })

  test('ends with 2 for what is no configuration, with a line for each object that is not', async () => {
    const { status, lines } = await configure(place('no-system.yaml'))
    assert.equal(status, 2)
    assert.deepEqual(
      lines.map((line) => /no-system\.yaml:(\d+): (\S+):/.exec(line)?.slice(1)),
      [
        ['2', 'schema'],
        ['11', 'schema'],
      ],
    )
  })

  test('writes the vector of an accepted system, which the kernel decodes', async () => {
    const { status, lines } = await configure(place('guarded.yaml'), '--out', place('guarded.vector'))
    assert.equal(status, 0)
    assert.match(lines[0] ?? '', /^guarded, revision 1: accepted by \d+ validators$/)
    const decoded = decodeVector(new Uint8Array(readFileSync(place('guarded.vector'))))
    assert.equal(decoded.ok && decoded.value.name, 'guarded')
  })

  test('signs it with the key of its owner, and tells the public half', async () => {
    const { lines } = await configure(place('guarded.yaml'), '--out', place('signed.vector'), '--sign', place('owner.pem'))
    const signed = new Uint8Array(readFileSync(place('signed.vector')))
    const vector = signed.subarray(0, -64)
    assert.ok(decodeVector(vector).ok)
    assert.ok(verifySignature(publicKeyBytes(OWNER_KEY), vector, signed.subarray(-64)))
    assert.equal(lines.at(-1), 'signature behind the vector; public key d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
  })

  test('explains a way object by object, with the lines of the file, and the policy that demands it', async () => {
    const { status, lines } = await configure(place('guarded.yaml'), '--explain', 'low', 'high')
    assert.equal(status, 0)
    assert.deepEqual(lines, [
      'low can reach high through guard, if it passes on what it learns',
      '  policy, line 23: every way passes guard',
      '  low to guard: allowed by policy.flows, line 20',
      '    line 11: port up: low sends by slot 0, guard receives by slot 0',
      '  guard to high: allowed by policy.flows, line 21',
      '    line 12: port checked: guard sends by slot 1, high receives by slot 0',
    ])
  })

  test('explains why there is no way, and ends with 1', async () => {
    const { status, lines } = await configure(place('guarded.yaml'), '--explain', 'high', 'low')
    assert.equal(status, 1)
    assert.deepEqual(lines, [
      'high cannot reach low: nothing that high can cause is noticed, by however many others, by low',
      '  policy, line 25: no way may connect them',
      '  information from high can reach nobody',
      '  information can reach low from nobody',
    ])
  })

  test('explains and draws a flow that the policy does not allow, and refuses the system', async () => {
    const { status, lines } = await configure(place('undeclared.yaml'), '--flows', place('undeclared.svg'), '--explain', 'low', 'high')
    assert.equal(status, 1)
    assert.ok(lines.some((line) => line.includes('flow-declared')))
    assert.ok(lines.includes('  low to high: the policy does not list it'))
    assert.match(readFileSync(place('undeclared.svg'), 'utf8'), /port up: from low to guard, high</)
  })

  test('draws no picture that nobody could read', async () => {
    writeFileSync(place('many.yaml'), chainOfPartitions(65))
    await assert.rejects(configure(place('many.yaml'), '--flows', place('many.svg')), /nobody can read a picture of 65 partitions; remedy/)
  })

  test('answers as one line of JSON, accepted or not', async () => {
    const good = JSON.parse((await configure(place('guarded.yaml'), '--json')).lines.join('')) as Record<string, unknown>
    assert.deepEqual([good['accepted'], good['findings'], good['partitions']], [true, [], ['low', 'guard', 'high', 'apart']])
    assert.equal(
      JSON.stringify(good['flows']),
      JSON.stringify([
        { from: 'low', to: 'guard', through: [{ kind: 'port', label: 'port up' }] },
        { from: 'guard', to: 'high', through: [{ kind: 'port', label: 'port checked' }] },
      ]),
    )
    const bad = JSON.parse((await configure(place('wrong.yaml'), '--json')).lines.join('')) as Record<string, unknown>
    assert.deepEqual([bad['accepted'], (bad['findings'] as unknown[]).length], [false, 5])
  })
})
