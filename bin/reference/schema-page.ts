/** The page of one JSON Schema: a table for the whole and for each definition, members of nested objects by their path. */
import { anchorOf, codeSpan, markdownTable, plainText } from './markdown.js'

/** What of JSON Schema our schemas use. */
export interface JsonSchema {
  readonly $id?: string
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: string | number | boolean
  readonly enum?: readonly (string | number | boolean | null)[]
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: JsonSchema
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: boolean | JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly definitions?: Readonly<Record<string, JsonSchema>>
}

/** @param file path of the schema below the project folder, `/` between folders */
export function schemaPage(schema: JsonSchema, file: string): string {
  const definitions = Object.entries({ ...schema.definitions, ...schema.$defs })
  const head = [
    `# ${schema.title ?? file}`,
    ...(schema.description === undefined ? [] : [plainText(schema.description)]),
    `Schema: [${file}](../../../${file})${schema.$id?.startsWith('bulkhead.') === true ? `, ${codeSpan(schema.$id)}` : ''}.`,
  ]
  const parts = definitions.flatMap(([name, definition]) => [
    `## ${name}`,
    ...(definition.description === undefined ? [] : [plainText(definition.description)]),
    ...body(definition),
  ])
  return `${[...head, ...body(schema), ...parts].join('\n\n')}\n`
}

function body(schema: JsonSchema): string[] {
  const rows = membersOf(schema, '')
  if (rows.length === 0) return [`Value: ${typeOf(schema)}.`]
  const kind = alternatives(schema).some(({ properties }) => properties !== undefined)
    ? ['One of several forms; their members are listed together.']
    : []
  return [
    ...kind,
    markdownTable(['member', 'value', 'must be there', 'meaning'], rows),
    ...(schema.additionalProperties === false ? ['Other members are refused.'] : []),
  ]
}

/** Rows of an object's members, of the objects within them, and of the objects in their lists. `form`: it is one of several, and `required` what all of them need. */
function membersOf(schema: JsonSchema, path: string, required = schema.required ?? [], form = false): string[][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`
    const must = required.includes(name) ? 'yes' : form && schema.required?.includes(name) === true ? 'in one form' : 'no'
    const row = [codeSpan(at), typeOf(member), must, plainText(member.description ?? '')]
    return [row, ...nested(member, at)]
  })
  const rows = [...own, ...alternatives(schema).flatMap((one) => membersOf(one, path, schema.required ?? [], true))]
  return rows
    .filter(([name], index) => rows.findIndex(([other]) => other === name) === index)
    .map(([name = '', , ...rest]) => [name, valuesOf(name, rows), ...rest])
}

/** A member that several forms have may hold what any of them allows. */
const valuesOf = (name: string, rows: readonly (readonly string[])[]): string =>
  [...new Set(rows.filter(([other]) => other === name).map(([, value]) => value))].join(' or ')

function nested(member: JsonSchema, path: string): string[][] {
  const inItems = member.items === undefined ? [] : membersOf(member.items, `${path}[]`)
  const record = typeof member.additionalProperties === 'object' ? membersOf(member.additionalProperties, `${path}.*`) : []
  return [...membersOf(member, path), ...inItems, ...record]
}

const alternatives = (schema: JsonSchema): readonly JsonSchema[] => [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]

/** What may stand there, in words. */
export function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return reference(schema.$ref)
  if (schema.const !== undefined) return codeSpan(String(schema.const))
  if (schema.enum !== undefined) return schema.enum.map((value) => codeSpan(String(value))).join(', ')
  const forms = alternatives(schema).filter((form) => form.type !== undefined || form.$ref !== undefined || form.enum !== undefined)
  if (forms.length > 0) return [...new Set(forms.map(typeOf))].join(' or ')
  const types = [schema.type ?? 'object'].flat()
  return types.map((type) => named(type, schema)).join(' or ')
}

function named(type: string, schema: JsonSchema): string {
  switch (type) {
    case 'array':
      return schema.items === undefined ? 'list' : `list of ${typeOf(schema.items)}`
    case 'object':
      return typeof schema.additionalProperties === 'object' ? `record of ${typeOf(schema.additionalProperties)}` : 'object'
    case 'string':
      return `text${schema.pattern === undefined ? '' : ` like ${codeSpan(schema.pattern)}`}${schema.format === undefined ? '' : ` (${schema.format})`}`
    case 'integer':
      return `whole number${bounds(schema)}`
    case 'number':
      return `number${bounds(schema)}`
    case 'boolean':
      return 'true or false'
    default:
      return type
  }
}

function bounds({ minimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` from ${minimum}`
  return maximum === undefined ? '' : ` up to ${maximum}`
}

function reference(target: string): string {
  const name = target.slice(target.lastIndexOf('/') + 1)
  return `[${name}](#${anchorOf(name)})`
}
