/**
 * The Handlebars templates, compiled so that nothing is silently absent: a field that does not exist throws wherever it stands
 * (output, parameter, block), no helper may be missing, and every string is escaped and made visible first.
 * Handlebars 4.7, "strict" applies to output only; the path nodes of parameters are marked strict here before compiling.
 */
import Handlebars from 'handlebars'
import type { Link, ScenarioLink } from '../model/assurance-case.js'
import type { Numbering } from './numbering.js'
import { RenderError } from './render-error.js'
import { toneOf } from './status-tone.js'
import { visibleContext } from './visible-text.js'

export interface TemplateSet {
  /** @throws RenderError naming template and field. */
  render(name: string, context: unknown, numbering: Numbering): string
  /** The page around the content; `style` and `content` are put in as they are. */
  frame(context: object, raw: { readonly style: string; readonly content: string }): string
}

/** A name is that of a file in `parts` without its ending, or with its folder when it is another: `sections/approval`. */
export function compileTemplates(parts: ReadonlyMap<string, string>, partials: ReadonlyMap<string, string>, page = ''): TemplateSet {
  const environment = Handlebars.create()
  registerHelpers(environment)
  for (const [name, source] of partials) environment.registerPartial(name, guarded(environment, `partials/${name}`, source))
  const compiled = new Map([...parts].map(([name, source]) => [name, guarded(environment, pathOf(name), source)]))
  const frame = guarded(environment, 'html/page', page)
  return {
    frame: (context, raw) => frame({ ...(visibleContext(context) as object), ...raw }),
    render(name, context, numbering) {
      const template = compiled.get(name)
      if (template === undefined)
        throw new RenderError('missing-template', `templates/${pathOf(name)}.html.hbs`, 'no such template', 'restore the file')
      const html = template(visibleContext(context), { data: { numbering } })
      const empty = /<(t[dh]|d[td]|li|caption|h[1-4])\b[^>]*>\s*<\/\1>/.exec(html)?.[1]
      if (empty === undefined) return html
      throw new RenderError('empty-cell', `templates/${pathOf(name)}.html.hbs`, `a <${empty}> is empty`, 'print "none", or what is missing')
    },
  }
}

/** Of a template, below the folder of templates. */
export function pathOf(name: string): string {
  return name.includes('/') ? name : `parts/${name}`
}

/** Compiles one template; whatever it throws names it, innermost template first. */
function guarded(environment: typeof Handlebars, name: string, source: string): Handlebars.TemplateDelegate {
  const file = `templates/${name}.html.hbs`
  const fail = (cause: unknown): never => {
    if (cause instanceof RenderError && cause.place !== 'status') throw cause
    const message = cause instanceof Error ? cause.message : String(cause)
    const line = /(?: - |line )(\d+)/.exec(message)?.[1]
    const place = line === undefined ? file : `${file}:${line}`
    if (cause instanceof RenderError) throw new RenderError(cause.code, place, cause.what, cause.remedy, { cause })
    const field = /^"([^"]*)" not defined in/.exec(message)?.[1]
    if (field === undefined)
      throw new RenderError('malformed-template', place, message.split('\n')[0] ?? message, 'correct the template', { cause })
    throw new RenderError('missing-field', place, `field "${field}" does not exist`, 'name a field of the assurance case', { cause })
  }
  const strictPaths = new StrictPaths()
  let template: Handlebars.TemplateDelegate
  try {
    const program = environment.parse(source)
    strictPaths.accept(program)
    template = environment.compile(program, {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: {
        tone: true,
        value: true,
        join: true,
        says: true,
        label: true,
        ranges: true,
        verdicts: true,
        paths: true,
        is: true,
        share: true,
      },
    })
  } catch (cause) {
    return fail(cause)
  }
  return (context: unknown, options?: Handlebars.RuntimeOptions) => {
    try {
      return template(context, options)
    } catch (cause) {
      return fail(cause)
    }
  }
}

class StrictPaths extends Handlebars.Visitor {
  override PathExpression(path: hbs.AST.PathExpression): void {
    Object.assign(path, { strict: true })
  }
}

