import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createNumbering } from './numbering.js'
import { compileTemplates } from './template-set.js'

const render = (source: string, context: unknown, partials: Readonly<Record<string, string>> = {}): string =>
  compileTemplates(new Map([['sample', source]]), new Map(Object.entries(partials))).render(
    'sample',
    context,
    createNumbering([['S', ['a', 'b', 'c', 'd']]]),
  )

describe('Templates', () => {
  const missing: readonly (readonly [string, string, object])[] = [
    ['output', '{{absent}}', {}],
    ['a path', '{{cover.absent}}', { cover: {} }],
    ['a path through nothing', '{{cover.absent}}', {}],
    ['a condition', '{{#if absent}}x{{/if}}', {}],
    ['a negated condition', '{{#unless absent}}x{{/unless}}', {}],
    ['a loop', '{{#each absent}}x{{else}}none{{/each}}', {}],
    ['an item of a loop', '{{#each list}}{{absent}}{{/each}}', { list: [{}] }],
    ['a parameter of a helper', '{{tone absent}}', {}],
    ['a parameter of a partial', '{{> row list=absent}}', {}],
  ]
  for (const [place, source, context] of missing)
    test(`a field that does not exist is refused in ${place}, by template, line and name`, () => {
      assert.throws(() => render(`\n${source}`, context, { row: '{{#each list}}x{{/each}}' }), {
        code: 'missing-field',
        message: 'templates/parts/sample.html.hbs:2: field "absent" does not exist; name a field of the assurance case',
      })
    })

  test('a field missing inside a partial names the partial', () => {
    assert.throws(() => render('{{> row}}', {}, { row: '{{absent}}' }), {
      code: 'missing-field',
      place: 'templates/partials/row.html.hbs:1',
    })
  })

  test('an unknown helper, partial, template or broken syntax is refused', () => {
    assert.throws(() => render('{{shout x}}', { x: 1 }), { code: 'malformed-template' })
    assert.throws(() => render('{{> nowhere}}', {}), { code: 'malformed-template' })
    assert.throws(() => render('{{#if x}}', { x: 1 }), { code: 'malformed-template' })
    assert.throws(() => compileTemplates(new Map(), new Map()).render('nowhere', {}, createNumbering([])), { code: 'missing-template' })
  })

  test('a state without a tone names the template', () => {
    assert.throws(() => render('{{tone state}}', { state: 'odd' }), { code: 'unknown-state', place: 'templates/parts/sample.html.hbs' })
  })

  test('text is escaped in every position', () => {
    const hostile = '"><script>alert(1)</script>\u202e'
    const escaped = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;‹U+202E›'
    assert.equal(
      render('<p title="{{x}}">{{x}}</p>{{value x}}{{join list}}', { x: hostile, list: [hostile] }),
      `<p title="${escaped}">${escaped}</p><code>${escaped}</code>${escaped}`,
    )
  })

  test('an element that came out empty is refused', () => {
    for (const tag of ['td', 'th', 'dd', 'dt', 'li', 'caption', 'h2'])
      assert.throws(
        () => render(`<${tag} class="x"> {{x}}\n</${tag}>`, { x: '' }),
        { code: 'empty-cell', place: 'templates/parts/sample.html.hbs' },
        tag,
      )
  })

  test('what would print as nothing is said in words', () => {
    assert.equal(
      render('{{value x}} {{value y}} {{join list}}', { x: '', y: '  ', list: [] }),
      '<em>empty</em> <em>2 blank characters</em> none',
    )
  })

  test('scenarios are numbered, joined and grouped by verdict; one without a number is refused', () => {
    const links = ['d', 'a', 'b'].map((anchor) => ({ anchor, verdict: anchor === 'b' ? 'failed' : 'passed' }))
    const text = render('{{label "c"}} {{ranges links}} {{verdicts links}} {{verdicts empty}}', { links, empty: [] }).replace(
      /<[^>]*>/g,
      '',
    )
    assert.equal(text, 'S003 S001–S002, S004 passed: S001, S004; failed: S002 none')
    assert.throws(() => render('\n{{label "x"}}', {}), { code: 'dangling-link' })
  })
})
