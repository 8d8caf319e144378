/** What the command states about a run (`run.json`). No host name, no time, no absolute path: equal runs give equal bytes. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { hostedCodeDigest } from '../../../kernel/testbench/hosted-code-digest.js'
import { openSystem } from '../../../kernel/testbench/open-system.js'
import type { RunFacts } from '../../../evidence/model/run-facts.js'
import type { Digest } from '../../../evidence/model/ids.js'
import { packageVersion, projectRoot, readProjectState } from '../../project.js'

const SYSTEMS = 'kernel/testbench/systems'

/** Packages whose version bears on what the evidence says. */
const TOOLS = { typescript: 'typescript', cucumber: '@cucumber/cucumber', c8: 'c8', pdfkit: 'pdfkit', handlebars: 'handlebars' }

export interface RunModes {
  readonly engine: 'interpreter' | 'reference'
  readonly modes: readonly string[]
}

/** The modes the World reads from the environment. */
export function modesOf(environment: NodeJS.ProcessEnv): RunModes {
  return {
    engine: environment['BULKHEAD_ENGINE'] === 'reference' ? 'reference' : 'interpreter',
    modes: environment['BULKHEAD_AMNESIA'] === '1' ? ['amnesia'] : [],
  }
}

export function collectRunFacts({ engine, modes }: RunModes): RunFacts {
  const tools = Object.entries(TOOLS).map(([name, dependency]): [string, string] => [name, packageVersion(dependency)])
  return {
    project: readProjectState(),
    tools: { node: process.versions.node, ...Object.fromEntries(tools) },
    engine,
    modes,
    hostedDigest: Buffer.from(hostedCodeDigest()).toString('hex') as Digest,
    configurations: systemNames().map((name) => ({ name, file: `${SYSTEMS}/${name}.yaml`, digest: digestOf(name) })),
    commands: ['npm run assure'],
  }
}

/** Names of the configurations in the order of their letters. */
export function systemNames(): string[] {
  return readdirSync(join(projectRoot, SYSTEMS))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort()
}

function digestOf(name: string): Digest {
  return openSystem(name, { engine: 'reference', amnesia: false }).identify().configurationDigest as Digest
}
