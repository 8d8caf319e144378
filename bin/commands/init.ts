/** `bulkhead init`: a working project for the evidence of one's own system, from the files in templates/project. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import { packageVersion, projectRoot } from '../project.js'
import type { Terminal } from '../terminal.js'

const TEMPLATE = join(projectRoot, 'templates/project')
const LONGEST_NAME = 100

export const command: Command = {
  name: 'init',
  summary: 'make a working project for the evidence of your own system',
  usage: 'init [options] FOLDER',
  options: { name: { type: 'string', value: 'TEXT', help: 'name of the system (default: that of the folder)' } },
  operands: 1,
  run: async (invocation, terminal) => init(invocation, terminal),
}

function init(invocation: Invocation, terminal: Terminal): ExitCode {
  const [folder] = invocation.operands
  if (folder === undefined) throw misuse(command, 'no folder given')
  const target = resolve(folder)
  if (existsSync(target) && !isEmpty(target)) throw new UsageError(`${folder}: is there already and not empty; remedy: name a new folder`)
  const name = nameOf(invocation.text('name') ?? basename(target))
  const values: Readonly<Record<string, string>> = {
    '@NAME@': name,
    '@PACKAGE@': packageNameOf(name),
    '@CUCUMBER@': packageVersion('@cucumber/cucumber'),
    '@BULKHEAD@': relative(target, projectRoot).split(sep).join('/'),
  }
  writeProject(target, values)
  terminal.out(
    `${folder}: a project for the evidence of ${name}. Next:\n\n  cd ${folder}\n  npm install\n  npm run evidence\n\nThen open evidence/index.html.\n`,
  )
  return 0
}

/** Whole or not at all: written beside its place, then renamed. */
function writeProject(target: string, values: Readonly<Record<string, string>>): void {
  const staging = `${target}.new-${process.pid}`
  try {
    for (const name of readdirSync(TEMPLATE, { recursive: true, encoding: 'utf8' }).sort()) {
      const source = join(TEMPLATE, name)
      if (readdirOrNull(source) !== null) continue
      const text = Object.entries(values).reduce(
        (filled, [mark, value]) => filled.replaceAll(mark, () => value),
        readFileSync(source, 'utf8'),
      )
      mkdirSync(dirname(join(staging, name)), { recursive: true })
      writeFileSync(join(staging, name), text)
    }
    rmSync(target, { recursive: true, force: true })
    renameSync(staging, target)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function readdirOrNull(path: string): readonly string[] | null {
  try {
    return readdirSync(path)
  } catch {
    return null
  }
}

const isEmpty = (folder: string): boolean => readdirOrNull(folder)?.length === 0

/** It goes into YAML, JSON and Markdown as it is. */
function nameOf(text: string): string {
  if (text.length <= LONGEST_NAME && /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(text)) return text
  throw new UsageError(`${JSON.stringify(text)}: not a name of letters, digits, blanks, ".", "_" and "-"; remedy: give one with --name`)
}

/** npm allows lower-case letters, digits, `-`, `.` and `_`, and neither `.` nor `_` first. */
function packageNameOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
  return plain === '' ? 'system-under-test' : plain
}
