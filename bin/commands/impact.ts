/** `bulkhead impact`: what a change of requirements or files touches, up to what they detail and down to the tests to run again. */
import { resolve } from 'node:path'
import { readTrace } from '../../evidence/exchange/trace/read-trace.js'
import type { RecordedRequirement, RecordedTest } from '../../evidence/items/traced-record.js'
import { impactOf } from '../../evidence/trace/items/impact.js'
import { misuse, type Command, type ExitCode, type Invocation } from '../command.js'
import { oneLine, type Terminal } from '../terminal.js'

export const command: Command = {
  name: 'impact',
  summary: 'what a change of requirements or files touches: requirements, tests and modules of a trace',
  usage: 'impact FOLDER --of ID-OR-FILE [--of ...] [--json]',
  options: {
    of: {
      type: 'string',
      multiple: true,
      value: 'ID',
      help: 'id of a requirement, a feature or source file, or a folder with its closing /',
    },
    json: { type: 'boolean', help: 'the answer as JSON' },
  },
  operands: 1,
  run: impact,
}

/** 1: something that was asked for is not in the trace, so what it touches is not known. */
async function impact(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const [folder] = invocation.operands
  const changed = invocation.list('of')
  if (folder === undefined) throw misuse(command, 'the folder of a trace is needed')
  if (changed.length === 0) throw misuse(command, 'no --of given')
  const record = readTrace(folder, resolve(folder))
  const found = impactOf(record, changed)
  const requirement = (at: number): RecordedRequirement[] => record.requirements.slice(at, at + 1)
  const test = (at: number): RecordedTest[] => record.tests.slice(at, at + 1)
  const lists = {
    requirements: found.requirements.flatMap(requirement).map(({ id, title, verdict }) => ({ id, title, verdict })),
    above: found.above.flatMap(requirement).map(({ id, title, verdict }) => ({ id, title, verdict })),
    tests: found.tests.flatMap(test).map(({ key, name, place, verdict }) => ({ key, name, place, verdict })),
    modules: found.modules,
    unknown: found.unknown,
  }
  if (invocation.flag('json')) terminal.out(`${JSON.stringify(lists)}\n`)
  else {
    const say = (line: string): void => terminal.out(`${oneLine(line)}\n`)
    say(`requirements touched: ${lists.requirements.length}`)
    for (const { id, title, verdict } of lists.requirements) say(`  ${id}: ${title} (${verdict})`)
    say(`requirements above them, to be reviewed: ${lists.above.length}`)
    for (const { id, title, verdict } of lists.above) say(`  ${id}: ${title} (${verdict})`)
    say(`tests to run again: ${lists.tests.length}`)
    for (const { name, place, verdict } of lists.tests) say(`  ${name} (${place}, ${verdict})`)
    say(`modules that these tests ran: ${lists.modules.length === 0 ? 'none recorded' : lists.modules.join(', ')}`)
    for (const name of lists.unknown) say(`not in the trace: ${name}`)
  }
  return found.unknown.length === 0 ? 0 : 1
}
