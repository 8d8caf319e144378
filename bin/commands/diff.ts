/** `bulkhead diff`: what differs between two traces, and whether anything got worse. */
import { resolve } from 'node:path'
import { readTrace } from '../../evidence/exchange/trace/read-trace.js'
import { differenceOf, type Change, type ChangedPart, type TraceDifference } from '../../evidence/trace/items/difference.js'
import { misuse, type Command, type ExitCode, type Invocation } from '../command.js'
import { oneLine, type Terminal } from '../terminal.js'

/** A terminal shows the first of each kind; `--json` has all. */
const shown = 50

export const command: Command = {
  name: 'diff',
  summary: 'what differs between two traces; exit 1 when something got worse',
  usage: 'diff OLD NEW [--json]',
  options: { json: { type: 'boolean', help: 'the answer as JSON' } },
  operands: 2,
  run: diff,
}

async function diff(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const [old, now] = invocation.operands
  if (old === undefined || now === undefined) throw misuse(command, 'two folders with a trace are needed')
  const difference = differenceOf(readTrace(old, resolve(old)), readTrace(now, resolve(now)))
  if (invocation.flag('json')) terminal.out(`${JSON.stringify(difference)}\n`)
  else print(difference, terminal)
  return difference.worse.length === 0 ? 0 : 1
}

function print({ requirements, tests, coverage, worse }: TraceDifference, terminal: Terminal): void {
  const say = (line: string): void => terminal.out(`${oneLine(line)}\n`)
  printPart('requirements', requirements, say)
  printPart('tests', tests, say)
  say(`coverage: ${coverage.length} changed`)
  printChanges(coverage, say)
  if (worse.length === 0) say('nothing got worse')
  else say(`worse: ${worse.length}`)
  for (const line of worse.slice(0, shown)) say(`  ${line}`)
  if (worse.length > shown) say(`  and ${worse.length - shown} more; --json lists them`)
}

function printPart(name: string, { added, removed, changed }: ChangedPart, say: (line: string) => void): void {
  say(`${name}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`)
  for (const [sign, list] of [
    ['+', added],
    ['-', removed],
  ] as const) {
    for (const { id, name: title, verdict } of list.slice(0, shown)) say(`  ${sign} ${id}: ${title} (${verdict})`)
    if (list.length > shown) say(`  ${sign} and ${list.length - shown} more`)
  }
  printChanges(changed, say)
}

function printChanges(changes: readonly Change[], say: (line: string) => void): void {
  for (const { id, name, what } of changes.slice(0, shown)) say(`  ~ ${id}${name === id ? '' : `: ${name}`}: ${what.join(', ')}`)
  if (changes.length > shown) say(`  ~ and ${changes.length - shown} more`)
}
