import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { breakPaths, labelCells } from './browser-marks.js'

describe('Marks for browsers', () => {
  test('each data cell carries the heading of its column; the row header does not', () => {
    const table =
      '<table><thead><tr><th scope="col">Id</th><th scope="col">A &amp; <code>b</code></th></tr></thead><tbody><tr><th scope="row">1</th><td class="num">2</td></tr></tbody></table>'
    assert.match(labelCells(table), /<th scope="row">1<\/th><td data-label="A &amp; b" class="num">2<\/td>/)
  })

  test('labels of one table do not reach the next', () => {
    const table = (name: string): string =>
      `<table><thead><tr><th scope="col">${name}</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table>`
    assert.equal(
      labelCells(table('A') + table('B'))
        .match(/data-label="[AB]"/g)
        ?.join(),
      'data-label="A",data-label="B"',
    )
  })

  test('a path may break after a slash, in code only', () => {
    assert.equal(breakPaths('<code>a/b/c.ts</code> a/b <code>ab</code>'), '<code>a/<wbr>b/<wbr>c.ts</code> a/b <code>ab</code>')
  })
})
