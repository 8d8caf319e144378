import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { AssuranceCase } from '../model/assurance-case.js'
import { casePlan } from './case-plan.js'
import { renderHtml } from './render-html.js'
import type { RenderOptions } from './render-options.js'
import { projectTemplates } from './templates-folder.js'
import { sampleCase } from './test/sample-case.js'

const options: RenderOptions = { inputs: [{ file: 'messages.ndjson', bytes: 12, sha256: 'ab'.repeat(32) }], packDigest: '01'.repeat(32) }
const sample = sampleCase({ components: 34, scenariosPerElement: 1 })
const render = (view: AssuranceCase, own: RenderOptions): Map<string, string> => renderHtml(casePlan(view, own), own)
const pages = render(sample, options)
const all = [...pages.values()].join('\n')
const folder = mkdtempSync(join(tmpdir(), 'templates-'))
after(() => rmSync(folder, { recursive: true }))

/** The project's templates with one text of one file replaced. */
function changed(file: string, from: string, to: string): RenderOptions {
  cpSync(projectTemplates(), folder, { recursive: true })
  const text = readFileSync(join(folder, file), 'utf8')
  assert.ok(text.includes(from))
  writeFileSync(join(folder, file), text.replace(from, to))
  return { ...options, templates: folder }
}

describe('The HTML report', () => {
  test('a template that names a missing field stops it, by template and field', () => {
    const attempt = (): unknown => render(sample, changed('parts/claims.html.hbs', '{{shown}}', '{{shwon}}'))
    assert.throws(attempt, { code: 'missing-field', message: /^templates\/parts\/claims\.html\.hbs:\d+: field "shwon" does not exist; / })
  })

  test('a template that leaves a cell empty stops it', () => {
    const attempt = (): unknown => render(sample, changed('parts/assurance.html.hbs', '<td>{{artefact}}</td>', '<td> </td>'))
    assert.throws(attempt, { code: 'empty-cell', place: 'templates/parts/assurance.html.hbs' })
  })

  test('a link that leads nowhere stops it, and so does an id given twice', () => {
    const nowhere: AssuranceCase = {
      ...sample,
      claims: sample.claims.map((claim) => ({ ...claim, derived: [{ text: 'x', anchor: 'nowhere' }] })),
    }
    assert.throws(() => render(nowhere, options), { code: 'dangling-link', message: /"nowhere"/ })
    assert.throws(() => render({ ...sample, claims: [...sample.claims, ...sample.claims] }, options), { code: 'duplicate-anchor' })
  })

  test('it fetches nothing and runs nothing', () => {
    assert.doesNotMatch(all, /<script|<link|<iframe|<object|javascript:|@import|url\(|\ssrc=|https?:\/\//i)
    for (const page of pages.values()) assert.match(page, /Content-Security-Policy" content="default-src 'none'/)
  })

  test('no cell and no description is empty, and hostile text stays text', () => {
    assert.doesNotMatch(all, /<(t[dh]|d[td]|li|caption|h[1-4])\b[^>]*>\s*<\/\1>/)
    assert.match(all, /&lt;b&gt;&amp;amp;/)
    assert.doesNotMatch(all, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/u)
    assert.match(all, /‹U\+202E›/)
  })

  test('every link leads to an id of the page it names', () => {
    let links = 0
    for (const [file, text] of pages)
      for (const [, target, anchor] of text.matchAll(/<a [^>]*href="([^"#]*)(?:#([^"]*))?"/g)) {
        const page = pages.get(target === '' || target === undefined ? file : target)
        assert.ok(page !== undefined, `${file}: ${target}`)
        if (anchor !== undefined) assert.ok(page.includes(` id="${anchor}"`), `${file}: ${anchor}`)
        links += 1
      }
    assert.ok(links > 1000)
  })

  test('requirement and scenario lead to each other', () => {
    const element = sample.requirements[0]?.elements[0]
    const scenario = element?.scenarios[0]
    assert.ok(element !== undefined && scenario !== undefined)
    const page = pages.get('requirements.html') ?? ''
    assert.ok(page.includes(`href="#${scenario.anchor}"`) && page.includes(`id="${scenario.anchor}"`))
    assert.ok(page.slice(page.indexOf(`id="${scenario.anchor}"`)).includes(`href="#${element.anchor}"`))
  })

  test('every page has a language, landmarks, a skip link, and tables with caption and scope', () => {
    for (const [file, page] of pages) {
      for (const part of [
        '<html lang="en-GB">',
        'href="#main"',
        '<main id="main"',
        '<nav aria-label=',
        '<header',
        '<footer',
        'name="viewport"',
      ])
        assert.ok(page.includes(part), `${file}: ${part}`)
      assert.equal(page.match(/<table/g)?.length, page.match(/<caption>/g)?.length, file)
      assert.doesNotMatch(page, /<th(?! scope="(?:row|col)")[ >]/)
    }
  })

  test('what is not covered comes before what was tested, on the first page', () => {
    const first = pages.get('index.html') ?? ''
    assert.deepEqual([...pages.keys()][0], 'index.html')
    assert.ok(first.indexOf('id="not-covered"') < first.indexOf('id="result"'))
  })

  test('uncommitted changes are in plain sight on every page, and only then', () => {
    for (const page of pages.values()) assert.match(page, /<strong>Uncommitted changes/)
    const clean = render({ ...sample, cover: { ...sample.cover, dirty: false } }, options)
    for (const page of clean.values()) assert.doesNotMatch(page, /Uncommitted changes/)
  })

  test('every requirement and every scenario is printed in full exactly once', () => {
    const anchors = [
      ...sample.requirements.flatMap(({ elements }) => elements.map(({ anchor }) => anchor)),
      ...sample.scenarios.map(({ anchor }) => anchor),
    ]
    for (const anchor of anchors) assert.equal(all.split(` id="${anchor}"`).length, 2, anchor)
  })

  test('a page too long for a browser is continued on another', () => {
    const large = render(sampleCase({ components: 34, scenariosPerElement: 4 }), options)
    assert.ok(large.has('requirements-2.html'))
    for (const page of large.values()) assert.ok(page.length < 900_000)
    assert.match(large.get('requirements.html') ?? '', /href="requirements-2\.html" rel="next"/)
  })

  test('the same case gives the same bytes', () =>
    assert.deepEqual(render(sampleCase({ components: 34, scenariosPerElement: 1 }), options), pages))
})
