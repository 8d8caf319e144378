/**
 * The explorer in a browser, opened from its folder as a reader opens it: no server, no network. Accessibility by axe-core on every
 * page in both colour schemes; search, filters, keys, links and the back button; texts that would run if they were taken for markup.
 * Without a Chromium the specs say so and do nothing.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { PackWriter } from '../evidence/attest/pack-writer.js'
import type { FlowDiagram } from '../evidence/items/flow-diagram.js'
import type { TracedSet } from '../evidence/items/traced-set.js'
import { writeExplorer } from '../evidence/render/explorer/write-explorer.js'
import { HOSTILE_NAMES, hostileSet, sampleSet } from '../evidence/render/test/sample-set.js'
import { chromiumPath, startBrowser } from './browser.js'

const found = chromiumPath()
const skip = 'missing' in found ? found.missing : false
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 360, height: 740 }

describe('Explorer in a browser', { skip }, () => {
  let root = ''
  let browser: Browser

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'bulkhead-explorer-'))
    write('sample', sampleSet(3000))
    write('hostile', hostileSet())
    const started = await startBrowser()
    assert.ok(typeof started !== 'string', 'Chromium did not start')
    browser = started
  })
  after(async () => {
    await browser.close()
    rmSync(root, { recursive: true })
  })

  function write(name: string, set: TracedSet): void {
    writeExplorer(set, new PackWriter(join(root, name)), { flows: FLOWS })
  }

  /** Opens a view in a fresh profile; what the page reports as an error fails the test. */
  async function open(
    address: string,
    { set = 'sample', viewport = WIDE, scheme = 'light' }: { set?: string; viewport?: typeof WIDE; scheme?: 'light' | 'dark' } = {},
  ): Promise<{ readonly page: Page; readonly close: () => Promise<void> }> {
    const context = await browser.newContext({ viewport, colorScheme: scheme })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('request', (request) => !request.url().startsWith('file:') && problems.push(`it asked for ${request.url()}`))
    await page.goto(`${pathToFileURL(join(root, set, 'explorer/index.html')).href}${address}`)
    await page.waitForSelector('main h1')
    if (address.includes('/', 2)) await page.waitForSelector('.detail-pane h2')
    return {
      page,
      close: async () => {
        await context.close()
        assert.deepEqual(problems, [])
      },
    }
  }

  /** Follows an address within the page, until what it names is there. */
  async function visit(page: Page, address: string): Promise<void> {
    await page.evaluate(`location.hash = ${JSON.stringify(address)}`)
    const name = address.slice(2).split(/[/?]/)[0] ?? ''
    await page.waitForSelector(`[data-page=${name === 'findings' ? 'sources' : name}][aria-current]`)
    await page.waitForSelector(address.includes('/', 2) ? '.detail-pane h2' : name === 'overview' ? '.plot svg' : 'main h1')
  }

  const views = [
    '#/overview',
    '#/requirements',
    '#/requirements/FAU_SEP.2.3',
    '#/requirements?q=audit&verdict=failed,partial&sort=-id',
    '#/tests',
    `#/tests/${sampleSet(14).tests[13]?.item.key ?? ''}`,
    '#/interfaces/port_send',
    '#/modules',
    '#/modules/kernel%2Fseparation%2Fmemory%2Fmodule-0.ts',
    '#/flows',
    '#/defects/1',
    '#/findings',
    '#/sources',
    '#/requirements/not-there',
  ]
  for (const scheme of ['light', 'dark'] as const)
    test(`every page meets the rules of axe-core, ${scheme}`, async () => {
      const { page, close } = await open('#/overview', { scheme })
      for (const view of views) {
        await visit(page, view)
        assert.deepEqual(await violations(page), [], view)
      }
      await close()
    })

  test('the narrow page meets them too, and nothing is wider than the screen, with the text at double size too', async () => {
    const { page, close } = await open('#/overview', { viewport: NARROW })
    for (const view of ['#/overview', '#/requirements', '#/requirements/FAU_SEP.2.3', '#/modules', '#/flows', '#/sources']) {
      await page.evaluate("document.documentElement.style.fontSize = '100%'")
      await visit(page, view)
      assert.deepEqual(await violations(page), [], view)
      for (const size of ['100%', '200%']) {
        await page.evaluate(`document.documentElement.style.fontSize = '${size}'`)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), NARROW.width, `${view} at ${size}`)
      }
    }
    await close()
  })

  test('names that are markup or code show as text and do nothing', async () => {
    const { page, close } = await open('#/overview', { set: 'hostile' })
    for (const view of ['#/overview', '#/requirements', '#/tests', '#/defects', '#/sources', '#/interfaces', '#/modules']) {
      await visit(page, view)
      if (view !== '#/overview' && view !== '#/sources') {
        await page.keyboard.press('/')
        await page.keyboard.press('Enter')
        await page.waitForSelector('.detail-pane h2')
      }
      assert.equal(await page.evaluate('window.attacked'), undefined, view)
      const markup = 'main img[src=x], main script, main [onload], main [onerror]'
      assert.equal(await page.evaluate(`document.querySelectorAll('${markup}').length`), 0, view)
    }
    await close()
  })

  test('where the page would parse a text as markup, the browser refuses it', async () => {
    const { page, close } = await open('#/overview')
    assert.match(
      String(await page.evaluate("try { document.body.innerHTML = '<b>x</b>'; 'parsed' } catch (error) { error.name }")),
      /TypeError/,
    )
    await page.context().close()
    await close().catch(() => undefined)
  })

  test('the search finds an id, a title and a word that only the text has', async () => {
    const { page, close } = await open('#/requirements')
    for (const [query, shown] of [
      ['FAU_SEP.2.3', '1 of 3,000 requirements'],
      ['"case 2711"', '1 of 3,000 requirements'],
      ['no-such-word', 'None of 3,000 requirements is like that.'],
    ] as const) {
      await page.fill('input[type=search]', query)
      await until(page, `document.querySelector('.found').textContent === ${JSON.stringify(shown)}`)
    }
    await close()
  })

  test('a filter shows what its count said, stands in the address, and the back button leaves the view', async () => {
    const { page, close } = await open('#/overview')
    await page.click('nav a[data-page=requirements]')
    await page.waitForSelector('.marks button')
    const failed = page.locator('.marks button').first()
    const count = Number(await failed.locator('.count').textContent())
    assert.ok(count > 0)
    await failed.click()
    assert.equal(await page.locator('.found').textContent(), `${count} of 3,000 requirements`)
    assert.equal(await failed.getAttribute('aria-pressed'), 'true')
    assert.match(page.url(), /verdict=failed/)
    await page.goBack()
    await page.waitForSelector('.verdict')
    await page.goForward()
    await page.waitForSelector('.list')
    assert.equal(await page.locator('.found').textContent(), `${count} of 3,000 requirements`)
    await close()
  })

  test('by keyboard alone: search, move, read, return', async () => {
    const { page, close } = await open('#/overview')
    await page.keyboard.press('/')
    await page.waitForSelector('.list')
    await page.keyboard.type('_SEP.2.')
    await until(page, "document.querySelector('.found').textContent.startsWith('9 of')")
    await page.keyboard.press('ArrowDown')
    assert.equal(await focusedText(page), 'FAU_SEP.2.1')
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('k')
    assert.equal(await focusedText(page), 'FAU_SEP.2.2~2')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.detail-pane h2')
    await until(page, "document.activeElement.tagName === 'H2'")
    assert.equal(await focusedText(page), 'FAU_SEP.2.2~2')
    await page.keyboard.press('Escape')
    assert.equal(await page.evaluate("document.activeElement.closest('.viewport') !== null"), true)
    await page.keyboard.press('Escape')
    assert.doesNotMatch(page.url(), /SEP\.2\.2/)
    await page.keyboard.press('?')
    await page.waitForSelector('dialog[open]')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog:not([open])', { state: 'attached' })
    await close()
  })

  test('single keys do nothing once the reader switched them off', async () => {
    const { page, close } = await open('#/requirements')
    await page.keyboard.press('?')
    await page.click('dialog input[type=checkbox]')
    await page.click('dialog button')
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('/')
    assert.equal(await page.evaluate("document.activeElement.tagName !== 'INPUT'"), true)
    await close()
  })

  test('a link to an item opens it in the list, at its row, with its text, steps and code', async () => {
    const { page, close } = await open('#/requirements/FRU_SEP.119.9')
    assert.equal(await page.locator('.detail-pane h2').textContent(), 'FRU_SEP.119.9')
    const row = page.locator('.list a[aria-current=true]')
    assert.equal(await row.textContent(), 'FRU_SEP.119.9')
    assert.equal(await row.isVisible(), true)
    await page.waitForSelector('.steps .step')
    assert.match((await page.locator('.comparisons').first().textContent()) ?? '', /PERM \(-2\)/)
    assert.ok((await page.locator('table.modules tbody tr').count()) > 0)
    await close()
  })

  test('a table of 3,000 rows says so and holds few of them; a heading sorts it and says which way', async () => {
    const { page, close } = await open('#/requirements')
    assert.equal(await page.locator('.list').getAttribute('aria-rowcount'), '3001')
    assert.ok((await page.locator('.list tbody:not(.spacer) tr').count()) < 90)
    const heading = page.locator('.list th.c-id[scope=col]')
    await heading.locator('button').click()
    assert.equal(await heading.getAttribute('aria-sort'), 'ascending')
    await heading.locator('button').click()
    assert.equal(await heading.getAttribute('aria-sort'), 'descending')
    assert.equal(
      await page.locator('.list tbody:not(.spacer) tr a').first().textContent(),
      'FRU_SEP.288.9',
      'the last class, its last component',
    )
    await page.keyboard.press('End')
    await page.evaluate("document.querySelector('.viewport').scrollTop = 1e9")
    await page.waitForSelector('.list tr[aria-rowindex="3001"]')
    await close()
  })

  test('flows are a picture with a text alternative, and a table that names each', async () => {
    const { page, close } = await open('#/flows')
    assert.equal(await page.locator('.picture .subject').count(), 3)
    assert.equal(await page.locator('.picture .flow').count(), 2)
    assert.match((await page.locator('.picture svg').getAttribute('aria-label')) ?? '', /3 subjects; flows between 2 of 6 ordered pairs/)
    const cells = await page.locator('.flows table tbody tr').nth(1).locator('th, td').allTextContents()
    assert.deepEqual(cells, [HOSTILE_NAMES[2], 'navigation', 'no', 'full queue of port altitude'])
    assert.equal(await page.evaluate('window.attacked'), undefined)
    await close()
  })

  test('on paper a list has every row, no blank page and no button; the filters are said in words', async () => {
    const { page, close } = await open('#/requirements?verdict=failed,partial&sort=-id')
    await page.emulateMedia({ media: 'print' })
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    const rows = page.locator('.list tbody:not(.spacer) tr')
    assert.equal(
      await rows.count(),
      sampleSet(3000).requirements.filter(({ verdict }) => verdict === 'failed' || verdict === 'partial').length,
    )
    assert.equal(await page.locator('.paper').textContent(), 'Requirements. Verdict: failed, partial. Ordered by Requirement, descending')
    for (const gone of ['.filters', '.masthead nav', '.tools', '.spacer', '.sort'])
      assert.equal(await page.locator(gone).filter({ visible: true }).count(), 0, gone)
    const last = (await rows.last().boundingBox()) ?? assert.fail('the last row is not laid out')
    const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
    assert.ok(height - last.y - last.height < 200, `${height} pixels of paper for rows that end at ${last.y + last.height}`)
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    await page.emulateMedia({ media: 'screen' })
    assert.ok((await rows.count()) < 90)
    await close()
  })

  test('nothing moves after it is drawn', async () => {
    for (const view of ['#/overview', '#/requirements', '#/requirements/FAU_SEP.2.3']) {
      const { page, close } = await open(view)
      if (view === '#/overview') await page.waitForSelector('.plot svg')
      await page.waitForTimeout(300)
      const shift = await page.evaluate(
        "new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 100) })",
      )
      assert.ok(Number(shift) < 0.02, `${view}: ${String(shift)}`)
      await close()
    }
  })

  test('a folder that lost a file says which', async () => {
    rmSync(join(root, 'hostile/explorer/data/requirements-0.js'))
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${pathToFileURL(join(root, 'hostile/explorer/index.html')).href}#/requirements`)
    await page.keyboard.press('/')
    await page.keyboard.press('Enter')
    assert.match((await page.locator('[role=alert]').textContent()) ?? '', /data\/requirements-0\.js cannot be read/)
    await context.close()
  })
})

const FLOWS: readonly FlowDiagram[] = [
  {
    title: HOSTILE_NAMES[0],
    subjects: ['navigation', HOSTILE_NAMES[2], 'log'],
    flows: [
      { from: 0, to: 1, nature: 'data', through: ['port altitude', HOSTILE_NAMES[1]] },
      { from: 1, to: 0, nature: 'side', through: ['full queue of port altitude'] },
    ],
  },
]

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  // Without its preloading, which would fetch the style sheet: the page refuses every connection.
  const rules = JSON.stringify(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  const results: AxeResults = await page.evaluate(`axe.run({ runOnly: ${rules}, preload: false })`)
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

/** The page forbids the evaluation of text as code, so the waiting is done here. */
async function until(page: Page, condition: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await page.evaluate(condition)) === true) return
    await page.waitForTimeout(25)
  }
  assert.fail(`it never came true that ${condition}`)
}

async function focusedText(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.textContent')
}
