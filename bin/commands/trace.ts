/**
 * `bulkhead trace`: evidence from files alone. Requirements, results and coverage of any known format in; matrices, explorer and
 * machine-readable verdicts out. With `--messages` it builds the full pack over a folder of profiles instead.
 */
import { documentsOption, templatesOption } from '../assurance/documents/document-options.js'
import { signOption } from '../assurance/pack/signing-key.js'
import { misuse, type Command, type ExitCode, type Invocation } from '../command.js'
import type { Terminal } from '../terminal.js'

export const command: Command = {
  name: 'trace',
  summary: "trace requirements to test results and coverage of any format, ours or a stranger's",
  usage:
    'trace --requirements FILE ... --results FILE ... [--coverage FILE ...] --out FOLDER [options]\n       bulkhead trace REQUIREMENTS RESULTS FOLDER [options]\n       bulkhead trace --messages FILE ... [--profiles FOLDER] --out FOLDER [options]',
  options: {
    requirements: { type: 'string', multiple: true, value: 'FILE', help: 'requirements: a file or folder of any known format; repeat it' },
    results: { type: 'string', multiple: true, value: 'FILE', help: 'test results: Cucumber messages or JSON, JUnit XML; repeat it' },
    coverage: { type: 'string', multiple: true, value: 'FILE', help: 'structural coverage: istanbul, V8, lcov, Cobertura; repeat it' },
    policy: { type: 'string', value: 'FILE', help: 'what needs what, gates, tag patterns, justifications: bulkhead.policy/1, YAML' },
    map: { type: 'string', value: 'FILE', help: 'column map, tag patterns and the like for formats that need one, YAML' },
    reader: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'a reader of requirements of your own, an ES module; it is run; repeat it',
    },
    baseline: { type: 'string', value: 'FILE', help: 'digests that are current, bulkhead.baseline/1: results of other bytes are stale' },
    root: {
      type: 'string',
      value: 'FOLDER',
      help: 'project of the system under test: names are relative to it, its features judge what is stale',
    },
    'as-of': { type: 'string', value: 'DAY', help: 'day by which justifications and deviations are judged, as 2026-01-31' },
    title: { type: 'string', value: 'TEXT', help: 'title of the report' },
    messages: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'full pack: Cucumber messages, NDJSON; repeat it for the shards of one run',
    },
    profiles: { type: 'string', value: 'FOLDER', help: 'full pack: folder with security-target.yaml; without it the SKPP catalogue alone' },
    interfaces: { type: 'string', value: 'FILE', help: 'full pack: interface entries of the system under test, JSON' },
    run: { type: 'string', value: 'FILE', help: 'facts about the run, JSON; without it they read "not stated"' },
    sources: {
      type: 'string',
      value: 'FOLDER',
      help: 'full pack: sources of the system, below the root; a coverage report must hold each module',
    },
    'require-comparisons': { type: 'boolean', help: 'full pack: a scenario that records no comparison gets no verdict' },
    out: { type: 'string', value: 'FOLDER', help: 'where the answer goes; an older one there is moved to FOLDER.previous' },
    flows: {
      type: 'string',
      value: 'FILE',
      help: 'flows of the configured systems, drawn in the explorer: bulkhead.flows/1, YAML or JSON',
    },
    documents: documentsOption,
    templates: templatesOption,
    sign: signOption,
    json: { type: 'boolean', help: 'the answer as JSON' },
  },
  operands: 3,
  run: trace,
}

async function trace(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const { expectShortRun } = await import('../tracing/short-run.js')
  expectShortRun([...invocation.operands, ...['requirements', 'results', 'messages'].flatMap((name) => invocation.list(name))])
  const wholePack = invocation.list('messages').length > 0 || invocation.text('profiles') !== undefined
  if (!wholePack) {
    const { traceFiles } = await import('../tracing/trace-files.js')
    return traceFiles(command, invocation, terminal)
  }
  if (invocation.operands.length > 0 || invocation.list('requirements').length > 0 || invocation.list('results').length > 0)
    throw misuse(command, '--messages and --profiles go without --requirements, --results and operands')
  const { traceCase } = await import('../tracing/trace-case.js')
  return traceCase(command, invocation, terminal)
}
