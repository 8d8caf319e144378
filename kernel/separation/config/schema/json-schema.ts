/** The parts of JSON Schema, draft 7, that the schema of a configuration is written with. */

/** A schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>

/** An object that has these members and no others. */
export const record = (description: string, required: readonly string[], properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  description,
  additionalProperties: false,
  required,
  properties,
})

export const listOf = (description: string, items: Schema): Schema => ({ type: 'array', description, items })

/** A form that several topics share, with what it means in this place. */
export const form = (name: string, description: string): Schema => ({ $ref: `#/definitions/${name}`, description })

export const oneOf = (description: string, values: readonly string[], otherwise?: string): Schema => ({
  enum: values,
  description,
  ...(otherwise === undefined ? {} : { default: otherwise }),
})

export const flag = (description: string): Schema => ({ type: 'boolean', default: false, description })
