/**
 * The explorer: processor time to write it, and wall time in Chromium from the start of navigation until the list is drawn and until
 * the search has answered. Printed, never asserted. `node dist/bench/explorer.js [REQUIREMENTS] [RUNS]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PackWriter } from '../evidence/attest/pack-writer.js'
import { writeExplorer } from '../evidence/render/explorer/write-explorer.js'
import { startBrowser } from '../test/browser.js'
import { sampleSet } from '../evidence/render/test/sample-set.js'

const [size = 100_000, runs = 5] = process.argv.slice(2).map(Number)

const median = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN

async function opening(page: string): Promise<{ readonly list: number; readonly search: number } | undefined> {
  const browser = await startBrowser()
  if (typeof browser === 'string') {
    console.log(browser)
    return undefined
  }
  try {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await tab.goto(`${pathToFileURL(page).href}#/requirements`, { waitUntil: 'commit' })
    await tab.waitForSelector('.list tbody:not(.spacer) tr')
    const list = await tab.evaluate('performance.now()')
    await tab.fill('input[type=search]', `.${Math.floor(size / 20)}.7`)
    while ((await tab.evaluate("/^[\\d,]+ of /.test(document.querySelector('.found').textContent)")) !== true);
    return { list: Number(list), search: Number(await tab.evaluate('performance.now()')) }
  } finally {
    await browser.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-explorer-'))
try {
  const set = sampleSet(size)
  const seconds: number[] = []
  let files: PackWriter['files'] = []
  for (let run = 0; run < runs; run += 1) {
    const writer = new PackWriter(folder)
    const before = process.cpuUsage()
    writeExplorer(set, writer)
    seconds.push(process.cpuUsage(before).user / 1e6)
    files = writer.files
  }
  const megabytes = (files.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(1)
  console.log(
    `writing ${size} requirements: ${median(seconds).toFixed(2)} s user CPU, least ${Math.min(...seconds).toFixed(2)} s; ${megabytes} MB, ${files.length} files`,
  )
  for (let run = 0; run < runs; run += 1) {
    const times = await opening(join(folder, 'explorer/index.html'))
    if (times === undefined) break
    console.log(`Chromium: list after ${times.list.toFixed(0)} ms, search answered after ${times.search.toFixed(0)} ms`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
