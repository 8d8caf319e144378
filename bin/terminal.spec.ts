import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { describe, test } from 'node:test'
import { oneLine, openTerminal, visible, type TerminalStreams } from './terminal.js'

describe('Text that others made is shown, not obeyed', () => {
  const hostile: readonly (readonly [string, string, string])[] = [
    ['an escape sequence', '\u001b[2Jgone', '\\u{1b}[2Jgone'],
    ['a C1 control sequence introducer', '\u009b31m', '\\u{9b}31m'],
    ['a carriage return that overwrites the line', 'failed\rpassed', 'failed\\u{d}passed'],
    ['a right-to-left override', 'a\u202ecod.exe', 'a\\u{202e}cod.exe'],
    ['an isolate', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
  ]
  for (const [what, text, shown] of hostile) test(what, () => assert.equal(visible(text), shown))

  test('tab, newline and letters of any script stay', () => assert.equal(visible('a\tb\nπ é 漢'), 'a\tb\nπ é 漢'))

  test('a message is one line of bearable length', () => {
    assert.equal(oneLine('first\nsecond'), 'first')
    assert.equal(oneLine('x'.repeat(700)), `${'x'.repeat(600)} ...`)
  })
})

describe('A reader that goes away', () => {
  class Stream extends EventEmitter {
    readonly written: string[] = []
    write(text: string): boolean {
      this.written.push(text)
      return true
    }
  }
  const open = () => {
    const [stdout, stderr] = [new Stream(), new Stream()]
    return { stdout, stderr, terminal: openTerminal({ stdout, stderr, elapsed: () => 1.26 } as unknown as TerminalStreams) }
  }

  test('ends the output and is no failure', () => {
    const { stdout, terminal } = open()
    terminal.out('one')
    stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    terminal.out('two')
    assert.deepEqual(stdout.written, ['one'])
    assert.equal(terminal.closed(), true)
  })

  test('progress is one line with the seconds it came after, beside the answer', () => {
    const { stdout, stderr, terminal } = open()
    terminal.progress('judging\nmore')
    assert.deepEqual([stdout.written, stderr.written], [[], ['   1.3 s  judging\n']])
  })

  test('progress through work of known size tells the time left once something was done', () => {
    const [stdout, stderr] = [new Stream(), new Stream()]
    const times = [0, 10, 20]
    const terminal = openTerminal({ stdout, stderr, elapsed: () => times.shift() ?? 0 } as unknown as TerminalStreams)
    terminal.progress('round 1', 0)
    terminal.progress('round 2', 0.25)
    terminal.progress('all done', 1)
    assert.deepEqual(stderr.written, ['   0.0 s  round 1\n', '  10.0 s  round 2, about 30 s left\n', '  20.0 s  all done\n'])
  })

  test('another error of the stream is one', () => {
    const { stdout } = open()
    assert.throws(() => stdout.emit('error', Object.assign(new Error('no space'), { code: 'ENOSPC' })), /no space/)
  })
})
