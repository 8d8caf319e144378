/** Writes the answer of a trace into an empty folder: matrices, explorer, CSV, JSON, JUnit, the policy, and the manifest over all. */
import { readFileSync, statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { PackWriter } from '../../evidence/attest/pack-writer.js'
import { writeJUnit } from '../../evidence/exchange/trace/junit-xml.js'
import { writeTraceCsv } from '../../evidence/exchange/trace/trace-csv.js'
import { writeTraceJson } from '../../evidence/exchange/trace/trace-json.js'
import { writeUsageCsv } from '../../evidence/exchange/trace/usage-csv.js'
import type { FolderWriter } from '../../evidence/items/folder-writer.js'
import { writeExplorer } from '../../evidence/render/explorer/write-explorer.js'
import { startPage } from '../../evidence/render/matrices/start-page.js'
import { writeMatrices } from '../../evidence/render/matrices/write-matrices.js'
import type { LoadedTrace } from './load-trace.js'
import type { WriteDocuments } from './trace-documents.js'

/** Bytes; a larger file was generated, and nobody reads it line by line. */
const largestSource = 4 << 20

/** @param root the project under test: the explorer shows the text of its modules where it is there; null: not given. */
export function writeTrace(folder: string, loaded: LoadedTrace, root: string | null, documents: WriteDocuments = () => undefined): void {
  const writer = new PackWriter(folder)
  writeTraceFiles(loaded, root, writer)
  documents(loaded.set, writer)
  const files = writer.files.map(({ path }) => path)
  writer.write('index.html', startPage(loaded.set, loaded.summary, files))
  writer.finish()
}

/** The same into a pack that holds more. */
export function writeTraceFiles({ set, summary, policyText, flows }: LoadedTrace, root: string | null, writer: FolderWriter): void {
  writeTraceJson(set, summary, writer)
  writeTraceCsv(set, writer)
  writeUsageCsv(set, writer)
  writeJUnit(set, summary, writer)
  writeMatrices(set, summary, writer)
  writeExplorer(set, writer, { flows, ...(root === null ? {} : { sourceText: sourceReader(root) }) })
  if (policyText !== null) writer.write('policy.yaml', policyText)
}

/** Text of a module below the project, and of nothing outside it. */
function sourceReader(root: string): (path: string) => string | undefined {
  const top = resolve(root)
  return (path) => {
    const file = resolve(top, path)
    if (!file.startsWith(top + sep)) return undefined
    try {
      return statSync(file).size <= largestSource ? readFileSync(file, 'utf8') : undefined
    } catch {
      return undefined
    }
  }
}
