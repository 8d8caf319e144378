/** Runs one command and turns whatever it ends with into an exit status and at most one line. */
import { join } from 'node:path'
import { helpOf, parseInvocation, type Command } from './command.js'
import { classify, writeCrashRecord } from './failure.js'
import { projectRoot } from './project.js'
import { oneLine, openTerminal, type Terminal } from './terminal.js'

/** What loads each command; only the one that is asked for is loaded. */
export const commandModules: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  assure: () => import('./commands/assure.js'),
  trace: () => import('./commands/trace.js'),
  import: () => import('./commands/import.js'),
  diff: () => import('./commands/diff.js'),
  impact: () => import('./commands/impact.js'),
  sample: () => import('./commands/sample.js'),
  init: () => import('./commands/init.js'),
  verify: () => import('./commands/verify.js'),
  replay: () => import('./commands/replay.js'),
  configure: () => import('./commands/configure.js'),
  machine: () => import('./commands/machine.js'),
}

export async function main(name: string, args: readonly string[]): Promise<number> {
  const terminal = openTerminal({ stdout: process.stdout, stderr: process.stderr, elapsed: () => process.uptime() })
  const fail = (error: unknown) => report(error, [name, ...args])
  process.on('uncaughtException', (error) => process.exit(fail(error)))
  try {
    return await execute(name, args, terminal)
  } catch (error) {
    return fail(error)
  }
}

async function execute(name: string, args: readonly string[], terminal: Terminal): Promise<number> {
  const module = await commandModules[name]?.()
  if (module === undefined) throw new Error(`the command ${name} is listed but has no module`)
  const invocation = parseInvocation(module.command, args)
  if (invocation !== 'help') return module.command.run(invocation, terminal)
  terminal.out(helpOf(module.command))
  return 0
}

function report(error: unknown, command: readonly string[]): 2 {
  const failure = classify(error)
  if (process.env['BULKHEAD_DEBUG'] === '1') console.error(error)
  if (failure.kind === 'refused') process.stderr.write(`bulkhead: ${failure.line}\n`)
  else {
    const record = writeCrashRecord(error, command, join(projectRoot, 'reports'))
    process.stderr.write(`bulkhead: defect: ${failure.line}; record: ${oneLine(record)}; remedy: report it with that file\n`)
  }
  return 2
}