function registerHelpers(environment: typeof Handlebars): void {
  environment.registerHelper('tone', (state: unknown) => toneOf(String(state)))
  /** A value of the system under test: one that prints as nothing is said in words. */
  environment.registerHelper('value', (value: unknown) => {
    const text = String(value)
    if (text === '') return new Handlebars.SafeString('<em>empty</em>')
    if (/^\s+$/.test(text)) return new Handlebars.SafeString(`<em>${text.length} blank characters</em>`)
    return new Handlebars.SafeString(`<code>${Handlebars.escapeExpression(text)}</code>`)
  })
  /** The model writes `none` where a text has nothing to say. */
  environment.registerHelper('says', (text: unknown) => text !== '' && text !== 'none')
  environment.registerHelper('join', (list: unknown) => {
    if (!Array.isArray(list)) throw new RenderError('missing-field', 'status', 'join needs a list', 'name a list of the assurance case')
    return list.length === 0 ? 'none' : list.join(', ')
  })
  environment.registerHelper('is', (value: unknown, word: unknown) => value === word)
  /** A bar as long as the share of the whole; the numbers stand beside it in the table. */
  environment.registerHelper('share', (count: unknown, total: unknown, state: unknown) =>
    shareBar(Number(count), Number(total), String(state)),
  )
  environment.registerHelper('paths', (links: readonly Link[]) => byFolder(links))
  environment.registerHelper('label', (anchor: unknown, options: Handlebars.HelperOptions) => numberingIn(options).label(String(anchor)))
  environment.registerHelper('ranges', (links: readonly Link[], options: Handlebars.HelperOptions) => rangesOf(links, numberingIn(options)))
  /** Numbers of scenarios by verdict, in the order in which the verdicts first occur. */
  environment.registerHelper('verdicts', (links: readonly ScenarioLink[], options: Handlebars.HelperOptions) => {
    const groups = new Map<string, ScenarioLink[]>()
    for (const link of links) groups.set(link.verdict, [...(groups.get(link.verdict) ?? []), link])
    if (groups.size === 0) return new Handlebars.SafeString('<em>none</em>')
    const texts = [...groups].map(
      ([verdict, group]) => `${Handlebars.escapeExpression(verdict)}: ${rangesOf(group, numberingIn(options)).toString()}`,
    )
    return new Handlebars.SafeString(texts.join('; '))
  })
}

function shareBar(count: number, total: number, state: string): Handlebars.SafeString {
  if (total === 0) return new Handlebars.SafeString('<em>nothing to share</em>')
  const percent = ((100 * count) / total).toFixed(1)
  return new Handlebars.SafeString(`<span class="share ${toneOf(state)}" style="--share:${percent}%">${percent} %</span>`)
}

/** Paths by folder: the folder once, then its files. What is no path stands for itself. */
function byFolder(links: readonly Link[]): Handlebars.SafeString {
  const folders = new Map<string, string[]>()
  for (const { text, anchor } of links) {
    const cut = text.includes(' ') ? 0 : text.lastIndexOf('/') + 1
    const link = `<a href="#${Handlebars.escapeExpression(anchor)}"><code>${Handlebars.escapeExpression(text.slice(cut))}</code></a>`
    folders.set(text.slice(0, cut), [...(folders.get(text.slice(0, cut)) ?? []), link])
  }
  if (folders.size === 0) return new Handlebars.SafeString('<em>none</em>')
  const items = [...folders].map(([folder, files]) => {
    const lead = folder === '' ? '' : `<code>${Handlebars.escapeExpression(folder)}</code> `
    return `<li>${lead}${files.join(', ')}</li>`
  })
  return new Handlebars.SafeString(`<ul class="plain">${items.join('')}</ul>`)
}

function numberingIn(options: Handlebars.HelperOptions): Numbering {
  return (options.data as { readonly numbering: Numbering }).numbering
}

function rangesOf(links: readonly Link[], numbering: Numbering): Handlebars.SafeString {
  const link = ({ anchor, text }: Link): string =>
    `<a href="#${Handlebars.escapeExpression(anchor)}">${Handlebars.escapeExpression(text)}</a>`
  const ranges = numbering.ranges(links).map(({ first, last }) => (last === null ? link(first) : `${link(first)}–${link(last)}`))
  return new Handlebars.SafeString(ranges.length === 0 ? '<em>none</em>' : ranges.join(', '))
}
