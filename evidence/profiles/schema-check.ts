/**
 * Checks a document against a JSON Schema (draft 2020-12) of `evidence/profiles/schema`. The first violation is refused with file and
 * line; an unknown key is a violation, since a key nobody reads is a statement nobody checks.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { EvidenceError } from '../model/errors.js'
import { schemaFile } from './schema-file.js'
import type { SchemaName, WrittenShapes } from './written-shapes.js'
import type { YamlDocument, YamlPath } from './yaml-document.js'

/** Our own schemas are checked against the meta-schema by a test, not at every start: compiling it takes longer than all else here. */
const ajv = new Ajv2020({
  allErrors: false,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  meta: false,
  validateSchema: false,
})
const compiled = new Map<string, ValidateFunction>()

/** The place where a value enters: once the schema holds, the document has the shape written for it. */
export function checkShape<Name extends SchemaName>(document: YamlDocument, schema: Name): WrittenShapes[Name] {
  checkDocument(document, schemaFile(schema), schema)
  return document.value as WrittenShapes[Name]
}

/** The same for a schema of another room, by its file. @throws EvidenceError `schema-violation` */
export function checkDocument(document: YamlDocument, file: string, name: string): void {
  const validate = compile(file)
  if (validate(document.value)) return
  const [error] = validate.errors ?? []
  const path = error === undefined ? [] : pathOf(error)
  const place = { file: document.file, line: document.lineOf(path) }
  throw new EvidenceError(
    'schema-violation',
    place,
    error === undefined ? 'not as the schema says' : inWords(error),
    `see the schema ${name}`,
  )
}

function compile(file: string): ValidateFunction {
  const known = compiled.get(file)
  if (known !== undefined) return known
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object)
  compiled.set(file, validate)
  return validate
}

/** The entry that is wrong: for an unknown key the key, otherwise what the pointer names. */
function pathOf(error: ErrorObject): YamlPath {
  const pointer = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const extra = error.keyword === 'additionalProperties' ? [String(error.params['additionalProperty'])] : []
  return [...pointer, ...extra]
}

function inWords(error: ErrorObject): string {
  const where = error.instancePath === '' ? 'the file' : error.instancePath.slice(1).replaceAll('/', '.')
  switch (error.keyword) {
    case 'additionalProperties':
      return `unknown key ${JSON.stringify(error.params['additionalProperty'])} in ${where}`
    case 'required':
      return `key ${JSON.stringify(error.params['missingProperty'])} is missing in ${where}`
    case 'enum':
      return `${where} must be one of ${JSON.stringify(error.params['allowedValues'])}`
    default:
      return `${where} ${error.message ?? 'is not as the schema says'}`
  }
}
