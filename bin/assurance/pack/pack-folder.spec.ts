import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openPackFolder } from './pack-folder.js'

describe('The latest pack is the result of the last run, or there is none', () => {
  let reports = ''
  const latest = () => join(reports, 'latest')
  const pack = (folder: string, content: string) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'manifest.json'), manifest(content))
  }
  const manifest = (content: string) => JSON.stringify({ schema: 'bulkhead.manifest/1', files: [{ path: `${content}.csv` }] })

  beforeEach(() => {
    reports = mkdtempSync(join(tmpdir(), 'bulkhead-pack-'))
  })
  afterEach(() => rmSync(reports, { recursive: true }))

  test('a run that is discarded, or killed, leaves no latest pack; the one before it is kept under its own name', () => {
    pack(latest(), 'old')
    const folder = openPackFolder(latest())
    pack(folder.staging, 'half')
    assert.equal(existsSync(latest()), false, 'while the run is under way')
    folder.discard()
    assert.deepEqual(readdirSync(reports), ['previous'])
    assert.equal(readFileSync(join(reports, 'previous', 'manifest.json'), 'utf8'), manifest('old'))
  })

  test('a published pack takes the place, and nothing of the run is left beside it', () => {
    pack(latest(), 'old')
    const folder = openPackFolder(latest())
    pack(folder.staging, 'new')
    folder.publish()
    folder.discard()
    assert.equal(readFileSync(join(latest(), 'manifest.json'), 'utf8'), manifest('new'))
    assert.deepEqual(readdirSync(reports).sort(), ['latest', 'previous'])
  })

  test('a folder that is not a pack is not replaced', () => {
    mkdirSync(latest())
    writeFileSync(join(latest(), 'thesis.txt'), 'three years')
    assert.throws(() => openPackFolder(latest()), /latest\/ holds files but no manifest\.json of a pack, so it is not replaced; remedy/)
    assert.equal(readFileSync(join(latest(), 'thesis.txt'), 'utf8'), 'three years')
  })

  test('a folder with the manifest of something else, and a pack to which somebody added a file, are not replaced', () => {
    mkdirSync(latest())
    writeFileSync(join(latest(), 'manifest.json'), '{"name":"my web application","start_url":"/"}')
    assert.throws(() => openPackFolder(latest()), /no manifest\.json of a pack/)
    pack(latest(), 'old')
    writeFileSync(join(latest(), 'old.csv'), '')
    writeFileSync(join(latest(), 'notes.txt'), 'mine')
    assert.throws(() => openPackFolder(latest()), /"notes\.txt", which is not of the pack/)
    assert.equal(readFileSync(join(latest(), 'notes.txt'), 'utf8'), 'mine')
    rmSync(join(latest(), 'notes.txt'))
    openPackFolder(latest()).discard()
  })

  test('a file in the place of the folder, and a folder where nothing can be written, are told with a remedy', () => {
    writeFileSync(join(reports, 'a.txt'), '')
    assert.throws(() => openPackFolder(join(reports, 'a.txt')), /a\.txt is a file, so no pack can stand there; remedy/)
    assert.throws(() => openPackFolder(join(reports, 'a.txt', 'latest')), /nothing can be written into .*; remedy/)
  })

  test('a second run that ends first is not overwritten', () => {
    const [first, second] = [openPackFolder(latest()), openPackFolder(latest())]
    pack(first.staging, 'first')
    pack(second.staging, 'second')
    second.publish()
    assert.throws(() => first.publish(), /latest appeared while this run was under way/)
    assert.equal(readFileSync(join(latest(), 'manifest.json'), 'utf8'), manifest('second'))
  })

  test('the scratch folder of a killed run goes with the next start', () => {
    mkdirSync(join(reports, '.staging-999999999-abcdef', 'pack'), { recursive: true })
    mkdirSync(join(reports, '.staging-area'))
    openPackFolder(latest()).discard()
    assert.deepEqual(readdirSync(reports), ['.staging-area'], 'what somebody else called so stays')
  })
})
