/**
 * Pages of tagged tables per CPU second: PDF/A-3a and PDF/UA-1 in one file, from templates, with links and bookmarks, over requirements
 * made by counting. User CPU time of the whole process, start-up included. Printed, never asserted.
 * `node dist/bench/pdf.js [ROWS] [FILE]`
 */
import { createWriteStream } from 'node:fs'
import { devNull } from 'node:os'
import type { Chunk, DocumentPlan, Part } from '../evidence/render/document-plan.js'
import { createNumbering } from '../evidence/render/numbering.js'
import { writePdf } from '../evidence/render/render-pdf.js'

const ROWS_PER_SECTION = 100
const words =
  'The TSF shall deny record audit enforce each flow partition resource policy between subjects unless configured and within bounds'.split(
    ' ',
  )

const part: Part = { id: 'tables', number: '1', title: 'Requirements and their tests', page: 'index' }

/** A text of 15 to 24 words, another for each number. */
function text(number: number): string {
  const length = 15 + (number % 10)
  return `${Array.from({ length }, (_, index) => words[(number * 7 + index * (3 + (number % 5))) % words.length] ?? 'The').join(' ')}.`
}

function row(number: number, rows: number): object {
  const [state, verdict] = number % 50 === 0 ? ['none', 'uncovered'] : ['passed', 'passed']
  return {
    anchor: `requirement-${number}`,
    id: `req-${String(number).padStart(6, '0')}`,
    text: `FDP_IFF.${number % 9}.${number % 4} ${text(number)}`,
    tests: [{ text: `Scenario ${number}: ${text(number).slice(0, 40)}`, anchor: `requirement-${(number + 1) % rows}` }],
    state,
    verdict,
    source: `requirements/family-${number % 30}.yaml:${number}`,
    missing: number % 50 === 0 ? 'no test refers to it' : (number * 2_654_435_761).toString(16),
  }
}

function plan(rows: number): DocumentPlan {
  function* chunks(): Generator<Chunk> {
    for (let at = 0; at < rows; at += ROWS_PER_SECTION) {
      const count = Math.min(ROWS_PER_SECTION, rows - at)
      const title = `Family ${at / ROWS_PER_SECTION + 1}`
      const context = {
        part,
        first: at === 0,
        lead: ['Made by counting.'],
        anchor: `family-${at}`,
        title,
        caption: `${title}: ${count} requirements`,
        rows: Array.from({ length: count }, (_, index) => row(at + index, rows)),
      }
      yield { part, template: 'requirement-tests', front: false, context }
    }
  }
  return {
    title: 'Table pages',
    subtitle: 'Bench',
    system: 'none',
    dirty: false,
    parts: [part],
    numbering: createNumbering([]),
    chunks,
  }
}

const rows = Number(process.argv[2] ?? '3000')
let pages = 0
const began = process.cpuUsage().user
await writePdf(plan(rows), { inputs: [], packDigest: '0'.repeat(64) }, createWriteStream(process.argv[3] ?? devNull), () => (pages += 1))
const user = process.cpuUsage().user / 1e6
const own = (process.cpuUsage().user - began) / 1e6
const memory = process.resourceUsage().maxRSS / 1024
const perSecond = (seconds: number): string => (pages / seconds).toFixed(0)
process.stdout.write(
  `${rows} rows, ${pages} pages, ${user.toFixed(2)} s user CPU (${own.toFixed(2)} s without start-up): ` +
    `${perSecond(user)} pages per CPU second (${perSecond(own)}), ${(rows / user).toFixed(0)} rows; ${memory.toFixed(0)} MB at most\n`,
)
