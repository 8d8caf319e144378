import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  digestOfEntries,
  describePack,
  makeManifest,
  manifestName,
  printManifest,
  writeManifest,
  type Manifest,
  type ManifestEntry,
} from './manifest.js'
import { verifyPack } from './verify-pack.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-'))
  mkdirSync(join(folder, 'html'))
  writeFileSync(join(folder, 'results.ndjson'), 'results')
  writeFileSync(join(folder, 'html/index.html'), '<p>report')
  writeManifest(folder)
})
afterEach(() => rmSync(folder, { recursive: true }))

const problems = (): string[] => verifyPack(folder).map(({ kind, path }) => `${kind} ${path}`)
const read = (): Manifest => JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Manifest
const rewrite = (text: string): void => writeFileSync(join(folder, manifestName), text)
/** A manifest that is right in itself, over other entries. */
const relist = (change: (files: readonly ManifestEntry[]) => readonly ManifestEntry[]): void =>
  rewrite(printManifest(makeManifest(change(read().files))))

describe('verification finds', () => {
  test('each single changed byte', () => {
    const file = join(folder, 'results.ndjson')
    const bytes = readFileSync(file)
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      writeFileSync(file, changed)
      assert.deepEqual(problems(), ['changed results.ndjson'], `byte ${at}`)
    }
  })
  test('an added byte', () => {
    writeFileSync(join(folder, 'results.ndjson'), 'results!')
    assert.match(verifyPack(folder)[0]!.what, /8 bytes instead of 7/)
  })
  test('a missing file', () => {
    rmSync(join(folder, 'html/index.html'))
    assert.deepEqual(problems(), ['missing html/index.html'])
  })
  test('an extra file, hidden ones too', () => {
    writeFileSync(join(folder, 'html/.extra'), '')
    assert.deepEqual(problems(), ['extra html/.extra'])
  })
  test('a link in place of a file, even to the same bytes', () => {
    rmSync(join(folder, 'results.ndjson'))
    writeFileSync(join(folder, 'html/copy'), 'results')
    symlinkSync('html/copy', join(folder, 'results.ndjson'))
    assert.deepEqual(problems(), ['extra html/copy', 'link results.ndjson'])
  })
  test('a linked folder', () => {
    symlinkSync('/', join(folder, 'outside'))
    assert.deepEqual(problems(), ['link outside'])
  })
  test('several things at once', () => {
    writeFileSync(join(folder, 'extra'), '')
    rmSync(join(folder, 'results.ndjson'))
    assert.deepEqual(problems(), ['extra extra', 'missing results.ndjson'])
  })
  for (const path of [
    '../outside',
    '/etc/hostname',
    'html/../results.ndjson',
    './results.ndjson',
    'html//index.html',
    'c:\\x',
    'html\\index.html',
  ])
    test(`a listed path that escapes or hides: ${path}`, () => {
      relist((files) => [...files, { ...files[0]!, path }])
      assert.deepEqual(problems(), [`unsafe-path ${path}`])
    })
  test('no manifest', () => {
    rmSync(join(folder, manifestName))
    assert.deepEqual(problems(), ['missing manifest.json'])
  })
  test('no folder', () => assert.equal(verifyPack(join(folder, 'nowhere'))[0]?.kind, 'missing'))
  for (const [what, text] of [
    ['no JSON', '{'],
    ['a list', '[]'],
    ['another schema', '{"schema":"other/1","files":[]}'],
    ['no files', '{"schema":"bulkhead.manifest/1"}'],
    ['an entry without digest', '{"schema":"bulkhead.manifest/1","files":[{"path":"a","size":1}]}'],
    ['an entry that is null', '{"schema":"bulkhead.manifest/1","files":[null]}'],
  ] as const)
    test(`a manifest with ${what}`, () => {
      rewrite(text)
      assert.deepEqual(problems(), ['malformed-manifest manifest.json'])
    })
  test('a manifest that is a link', () => {
    rmSync(join(folder, manifestName))
    symlinkSync('results.ndjson', join(folder, manifestName))
    assert.deepEqual(problems(), ['malformed-manifest manifest.json'])
  })
  test('a list that was changed after its digest was made', () => {
    const { files, ...rest } = read()
    writeFileSync(join(folder, 'results.ndjson'), 'forgery')
    const forged = describePack(folder).files
    rewrite(JSON.stringify({ ...rest, files: forged }))
    assert.notDeepEqual(forged, files)
    assert.deepEqual(problems(), ['malformed-manifest manifest.json'])
  })
  test('a path listed twice', () => {
    relist((files) => [...files, files[0]!])
    assert.deepEqual(problems(), ['malformed-manifest manifest.json'])
  })
})

describe('a manifest', () => {
  test('of an untouched pack verifies', () => assert.deepEqual(verifyPack(folder), []))
  test('lists every file but itself, sorted, and says what it shows', () => {
    const manifest = read()
    assert.deepEqual(
      manifest.files.map(({ path, size }) => `${path} ${size}`),
      ['html/index.html 9', 'results.ndjson 7'],
    )
    assert.equal(manifest.assurance, 'integrity only, signer unidentified')
    assert.equal(manifest.digest, digestOfEntries(manifest.files))
  })
  test('is the same for the same files', () => {
    const first = readFileSync(join(folder, manifestName), 'utf8')
    writeManifest(folder)
    assert.equal(readFileSync(join(folder, manifestName), 'utf8'), first)
  })
  test('is refused over a pack that holds a link', () => {
    symlinkSync('results.ndjson', join(folder, 'link'))
    assert.throws(() => writeManifest(folder), { code: 'unsafe-path' })
  })
})
