import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { EvidenceError } from '../../model/errors.js'
import { readXml, readXmlFile } from './read-xml.js'
import { XmlParser } from './xml-parser.js'
import { readXmlFileTree, readXmlTree, replaceElement, textOf } from './xml-tree.js'

const refused = (text: string) => {
  let error: unknown
  assert.throws(
    () => readXml(text, 'f.xml', {}),
    (thrown) => ((error = thrown), true),
  )
  assert.ok(error instanceof EvidenceError, String(error))
  assert.match(error.message, /^f\.xml:\d+: [^\n]+; [^\n]+$/u)
  return error.code
}

describe('XML of a stranger is refused in one line', () => {
  const billionLaughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>`
  const cases: readonly (readonly [string, string, string])[] = [
    ['entities that expand to one another', billionLaughs, 'forbidden-entity'],
    ['an external entity', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`, 'forbidden-entity'],
    ['a parameter entity', `<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><a/>`, 'forbidden-entity'],
    ['an entity nobody declared', '<a>&nbsp;</a>', 'forbidden-entity'],
    ['an entity nobody declared, in an attribute', '<a b="&x;"/>', 'forbidden-entity'],
    ['an entity named as objects of the language are', '<a>&toString;&__proto__;</a>', 'forbidden-entity'],
    ['10,000 elements in one another', '<a>'.repeat(10_000) + '</a>'.repeat(10_000), 'too-deep'],
    ['a cut file', '<a><b>text</b>', 'truncated-stream'],
    ['a file cut inside a tag', '<a><b attribute="1', 'truncated-stream'],
    ['an empty file', '', 'malformed-xml'],
    ['text that is no XML', 'requirement,text\n', 'malformed-xml'],
    ['tags that cross', '<a><b></a></b>', 'malformed-xml'],
    ['two roots', '<a/><b/>', 'malformed-xml'],
    ['an attribute given twice', '<a b="1" b="2"/>', 'malformed-xml'],
    ['a control character', '<a>\u0000</a>', 'malformed-xml'],
    ['text after the end', '<a/>tail', 'malformed-xml'],
  ]
  for (const [what, text, code] of cases) test(what, () => assert.equal(refused(text), code))

  test('text, attributes and comments without an end stop at the limit, not when memory is full', () => {
    for (const start of ['<a>', '<a b="', '<!--', '<a><![CDATA[', '<', '<!DOCTYPE ', '<?x ']) {
      const parser = new XmlParser('f', {}, { depth: 10, token: 100_000 })
      assert.throws(
        () => {
          parser.write(start)
          for (let n = 0; n < 1000; n += 1) parser.write('x'.repeat(10_000))
        },
        { code: 'too-large' },
        start,
      )
    }
  })

  test('names that objects of the language have are names like others', () => {
    const { attributes, children } = readXmlTree('<a __proto__="x" constructor="y"><__proto__/></a>', 'f')
    assert.deepEqual([attributes['__proto__'], attributes['constructor'], 'toString' in attributes], ['x', 'y', false])
    assert.equal(children[0]?.name, '__proto__')
  })
})

