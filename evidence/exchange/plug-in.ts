/**
 * A reader of a user's own, an ES module that exports `requirementReader`: for a format that we do not know. It is checked for shape when
 * it is loaded, and what it returns is checked like an input file, so that a slip in it cannot make a requirement vanish or pass.
 */
import { pathToFileURL } from 'node:url'
import type { InputFile, Reader, ReaderOptions, RequirementReader } from '../items/reader.js'
import type { RequirementSet } from '../items/requirement-set.js'
import { EvidenceError } from '../model/errors.js'
import { isJsonRecord, member, type JsonRecord } from './json/json-fields.js'
import { readRequirementSetJson } from './requirements/json/requirement-set-json.js'
import { makeSet } from './requirements/set/make-set.js'
import { requirementsSchema } from './requirements/set/print-set.js'

const contract = 'export const requirementReader = { format, title, extensions, recognises, read }, see docs/how-to/own-format.md'

type Callable = (...parameters: never[]) => unknown

/** Runs the module: name only files that you would run. @throws EvidenceError `malformed-reader` */
export async function loadRequirementReader(file: InputFile): Promise<RequirementReader> {
  const module = await load(file)
  const exported = isJsonRecord(module) ? member(module, 'requirementReader') : undefined
  if (!isJsonRecord(exported)) throw refuse(file, 'exports no requirementReader')
  const { format, title, extensions, recognises, read } = exported
  if (typeof format !== 'string' || !/^[a-z][a-z0-9-]{0,39}$/.test(format)) throw refuse(file, 'format is no short lower-case word')
  if (typeof title !== 'string') throw refuse(file, 'title is no text')
  if (!Array.isArray(extensions) || !extensions.every(isExtension)) throw refuse(file, 'extensions is no list of texts like ".abc"')
  if (!isCallable(recognises) || !isCallable(read)) throw refuse(file, 'recognises or read is no function')
  return {
    format,
    title,
    extensions,
    recognises: (head, name) => guarded(file, () => Reflect.apply(recognises, exported, [head, name]) === true),
    read: async (files, options) => checkedSet(file, format, files, await readWith(file, exported, read, files, options)),
  }
}

/** A reader of the user's own comes first: what it recognises is no longer offered to the others. */
export function withPlugIns<Result>(plugIns: readonly Reader<Result>[], readers: readonly Reader<Result>[]): readonly Reader<Result>[] {
  if (plugIns.length === 0) return readers
  const isTaken = (head: string, name: string): boolean => plugIns.some((plugIn) => plugIn.recognises(head, name))
  return [
    ...plugIns,
    ...readers.map((reader) => ({
      ...reader,
      recognises: (head: string, name: string) => !isTaken(head, name) && reader.recognises(head, name),
    })),
  ]
}

/** A map names a format: files with its extensions are of it even where nothing in them says so. */
export function preferMapped<Result>(readers: readonly Reader<Result>[], { map }: ReaderOptions): readonly Reader<Result>[] {
  const format = map?.['format']
  return readers.map((reader) => {
    if (reader.format !== format) return reader
    const bears = (name: string): boolean => reader.extensions.some((extension) => name.toLowerCase().endsWith(extension))
    return { ...reader, recognises: (head: string, name: string) => bears(name) || reader.recognises(head, name) }
  })
}

async function load(file: InputFile): Promise<unknown> {
  try {
    const module: unknown = await import(pathToFileURL(file.path).href)
    return typeof module === 'object' ? { ...module } : module
  } catch (cause) {
    throw refuse(file, `cannot be loaded: ${reason(cause)}`, { cause })
  }
}

async function readWith(
  file: InputFile,
  reader: JsonRecord,
  read: Callable,
  files: readonly InputFile[],
  options: ReaderOptions,
): Promise<unknown> {
  try {
    return await Promise.resolve(Reflect.apply(read, reader, [files, options]))
  } catch (cause) {
    throw refuse(file, `refuses ${files.map(({ name }) => name).join(', ')}: ${reason(cause)}`, { cause })
  }
}

/** Only `items` is asked for, and of each item only its id; what is there must be as evidence/items has it. */
function checkedSet(plugIn: InputFile, format: string, files: readonly InputFile[], result: unknown): RequirementSet {
  if (!isJsonRecord(result) || !Array.isArray(result['items'])) throw refuse(plugIn, 'read gives no object with a list of items')
  const file = files[0]?.name ?? plugIn.name
  const set = readRequirementSetJson({ file, value: { ...result, schema: requirementsSchema }, entries: () => [] })
  return makeSet({
    ...set,
    format,
    files: files.map(({ name }) => name),
    findings: set.findings.filter(({ kind }) => kind === 'unused' || kind === 'unreadable'),
  })
}

function guarded(file: InputFile, ask: () => boolean): boolean {
  try {
    return ask()
  } catch (cause) {
    throw refuse(file, `recognises throws: ${reason(cause)}`, { cause })
  }
}

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function'
}

function isExtension(value: unknown): boolean {
  return typeof value === 'string' && /^\.[^/\\]{1,20}$/.test(value)
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function refuse({ name }: InputFile, what: string, options?: { readonly cause: unknown }): EvidenceError {
  return new EvidenceError('malformed-reader', { file: name }, what, contract, options)
}
