/** Writes the answer of a trace into an empty folder: matrices, explorer, CSV, JSON, JUnit, the policy, and the manifest over all. */
import { PackWriter } from '../../evidence/attest/pack-writer.js'
import { writeJUnit } from '../../evidence/exchange/trace/junit-xml.js'
import { writeTraceCsv } from '../../evidence/exchange/trace/trace-csv.js'
import { writeTraceJson } from '../../evidence/exchange/trace/trace-json.js'
import { writeUsageCsv } from '../../evidence/exchange/trace/usage-csv.js'
import type { FolderWriter } from '../../evidence/items/folder-writer.js'
import { writeMatrices } from '../../evidence/render/matrices/write-matrices.js'
import type { LoadedTrace } from './load-trace.js'

export async function writeTrace(folder: string, { set, summary, policyText }: LoadedTrace): Promise<void> {
  const writer = new PackWriter(folder)
  await writeTraceFiles({ set, summary, policyText }, writer)
  writer.finish()
}

/** The same into a pack that holds more. */
export async function writeTraceFiles({ set, summary, policyText }: LoadedTrace, writer: FolderWriter): Promise<void> {
  writeTraceJson(set, summary, writer)
  writeTraceCsv(set, writer)
  writeUsageCsv(set, writer)
  writeJUnit(set, summary, writer)
  writeMatrices(set, summary, writer)
  if (policyText !== null) writer.write('policy.yaml', policyText)
}
