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
import { htmlText } from '../../evidence/render/matrices/html-text.js'
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
  writer.write('index.html', startPage(loaded.set.title))
  writer.finish()
}

/** The same into a pack that holds more. */
export function writeTraceFiles({ set, summary, policyText }: LoadedTrace, root: string | null, writer: FolderWriter): void {
  writeTraceJson(set, summary, writer)
  writeTraceCsv(set, writer)
  writeUsageCsv(set, writer)
  writeJUnit(set, summary, writer)
  writeMatrices(set, summary, writer)
  writeExplorer(set, writer, root === null ? {} : { sourceText: sourceReader(root) })
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

/** What opens first: where to go from here. */
export function startPage(title: string): string {
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<link rel="stylesheet" href="matrices/matrices.css">
</head>
<body>
<main>
<h1>${htmlText(title)}</h1>
<ul>
<li><a href="matrices/index.html">Summary, gates and matrices</a>: plain pages</li>
<li><a href="explorer/index.html">Explorer</a>: search, filters, every step</li>
<li><a href="requirements.csv">Requirements</a>, <a href="tests.csv">tests</a>, <a href="defects.csv">defects</a>, <a href="requirement-by-interface.csv">requirement by interface</a>, <a href="requirement-by-module.csv">requirement by module</a>: CSV</li>
<li><a href="trace.json">trace.json</a>, <a href="junit.xml">junit.xml</a>: for other tools</li>
</ul>
</main>
</body>
</html>
`
}
