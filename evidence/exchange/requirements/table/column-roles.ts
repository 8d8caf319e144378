/**
 * What the columns of a requirement table mean, by the words people head them with. A map says it where these words do not, and then
 * nothing is guessed.
 */
export const columnRoles = ['id', 'title', 'text', 'rationale', 'status', 'kind', 'revision', 'parent', 'links', 'methods'] as const
export type ColumnRole = (typeof columnRoles)[number]

/** The role of each column by position; null: kept as an attribute under its header. */
export interface TableColumns {
  readonly roles: readonly (ColumnRole | null)[]
  readonly headers: readonly string[]
  /** Role of the links of a column, where the map gives one; `refines` otherwise. */
  readonly linkRoles: readonly string[]
}

/** Normalised words, most telling first. A column takes one role, and a role takes one column, but links and parents take several. */
const words: Readonly<Record<ColumnRole, readonly string[]>> = {
  id: [
    'id',
    'requirement id',
    'requirement identifier',
    'req id',
    'reqid',
    'uid',
    'identifier',
    'unique id',
    'object identifier',
    'requirement number',
    'requirement no',
    'req no',
    'issue key',
    'key',
    'requirement',
    'req',
    'name',
  ],
  text: [
    'text',
    'requirement text',
    'description',
    'requirement description',
    'statement',
    'shall statement',
    'requirement statement',
    'object text',
    'content',
    'requirement',
  ],
  title: ['title', 'summary', 'name', 'requirement title', 'requirement name', 'heading', 'object heading', 'short description'],
  rationale: ['rationale', 'requirement rationale', 'justification'],
  status: ['status', 'state', 'requirement status'],
  kind: ['kind', 'type', 'requirement type', 'object type', 'issue type', 'artifact type'],
  revision: ['revision', 'version', 'rev', 'requirement revision', 'requirement version'],
  parent: ['parent', 'parent id', 'parent requirement', 'parent requirement id', 'parents'],
  links: [
    'links',
    'link',
    'traces to',
    'trace to',
    'traced to',
    'covers',
    'satisfies',
    'refines',
    'derived from',
    'derives from',
    'upstream',
    'parent requirements',
    'trace',
    'traceability',
  ],
  methods: [
    'verification method',
    'verification methods',
    'method of verification',
    'verification',
    'verified by method',
    'methods',
    'method',
    'v v method',
    'validation',
    'validation method',
  ],
}

/** Undefined: no column can be the id, so this is no requirement table. */
export function guessColumns(headers: readonly string[]): TableColumns | undefined {
  const normal = headers.map(normalise)
  const roles: (ColumnRole | null)[] = headers.map(() => null)
  for (const role of columnRoles) {
    const column = bestColumn(normal, roles, words[role])
    if (column >= 0) roles[column] = role
  }
  return roles.includes('id') ? { roles, headers, linkRoles: headers.map(() => 'refines') } : undefined
}

function bestColumn(normal: readonly string[], roles: readonly unknown[], candidates: readonly string[]): number {
  for (const word of candidates) {
    const column = normal.findIndex((header, i) => roles[i] === null && header === word)
    if (column >= 0) return column
  }
  return -1
}

/** `Custom field (Requirement ID)`, as an issue tracker exports it, is `requirement id`. */
function normalise(header: string): string {
  const bare = /^\s*custom field \((.*)\)\s*$/i.exec(header)?.[1] ?? header
  return bare
    .replace(/[*_`]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
