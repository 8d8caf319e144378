/** `bulkhead import`: requirements of any known format into one JSON file, with what is wrong with the source. */
import { resolve } from 'node:path'
import { recognise, type Recognised } from '../../evidence/exchange/recognise.js'
import { requirementReaders } from '../../evidence/exchange/requirements/formats.js'
import { printRequirementSet } from '../../evidence/exchange/requirements/set/print-set.js'
import type { RequirementReader } from '../../evidence/items/reader.js'
import type { RequirementSet } from '../../evidence/items/requirement-set.js'
import { summariseSet, type SetSummary } from '../../evidence/items/set-summary.js'
import { printPlace } from '../../evidence/model/errors.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import { writeWhole } from '../importing/atomic-file.js'
import { oneLine, type Terminal } from '../terminal.js'
import { inputFiles } from '../tracing/input-files.js'
import { requirementReadersFor } from '../tracing/requirement-readers.js'

/** A terminal shows the first ones; the file has all. */
const SHOWN_FINDINGS = 20

export const command: Command = {
  name: 'import',
  summary: 'read requirements of any known format into one JSON file, and report what is wrong with them',
  usage: 'import FILE ... --to OUT [options]',
  options: {
    to: { type: 'string', value: 'OUT', help: 'the JSON file to write, bulkhead.requirements/1' },
    format: {
      type: 'string',
      value: 'NAME',
      help: `instead of recognising it: ${requirementReaders.map(({ format }) => format).join(', ')}`,
    },
    map: { type: 'string', value: 'FILE', help: 'column map, tag patterns and the like for formats that need one, YAML' },
    reader: { type: 'string', multiple: true, value: 'FILE', help: 'a reader of your own, an ES module; it is run; repeat it' },
    json: { type: 'boolean', help: 'the counts as JSON' },
  },
  operands: 10_000,
  run: importRequirements,
}

async function importRequirements(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const out = invocation.text('to')
  if (invocation.operands.length === 0) throw misuse(command, 'no file given')
  if (out === undefined) throw misuse(command, 'no --to given')
  const map = invocation.text('map')
  const options = map === undefined ? { map: null } : (await import('../tracing/reader-options.js')).readerOptions(map)
  const { reader, files } = sourceOf(invocation, await requirementReadersFor(invocation.list('reader'), options))
  if (files.some(({ path }) => path === resolve(out))) throw new UsageError(`--to ${JSON.stringify(out)}: is one of the files to read`)
  const set = await reader.read(files, options)
  writeWhole(out, printRequirementSet(set))
  const summary = summariseSet(set)
  if (invocation.flag('json')) terminal.out(`${JSON.stringify(summary)}\n`)
  else print(set, summary, out, terminal)
  const lost = set.findings.filter(({ kind }) => kind === 'unreadable').length
  if (lost > 0)
    terminal.progress(`${lost} ${lost === 1 ? 'entry was' : 'entries were'} left out or not wholly understood; see the findings in ${out}`)
  return 0
}

/** One format at a time: one file out is one source. */
function sourceOf(invocation: Invocation, all: readonly RequirementReader[]): Recognised<RequirementSet> {
  const format = invocation.text('format')
  const readers = format === undefined ? all : all.filter((reader) => reader.format === format)
  const [named] = readers
  if (named === undefined)
    throw new UsageError(`--format ${JSON.stringify(format)}: not one of ${all.map((reader) => reader.format).join(', ')}`)
  const files = inputFiles(invocation.operands, resolve('.'), readers)
  if (format !== undefined) return { reader: named, files }
  const sources = recognise(readers, files)
  const [source] = sources
  if (source === undefined) throw misuse(command, 'no file given')
  if (sources.length === 1) return source
  throw misuse(command, `files of several formats, ${sources.map(({ reader }) => reader.format).join(' and ')}: import each on its own`)
}

function print(set: RequirementSet, summary: SetSummary, out: string, terminal: Terminal): void {
  const say = (line: string): void => terminal.out(`${oneLine(line)}\n`)
  const { format, dangling, duplicates, unused, ...counts } = summary
  say(`${set.files.join(', ')}: ${[format, set.title, set.version].filter((word) => word !== '').join(', ')}`)
  say(
    Object.entries(counts)
      .filter(([, count]) => count !== null)
      .map(([name, count]) => `${name}: ${String(count)}`)
      .join(', '),
  )
  say(`ids that lead nowhere: ${dangling.length}, given twice: ${duplicates.length}, used by nothing: ${unused.length}`)
  for (const { kind, text, place } of set.findings.slice(0, SHOWN_FINDINGS)) say(`${kind}: ${text} (${printPlace(place)})`)
  if (set.findings.length > SHOWN_FINDINGS) say(`and ${set.findings.length - SHOWN_FINDINGS} more`)
  say(`written: ${out}`)
}
