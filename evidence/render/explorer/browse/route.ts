/** The address of a view: `#/requirements/FDP_IFF.1.2?q=flow&verdict=failed,stale`. Everything a reader sees can be sent as a link. */
export const pages = ['overview', 'requirements', 'tests', 'interfaces', 'modules', 'flows', 'defects', 'findings', 'sources'] as const
export type Page = (typeof pages)[number]

export interface Route {
  readonly page: Page
  /** Id of the item that is open; null: none. */
  readonly item: string | null
  /** Search, filters and order: `q`, `sort`, and the keys of the filters. */
  readonly query: ReadonlyMap<string, string>
}

/** An address that names no page leads to the overview. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#\/?/, ''), '?')
  const [name = '', item] = splitOnce(path, '/')
  const page = pages.find((known) => known === name) ?? 'overview'
  const entries = query
    .split('&')
    .filter((entry) => entry !== '')
    .map((entry): [string, string] => {
      const [key = '', value = ''] = splitOnce(entry, '=')
      return [decode(key), decode(value)]
    })
  return { page, item: item === undefined || item === '' ? null : decode(item), query: new Map(entries) }
}

export function formatRoute({ page, item, query }: Route): string {
  const entries = [...query].filter(([, value]) => value !== '').map(([key, value]) => `${encode(key)}=${encode(value)}`)
  const path = item === null ? page : `${page}/${encode(item)}`
  return `#/${path}${entries.length === 0 ? '' : `?${entries.join('&')}`}`
}

export function itemAddress(page: Page, item: string): string {
  return formatRoute({ page, item, query: new Map() })
}

function splitOnce(text: string, sign: string): readonly string[] {
  const at = text.indexOf(sign)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

/** A lone surrogate cannot be encoded: it is left out, and the link leads to no item instead of failing. */
export function encode(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ''))
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
}

/** A text that is not encoded well is taken as it stands. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
