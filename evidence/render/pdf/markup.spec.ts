import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseMarkup, textOf } from './markup.js'

describe('The HTML subset', () => {
  test('an element outside the subset is refused by name', () => {
    assert.throws(() => parseMarkup('x.hbs', '<p><img src="x"/></p>'), {
      code: 'unsupported-markup',
      message: /x\.hbs: element <img> is outside the subset/,
    })
    assert.throws(() => parseMarkup('x.hbs', '<script>1</script>'), { code: 'unsupported-markup' })
  })

  test('markup that a parser would repair is refused', () => {
    assert.throws(() => parseMarkup('x.hbs', '<p>one</p></p>'), { code: 'malformed-template', place: 'x.hbs' })
    for (const repaired of ['<table><p>x</p></table>', '<div>x', '<ul><li>a<li>b</ul>', 'x</div>', '<p><div>x</div></p>'])
      assert.throws(() => parseMarkup('x.hbs', repaired), { code: 'malformed-template' }, repaired)
    assert.throws(() => parseMarkup('x.hbs', '<p class="a" class="b">x</p>'), { code: 'malformed-template' })
  })

  test('text is what the characters mean, white space kept', () =>
    assert.equal(textOf(parseMarkup('x.hbs', '<pre>a &lt;b&gt;\n  c<br/>d</pre>')), 'a <b>\n  c\nd'))
})
