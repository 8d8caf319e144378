/**
 * Reads fields of parsed JSON with the types a format promises. A field of another type is refused with file and line; fields that are
 * not asked for are ignored, since every protocol version adds some.
 */
import { EvidenceError, type EvidenceErrorCode, type SourcePlace } from '../../model/errors.js'

export class JsonObject {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    readonly place: SourcePlace,
    private readonly path: string,
    private readonly code: EvidenceErrorCode,
  ) {}

  /** @throws EvidenceError `malformed-json`, or `code` where another is given, and `code` when the text is JSON and no object. */
  static parse(text: string, place: SourcePlace, what: string, code: EvidenceErrorCode = 'schema-violation'): JsonObject {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (cause) {
      throw new EvidenceError(
        code === 'schema-violation' ? 'malformed-json' : code,
        place,
        `${what} is not JSON`,
        'give the file as the tool wrote it, uncut',
        { cause },
      )
    }
    return JsonObject.of(value, place, what, code)
  }

  static of(value: unknown, place: SourcePlace, path: string, code: EvidenceErrorCode = 'schema-violation'): JsonObject {
    if (!isRecord(value)) throw new EvidenceError(code, place, `${path} is no object`, 'give the file as the tool wrote it')
    return new JsonObject(value, place, path, code)
  }

  /** Field names, in the order of the text. */
  names(): readonly string[] {
    return Object.keys(this.fields)
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined && this.raw(name) !== null
  }

  string(name: string): string {
    const value = this.raw(name)
    return typeof value === 'string' ? value : this.refuse(name, 'a text')
  }

  stringOr(name: string, otherwise: string): string {
    return this.has(name) ? this.string(name) : otherwise
  }

  /** A non-negative safe integer. */
  count(name: string): number {
    const value = this.raw(name)
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : this.refuse(name, 'a non-negative integer')
  }

  /** True for a member that is there and says null: known not to be known. */
  isNull(name: string): boolean {
    return this.raw(name) === null
  }

  boolean(name: string): boolean {
    const value = this.raw(name)
    return typeof value === 'boolean' ? value : this.refuse(name, 'true or false')
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
    const value = this.raw(name)
    return values.find((known) => known === value) ?? this.refuse(name, `one of ${values.join(', ')}`)
  }

  object(name: string): JsonObject {
    return JsonObject.of(this.raw(name), this.place, `${this.path}.${name}`, this.code)
  }

  objectOr(name: string): JsonObject | undefined {
    return this.has(name) ? this.object(name) : undefined
  }

  /** Absent reads as empty. */
  objects(name: string): JsonObject[] {
    return this.list(name).map((value, i) => JsonObject.of(value, this.place, `${this.path}.${name}[${i}]`, this.code))
  }

  strings(name: string): string[] {
    return this.list(name).map((value) => (typeof value === 'string' ? value : this.refuse(name, 'a list of texts')))
  }

  private list(name: string): readonly unknown[] {
    const value = this.raw(name)
    if (value === undefined || value === null) return []
    return Array.isArray(value) ? (value as readonly unknown[]) : this.refuse(name, 'a list')
  }

  private raw(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined
  }

  private refuse(name: string, expected: string): never {
    throw new EvidenceError(this.code, this.place, `${this.path}.${name} is not ${expected}`, 'give the file as the tool wrote it')
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