describe('What a document says', () => {
  test('a DOCTYPE that only names a document type is passed over', () =>
    assert.equal(readXmlTree('<!DOCTYPE coverage SYSTEM "http://example.org/x.dtd"><coverage/>', 'f').name, 'coverage'))

  test('tree: prefixes as spelled, CDATA as text, mixed content in order, line of the start tag', () => {
    const root = readXmlTree('<?xml version="1.0"?>\n<n:a\n x="1">one<b>&lt;two&#x21;</b>\n<![CDATA[<three>]]></n:a>', 'f')
    assert.deepEqual([root.name, root.line, root.attributes['x'], root.text], ['n:a', 2, '1', 'one\n<three>'])
    assert.deepEqual(
      root.content.map((part) => (typeof part === 'string' ? part : part.line)),
      ['one', 3, '\n', '<three>'],
    )
    assert.equal(textOf(root), 'one<two!\n<three>')
  })

  test('an element is replaced where it stands; the tree before is as it was', () => {
    const root = readXmlTree('<a>1<b>2<c/></b>3<d/></a>', 'f')
    const target = root.children[0]?.children[0]
    assert.ok(target)
    const after = replaceElement(root, target, ['x', ...readXmlTree('<n><e>y</e></n>', 'f').content])
    assert.deepEqual([textOf(after), textOf(root), after.children[1] === root.children[1]], ['12xy3', '123', true])
    assert.equal(replaceElement(root, readXmlTree('<c/>', 'f'), []), root)
  })

  test('however the text is cut, the events are the same', () => {
    const text = '<?xml version="1.0"?>\r\n<a b="&amp;ü😀"><!-- c --><c/>x😀&#10;y<![CDATA[]]]]><d>z</d></a>\n'
    const events = (pieces: readonly string[]) => {
      const seen: string[] = []
      const parser = new XmlParser('f', {
        open: (name, attributes, line) => seen.push(`<${name} ${JSON.stringify(attributes)} ${line}`),
        text: (piece) => seen.push(...Array.from(piece)),
        close: (name) => seen.push(`/${name}`),
      })
      for (const piece of pieces) parser.write(piece)
      parser.end()
      return seen
    }
    const whole = events([text])
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length]
        assert.deepEqual(events(at.slice(1).map((end, i) => text.slice(at[i], end))), whole)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('Encodings of XML files', () => {
  let folder = ''
  before(() => (folder = mkdtempSync(join(tmpdir(), 'bulkhead-xml-'))))
  after(() => rmSync(folder, { recursive: true }))
  const file = (bytes: Uint8Array | string) => {
    writeFileSync(join(folder, 'f.xml'), bytes)
    return { name: 'f.xml', path: join(folder, 'f.xml') }
  }
  const utf16 = (text: string, big = false) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    return big ? bytes.swap16() : bytes
  }
  const declared = (name: string, text = 'x') => `<?xml version="1.0" encoding="${name}"?><a>${text}</a>`

  const accepted: readonly (readonly [string, Uint8Array | string, string])[] = [
    ['UTF-8 with a byte-order mark', '\ufeff<a>ü</a>', 'ü'],
    ['UTF-8 declared', declared('utf-8', 'ü'), 'ü'],
    ['UTF-16, little end first', utf16(declared('UTF-16', 'ü😀')), 'ü😀'],
    ['UTF-16, big end first', utf16(declared('UTF-16', 'ü😀'), true), 'ü😀'],
    ['ASCII that is declared as Latin 1', declared('ISO-8859-1'), 'x'],
    ['Windows code page, ASCII only', declared('windows-1252'), 'x'],
    ['Latin 1 with letters beyond ASCII', Buffer.from(declared('ISO-8859-1', 'Größe'), 'latin1'), 'Größe'],
    ['a Windows code page', Buffer.from(declared('windows-1251', '\u00cf'), 'latin1'), 'П'],
  ]
  for (const [what, bytes, text] of accepted) test(what, async () => assert.equal((await readXmlFileTree(file(bytes))).text, text))

  const wrong: readonly (readonly [string, Uint8Array | string])[] = [
    ['UTF-8 that says it is Latin 1', declared('ISO-8859-1', 'ü')],
    ['Latin 1 that says nothing', Buffer.from('<a>ü</a>', 'latin1')],
    ['UTF-16 without a byte-order mark', Buffer.from('<a/>', 'utf16le')],
    ['UTF-8 that says it is UTF-16', declared('UTF-16')],
    ['UTF-16 that says it is UTF-8', utf16(declared('UTF-8'))],
    ['UTF-16 cut inside a character', utf16('<a>x</a>').subarray(0, -1)],
    ['an encoding nobody uses', declared('EBCDIC-US')],
  ]
  for (const [what, bytes] of wrong)
    test(`refused: ${what}`, () =>
      assert.rejects(readXmlFile(file(bytes), {}), { code: 'wrong-encoding', message: /^f\.xml: [^\n]+; save/u }))

  test('a folder and a file that is not there are refused', async () => {
    await assert.rejects(readXmlFile({ name: 'x', path: folder }, {}), { code: 'unreadable-file' })
    await assert.rejects(readXmlFile({ name: 'x', path: join(folder, 'none') }, {}), { code: 'unreadable-file' })
  })
})
