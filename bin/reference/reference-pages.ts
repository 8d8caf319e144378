/**
 * The reference that is derived: a page for each command from its own help, one for each JSON Schema, the formats from the registries.
 * What is listed is what is accepted; `node bin/reference.js` writes the pages, and a spec compares them with the committed ones.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { coverageReaders } from '../../evidence/exchange/coverage/formats.js'
import { requirementReaders } from '../../evidence/exchange/requirements/formats.js'
import { resultReaders } from '../../evidence/exchange/results/formats.js'
import { compileConfiguration } from '../../kernel/separation/config/compiler/compile.js'
import { flowPicture } from '../../kernel/separation/config/picture/flow-picture.js'
import { readSource } from '../../kernel/separation/config/source/system-source.js'
import { helpOf, type Command } from '../command.js'
import { commandModules } from '../main.js'
import { projectRoot } from '../project.js'
import { codeSpan, markdownTable, plainText } from './markdown.js'
import { validatorsPage } from './validators-page.js'
import { schemaPage, type JsonSchema } from './schema-page.js'

const SCHEMA_FOLDERS = [
  'evidence/items/schema',
  'evidence/trace/items/schema',
  'evidence/attest/schema',
  'evidence/profiles/schema',
  'kernel/separation/config/schema',
]
const SCHEMA_ENDING = '.schema.json'

/** Pages written by hand that say more about a command. */
const FURTHER: Readonly<Record<string, readonly (readonly [title: string, page: string])[]>> = {
  trace: [['what is counted, states, policy, baseline, output', 'trace.md']],
  diff: [['trace, diff, impact, sample', 'trace.md']],
  impact: [['trace, diff, impact, sample', 'trace.md']],
  sample: [['trace, diff, impact, sample', 'trace.md']],
  import: [['what each format gives', 'import.md']],
  configure: [
    ['configure a system', '../how-to/configure-a-system.md'],
    ['validators', 'validators.md'],
  ],
  init: [['the tutorial', '../tutorial.md']],
  verify: [['check a pack', '../how-to/audit.md']],
  replay: [['check a pack', '../how-to/audit.md']],
}

/** Text of each page by its path below docs/reference. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const commands = await Promise.all(Object.values(commandModules).map(async (load) => (await load()).command))
  const schemas = SCHEMA_FOLDERS.flatMap(schemasIn)
  return new Map([
    ['README.md', indexPage(commands, schemas)],
    ['formats.md', formatsPage()],
    ['validators.md', validatorsPage()],
    ['flight-display.svg', exampleFlows()],
    ...commands.map((command): [string, string] => [`commands/${command.name}.md`, commandPage(command)]),
    ...schemas.map(({ page, schema, file }): [string, string] => [page, schemaPage(schema, file)]),
  ])
}

/** The flow picture of the example, for the page on configurations. */
function exampleFlows(): string {
  const file = 'examples/flight-display.yaml'
  const source = readSource(file, readFileSync(join(projectRoot, file), 'utf8'))
  return flowPicture(compileConfiguration(source), source.system.policy)
}

interface SchemaFile {
  readonly file: string
  readonly page: string
  readonly schema: JsonSchema
}

function schemasIn(folder: string): SchemaFile[] {
  const names = readdirSync(join(projectRoot, folder)).filter((name) => name.endsWith(SCHEMA_ENDING))
  return names.sort().map((name) => ({
    file: `${folder}/${name}`,
    page: `schemas/${roomOf(folder)}${name.slice(0, -SCHEMA_ENDING.length)}.md`,
    schema: JSON.parse(readFileSync(join(projectRoot, folder, name), 'utf8')) as JsonSchema,
  }))
}

/** Two rooms have a schema of the same name: those of profiles say so in theirs. */
const roomOf = (folder: string): string => (folder === 'evidence/profiles/schema' ? 'profile-' : '')

function commandPage(command: Command): string {
  const further = (FURTHER[command.name] ?? []).map(([title, page]) => `[${title}](../${page})`)
  const parts = [
    `# bulkhead ${command.name}`,
    `\`\`\`text\n${helpOf(command).trimEnd()}\n\`\`\``,
    `Exit status: see [verdicts, states, exit status](../verdicts.md).${further.length === 0 ? '' : ` More: ${further.join(', ')}.`}`,
  ]
  return `${parts.join('\n\n')}\n`
}

function formatsPage(): string {
  const table = (readers: readonly { readonly format: string; readonly title: string; readonly extensions: readonly string[] }[]) =>
    markdownTable(
      ['format', 'what it is', 'file names'],
      [...readers]
        .sort((a, b) => (a.format < b.format ? -1 : 1))
        .map(({ format, title, extensions }) => [codeSpan(format), plainText(title), extensions.map(codeSpan).join(' ')]),
    )
  const parts = [
    '# Formats that are read',
    'A file is recognised by its first bytes, and by its name where two formats begin alike. `import --format NAME` takes the names of the first table.',
    '## Requirements',
    table(requirementReaders),
    'Another format: [a map or a reader of your own](../how-to/own-format.md).',
    '## Results of tests',
    table(resultReaders),
    '## Coverage',
    table(coverageReaders),
  ]
  return `${parts.join('\n\n')}\n`
}

function indexPage(commands: readonly Command[], schemas: readonly SchemaFile[]): string {
  const parts = [
    '# Reference',
    '- [Verdicts, states, exit status](verdicts.md)\n- [Formats that are read](formats.md)\n- [Validators of a configuration](validators.md)\n- [import: what each format gives](import.md)\n- [trace, diff, impact, sample](trace.md)',
    '## Commands',
    commands.map(({ name, summary }) => `- [${name}](commands/${name}.md): ${plainText(summary)}`).join('\n'),
    '## Files',
    schemas.map(({ page, schema, file }) => `- [${schema.title ?? file}](${page})`).join('\n'),
    'This page and those on commands, files, formats and validators are written by `node bin/reference.js` from the program itself.',
  ]
  return `${parts.join('\n\n')}\n`
}
