/**
 * The templates in force: those of the project, and over them a user's own folder, which holds only what it changes. A file there takes
 * the place of ours of the same name; `theme/theme.json` changes the values it names; `front` and `sections` add parts of their own,
 * before the contents and after the body. Their first line gives the title: `{{!-- Title: Approval --}}`.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Chunk, DocumentPlan, Part } from './document-plan.js'
import { RenderError } from './render-error.js'
import { compileTemplates, type TemplateSet } from './template-set.js'
import { projectTemplates } from './templates-folder.js'
import { loadTheme, type Theme } from './theme.js'

const ending = '.html.hbs'

interface OwnPart {
  readonly template: string
  readonly title: string
  readonly id: string
}

export interface TemplateFolder {
  readonly templates: TemplateSet
  readonly theme: Theme
  /** Rules for browsers, the user's after ours. */
  readonly rules: string
  readonly front: readonly OwnPart[]
  readonly sections: readonly OwnPart[]
}

/** @param own a user's folder; undefined: the project's alone. @throws RenderError naming the file that is wrong. */
export function openTemplates(own?: string): TemplateFolder {
  const base = projectTemplates()
  if (own !== undefined && !(existsSync(own) && statSync(own).isDirectory()))
    throw new RenderError('missing-template', basename(own), 'is no folder of templates', 'correct the name')
  const room = (name: string): Map<string, string> =>
    new Map([...files(join(base, name)), ...(own === undefined ? [] : files(join(own, name)))])
  const text = (name: string): string => {
    const file = own !== undefined && existsSync(join(own, name)) ? join(own, name) : join(base, name)
    return readFileSync(file, 'utf8')
  }
  const added = (name: 'front' | 'sections'): Map<string, string> =>
    own === undefined ? new Map<string, string>() : files(join(own, name))
  const [front, sections] = [added('front'), added('sections')]
  const parts = new Map([...room('parts'), ...prefixed('front', front), ...prefixed('sections', sections)])
  const themeFile = (folder: string): string => join(folder, 'theme', 'theme.json')
  const ownTheme = own !== undefined && existsSync(themeFile(own)) ? themeFile(own) : undefined
  const ownRules = own === undefined ? '' : join(own, 'theme', 'report.css')
  return {
    templates: compileTemplates(parts, room('partials'), text(join('html', `page${ending}`))),
    theme: loadTheme(themeFile(base), ownTheme),
    rules: readFileSync(join(base, 'theme', 'report.css'), 'utf8') + (existsSync(ownRules) ? readFileSync(ownRules, 'utf8') : ''),
    front: ownParts('front', front),
    sections: ownParts('sections', sections),
  }
}

/** The plan with the user's own parts in it. */
export function withOwnParts(plan: DocumentPlan, { front, sections }: TemplateFolder, packDigest: string): DocumentPlan {
  if (front.length + sections.length === 0) return plan
  const { title, subtitle, system } = plan
  const last = Math.max(0, ...plan.parts.map(({ number }) => Number(number)))
  const [cover, ...others] = plan.parts
  const before = front.map(({ id, title: own }): Part => ({ id, number: '', title: own, page: 'index' }))
  const after = sections.map(({ id, title: own }, index): Part => ({ id, number: String(last + index + 1), title: own, page: id }))
  const chunks = (parts: readonly Part[], own: readonly OwnPart[], isFront: boolean): readonly Chunk[] =>
    parts.map((part, index) => ({
      part,
      template: own[index]?.template ?? '',
      front: isFront,
      context: { part, document: { title, subtitle, system, packDigest } },
    }))
  return {
    ...plan,
    parts: [...(cover === undefined ? [] : [cover]), ...before, ...others, ...after],
    *chunks() {
      let first = true
      for (const chunk of plan.chunks()) {
        yield chunk
        if (first) yield* chunks(before, front, true)
        first = false
      }
      yield* chunks(after, sections, false)
    },
  }
}

function files(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map()
  const names = readdirSync(folder).filter((file) => file.endsWith(ending))
  return new Map(names.sort().map((file) => [basename(file, ending), readFileSync(join(folder, file), 'utf8')]))
}

function prefixed(room: string, sources: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...sources].map(([name, source]) => [`${room}/${name}`, source])
}

function ownParts(room: string, sources: ReadonlyMap<string, string>): readonly OwnPart[] {
  return [...sources].map(([name, source]) => {
    const place = `templates/${room}/${name}${ending}`
    const title = /^\{\{!--\s*Title:\s*(.*?)\s*--\}\}/.exec(source)?.[1] ?? ''
    if (title === '') throw new RenderError('malformed-template', `${place}:1`, 'has no title', 'begin it with {{!-- Title: TEXT --}}')
    if (!/^[A-Za-z0-9._-]+$/.test(name))
      throw new RenderError('malformed-template', place, 'has a name that is no anchor', 'use letters, digits and -')
    return { template: `${room}/${name}`, title, id: `own-${room}-${name}` }
  })
}
