import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { helpOf, parseInvocation, UsageError, type Command, type Invocation } from './command.js'

const sample: Command = {
  name: 'sample',
  summary: 'does a thing',
  usage: 'sample [options] FILE',
  options: {
    out: { type: 'string', value: 'DIR', help: 'where it goes' },
    input: { type: 'string', multiple: true, value: 'FILE', help: 'what is read; may be repeated' },
    limit: { type: 'string', value: 'N', help: 'how many' },
    json: { type: 'boolean', short: 'j', help: 'answer as JSON' },
  },
  operands: 1,
  run: async () => 0,
}

const parse = (...args: readonly string[]): Invocation => {
  const invocation = parseInvocation(sample, args)
  assert.notEqual(invocation, 'help')
  return invocation as Invocation
}

describe('The command line', () => {
  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown option', ['--colour'], /^sample: unknown option '--colour'; remedy: see "bulkhead sample --help"$/],
    ['an option without its value', ['--out'], /^sample: option '--out <value>' argument missing; remedy/],
    ['a flag with a value', ['--json=yes'], /^sample: option '-j, --json' does not take an argument; remedy/],
    ['an operand too many', ['a', 'b'], /^sample: unexpected operand "b"; remedy/],
  ]
  for (const [what, args, message] of misuses)
    test(`${what} is refused in one line`, () =>
      assert.throws(
        () => parse(...args),
        (error) => error instanceof UsageError && message.test(error.message),
      ))

  test('--help is answered whatever else stands there', () => {
    assert.equal(parseInvocation(sample, ['--nonsense', '--help']), 'help')
    assert.equal(parse('--', '--help').operands[0], '--help')
  })

  test('values are read by their option', () => {
    const invocation = parse('--out', 'there', '--input', 'a', '--input=b', '-j', 'operand')
    assert.equal(invocation.text('out'), 'there')
    assert.deepEqual(invocation.list('input'), ['a', 'b'])
    assert.equal(invocation.flag('json'), true)
    assert.deepEqual(invocation.operands, ['operand'])
    assert.equal(parse().text('out'), undefined)
  })

  for (const text of ['0', '11', '-1', '1.5', '1e1', '', 'ten', '0x5', ' 5'])
    test(`${JSON.stringify(text)} is no whole number from 1 to 10`, () =>
      assert.throws(() => parse(`--limit=${text}`).integer('limit', 1, { least: 1, most: 10 }), UsageError))

  test('a whole number in the range is read, an absent one has its default', () => {
    assert.equal(parse('--limit=10').integer('limit', 1, { least: 1, most: 10 }), 10)
    assert.equal(parse().integer('limit', 7, { least: 1, most: 10 }), 7)
  })

  test('a choice outside the list is refused', () => {
    assert.throws(() => parse('--out=x').choice('out', 'a', ['a', 'b']), /--out "x": not one of a, b/)
    assert.equal(parse('--out=b').choice('out', 'a', ['a', 'b']), 'b')
  })

  test('the help names every option that is accepted', () => {
    const help = helpOf(sample)
    for (const option of ['--out DIR', '--input FILE', '--limit N', '-j, --json', '-h, --help']) assert.ok(help.includes(option), option)
    assert.ok(help.startsWith('Usage: bulkhead sample [options] FILE\n\nDoes a thing.\n'))
  })
})
