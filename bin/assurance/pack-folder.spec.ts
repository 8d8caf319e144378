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
    writeFileSync(join(folder, 'manifest.json'), content)
  }

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
    assert.equal(readFileSync(join(reports, 'previous', 'manifest.json'), 'utf8'), 'old')
  })

  test('a published pack takes the place, and nothing of the run is left beside it', () => {
    pack(latest(), 'old')
    const folder = openPackFolder(latest())
    pack(folder.staging, 'new')
    folder.publish()
    folder.discard()
    assert.equal(readFileSync(join(latest(), 'manifest.json'), 'utf8'), 'new')
    assert.deepEqual(readdirSync(reports).sort(), ['latest', 'previous'])
  })

  test('a folder that is not a pack is not replaced', () => {
    mkdirSync(latest())
    writeFileSync(join(latest(), 'thesis.txt'), 'three years')
    assert.throws(() => openPackFolder(latest()), /latest\/ holds files but no manifest\.json, so it is not replaced; remedy/)
    assert.equal(readFileSync(join(latest(), 'thesis.txt'), 'utf8'), 'three years')
  })

  test('a second run that ends first is not overwritten', () => {
    const [first, second] = [openPackFolder(latest()), openPackFolder(latest())]
    pack(first.staging, 'first')
    pack(second.staging, 'second')
    second.publish()
    assert.throws(() => first.publish(), /latest appeared while this run was under way/)
    assert.equal(readFileSync(join(latest(), 'manifest.json'), 'utf8'), 'second')
  })

  test('the scratch folder of a killed run goes with the next start', () => {
    mkdirSync(join(reports, '.staging-999999999-abcdef', 'pack'), { recursive: true })
    openPackFolder(latest()).discard()
    assert.deepEqual(readdirSync(reports), [])
  })
})
