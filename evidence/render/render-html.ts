/**
 * The HTML report: the chunks of the report on a few pages that need no network and no script. Links between pages are resolved
 * here; one that leads nowhere is refused.
 */
import type { DocumentPlan, Part } from './document-plan.js'
import { RenderError } from './render-error.js'
import type { RenderOptions } from './render-options.js'
import { styleSheet } from './style-sheet.js'
import { breakPaths, labelCells } from './browser-marks.js'
import { openTemplates, withOwnParts } from './template-folder.js'

interface Page {
  readonly file: string
  readonly part: Part
  /** 1, or more for a page that continues another. */
  readonly sheet: number
  readonly content: string[]
  size: number
}

/** A page that has grown beyond this is continued on another: browsers are slow on huge ones. Characters. */
const pageSize = 600_000

/** File name to text; `index.html` comes first. */
export function renderHtml(document: DocumentPlan, options: RenderOptions): Map<string, string> {
  const folder = openTemplates(options.templates)
  const { templates, theme } = folder
  const plan = withOwnParts(document, folder, options.packDigest)
  const style = styleSheet(theme, folder.rules)
  const pages: Page[] = []
  for (const { part, template, context } of plan.chunks()) {
    const html = templates.render(template, context, plan.numbering)
    const page = pageFor(pages, part, html.length)
    page.content.push(breakPaths(labelCells(html)))
    page.size += html.length
  }
  const places = anchorPlaces(pages)
  return new Map(
    pages.map((page, index) => {
      const context = {
        title: `${plan.title}: ${plan.system}`,
        subtitle: plan.subtitle,
        dirty: plan.dirty,
        packDigest: options.packDigest,
        mark: theme.mark,
        page: { title: titleOf(page), number: index + 1, of: pages.length },
        navigation: navigation(plan.parts, page, places),
        neighbours: [...neighbour('Previous', 'prev', pages[index - 1]), ...neighbour('Next', 'next', pages[index + 1])],
      }
      const content = resolveLinks(page.content.join(''), page.file, places)
      return [page.file, templates.frame(context, { style, content })]
    }),
  )
}

function titleOf({ part, sheet }: Page): string {
  return sheet === 1 ? part.title : `${part.title}, sheet ${sheet}`
}

function neighbour(
  direction: string,
  rel: string,
  page: Page | undefined,
): readonly { direction: string; rel: string; href: string; title: string }[] {
  return page === undefined ? [] : [{ direction, rel, href: page.file, title: titleOf(page) }]
}

/** The page a chunk goes on: the last one of its kind, or a new one. */
function pageFor(pages: Page[], part: Part, size: number): Page {
  const same = pages.filter((page) => page.part.page === part.page)
  const last = same.at(-1)
  if (last !== undefined && last.size + size <= pageSize) return last
  const file = same.length === 0 ? `${part.page}.html` : `${part.page}-${same.length + 1}.html`
  const page: Page = { file, part, sheet: same.length + 1, content: [], size: 0 }
  pages.push(page)
  return page
}

function anchorPlaces(pages: readonly Page[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>([['main', '']])
  for (const { file, content } of pages)
    for (const [, anchor] of content.join('').matchAll(/<[a-z0-9]+(?: class="[^"]*")? id="([^"]*)"/g)) {
      if (anchor === undefined) continue
      if (places.has(anchor))
        throw new RenderError('duplicate-anchor', 'templates', `two places carry the id "${anchor}"`, 'give each its own id')
      places.set(anchor, file)
    }
  return places
}

/** `href="#anchor"` occurs only where a template wrote it: quotes in texts are escaped. */
function resolveLinks(html: string, file: string, places: ReadonlyMap<string, string>): string {
  return html.replace(/ href="#([^"]*)"/g, (_, anchor: string) => ` href="${hrefTo(anchor, file, places)}"`)
}

function hrefTo(anchor: string, from: string, places: ReadonlyMap<string, string>): string {
  const file = places.get(anchor)
  if (file === undefined)
    throw new RenderError(
      'dangling-link',
      'templates',
      `link to "${anchor}", which is nowhere`,
      'give the template an element with that id',
    )
  return file === from ? `#${anchor}` : `${file}#${anchor}`
}

function navigation(
  parts: readonly Part[],
  page: Page,
  places: ReadonlyMap<string, string>,
): readonly { title: string; href: string; here: boolean }[] {
  return parts.map(({ id, number, title, page: name }) => ({
    title: number === '' ? title : `${number} ${title}`,
    href: hrefTo(id, page.file, places),
    here: page.part.page === name && (page.part.id === id || places.get(id) === page.file),
  }))
}
