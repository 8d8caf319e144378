import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import type { DocumentPlan, Part } from './document-plan.js'
import { createNumbering } from './numbering.js'
import { renderHtml } from './render-html.js'
import { renderPdf } from './render-pdf.js'
import { openTemplates } from './template-folder.js'
import { projectTemplates } from './templates-folder.js'

const part: Part = { id: 'scope', number: '1', title: 'Scope', page: 'index' }
const cover: Part = { id: 'cover', number: '', title: 'Overview', page: 'index' }
const lead = ['All of it.']
const plan: DocumentPlan = {
  title: 'Evidence',
  subtitle: 'Spec',
  system: 'System 1',
  dirty: false,
  parts: [cover, part],
  numbering: createNumbering([]),
  chunks: () => [
    { part: cover, template: 'components', front: true, context: { part: cover, lead, rows: [], heading: 'Part', caption: 'Parts' } },
    { part, template: 'module-tests', front: false, context: { part, lead, rows: [] } },
  ],
}
const options = { inputs: [], packDigest: 'ab'.repeat(32) }

let own = ''
beforeEach(() => (own = mkdtempSync(join(tmpdir(), 'own-'))))
afterEach(() => rmSync(own, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(own, file)), { recursive: true })
  writeFileSync(join(own, file), text)
}

describe('A folder of templates of one’s own', () => {
  test('that is not there, or a part without a title, is refused by name', () => {
    assert.throws(() => openTemplates(join(own, 'nowhere')), { code: 'missing-template', message: /^nowhere: / })
    write('front/approval.html.hbs', '<section id="{{part.id}}"><h1>Approval</h1></section>')
    assert.throws(() => openTemplates(own), {
      code: 'malformed-template',
      message: /^templates\/front\/approval\.html\.hbs:1: has no title/,
    })
  })

  test('a field that does not exist is named with the file of the user', () => {
    write('sections/more.html.hbs', '{{!-- Title: More --}}\n<section id="{{part.id}}"><h1>{{part.nmber}}</h1></section>')
    assert.throws(() => renderHtml(plan, { ...options, templates: own }), {
      code: 'missing-field',
      message: /^templates\/sections\/more\.html\.hbs:2: field "part\.nmber"|^templates\/sections\/more\.html\.hbs:2: /,
    })
  })

  test('changes the values it names and no other', () => {
    write('theme/theme.json', JSON.stringify({ light: { accent: '#123456' } }))
    const { theme } = openTemplates(own)
    const ours = openTemplates().theme
    assert.equal(theme.light.accent, '#123456')
    assert.deepEqual({ ...theme, light: { ...theme.light, accent: ours.light.accent } }, ours)
  })

  test('an empty one changes no byte', () => {
    assert.deepEqual(renderPdf(plan, { ...options, templates: own }), renderPdf(plan, options))
    assert.deepEqual(renderHtml(plan, { ...options, templates: own }), renderHtml(plan, options))
  })

  test('the example adds its parts to both outputs, before the contents and at the end, with its colours and mark', () => {
    const example = resolve(projectTemplates(), '../examples/templates')
    const headings: string[] = []
    renderPdf(plan, { ...options, templates: example }, ({ placed }) =>
      headings.push(...placed.flatMap(({ strip }) => (strip.heading === null ? [] : [strip.heading.title]))),
    )
    assert.deepEqual(headings, ['Overview', 'Approval', '1 Scope', '2 Contacts', 'Contents'])
    const html = [...renderHtml(plan, { ...options, templates: example }).values()].join('\n')
    for (const text of ['Approval', '2 Contacts', '#7a3b12', 'A square on its corner']) assert.ok(html.includes(text), text)
  })
})
