/** The check of a document against the JSON Schema of the source format, worded for who wrote the document. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { quote } from './configuration-error.js'
import { SYSTEM_SCHEMA, SYSTEM_SCHEMA_FILE } from '../schema/system-schema.js'
import type { Path } from './yaml-reader.js'

export interface SchemaViolation {
  readonly path: Path
  readonly what: string
  readonly remedy: string
}

let compiled: ValidateFunction | undefined

/** What to mend in each object of the document, at most one thing in each. A choice of forms fails in every form, also in those not meant. */
export function schemaViolations(value: unknown): readonly SchemaViolation[] {
  compiled ??= new Ajv({ discriminator: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(SYSTEM_SCHEMA)
  if (compiled(value)) return []
  const errors = (compiled.errors ?? []).filter(({ keyword }) => keyword !== 'if')
  return [...groups(errors).values()].flatMap((group) => {
    const [first, ...others] = group
    if (first === undefined) return []
    return [
      described(
        others.reduce((best, error) => (aptness(error) > aptness(best) ? error : best), first),
        group,
      ),
    ]
  })
}

/** By the object they are about: a member of the document, or an element of one of its lists. */
function groups(errors: readonly ErrorObject[]): ReadonlyMap<string, readonly ErrorObject[]> {
  const grouped = new Map<string, ErrorObject[]>()
  for (const error of errors) {
    const object = error.instancePath.split('/').slice(0, 3).join('/')
    const group = grouped.get(object)
    if (group === undefined) grouped.set(object, [error])
    else group.push(error)
  }
  return grouped
}

/** What a value of another form than the one meant fails with. */
const OTHER_FORM = ['const', 'enum', 'type', 'anyOf', 'oneOf']

/** Deeper first; at one depth, what is wrong with the form that was meant. */
const aptness = ({ instancePath, keyword }: ErrorObject): number =>
  2 * instancePath.split('/').length + (OTHER_FORM.includes(keyword) ? 0 : 1)

function described(error: ErrorObject, all: readonly ErrorObject[]): SchemaViolation {
  const path = pathOf(error.instancePath)
  const where = path.length === 0 ? 'the document' : path.join('.')
  const params: Readonly<Record<string, unknown>> = error.params
  const text = (name: string) => String(params[name])
  switch (error.keyword) {
    case 'additionalProperties':
      return {
        path: [...path, text('additionalProperty')],
        what: `unknown key ${quote(text('additionalProperty'))} in ${where}`,
        remedy: `remove it, or see ${SYSTEM_SCHEMA_FILE} for the keys`,
      }
    case 'required':
      return { path, what: `${where} lacks ${quote(text('missingProperty'))}`, remedy: 'add it' }
    case 'discriminator':
      return { path: [...path, 'kind'], what: `${where} has an unknown kind`, remedy: 'write kind: sampling or kind: queuing' }
    case 'enum':
    case 'const': {
      const allowed = all.filter(({ instancePath }) => instancePath === error.instancePath).flatMap(choices)
      return { path, what: `${where} is none of the values it may have`, remedy: `use one of ${allowed.join(', ')}` }
    }
    default:
      return { path, what: `${where} ${error.message ?? 'is refused'}`, remedy: `see ${SYSTEM_SCHEMA_FILE} for the form` }
  }
}

function choices({ keyword, params }: ErrorObject): readonly string[] {
  const values: unknown = keyword === 'enum' ? params['allowedValues'] : keyword === 'const' ? [params['allowedValue']] : []
  return Array.isArray(values) ? values.map(String) : []
}

/** JSON Pointer to path; a number is an index, because no key of the format is one. */
function pathOf(pointer: string): Path {
  if (pointer === '') return []
  const steps = pointer.slice(1).split('/')
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')))
}
