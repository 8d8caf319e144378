/** OpenFastTrace specifications: Markdown and reStructuredText files of one source. */
import type { InputFile } from '../../../items/reader.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { readSourceText } from '../../text/source-text.js'
import { makeSet } from '../set/make-set.js'
import { SpecificationReader } from './specification-reader.js'

/** @throws EvidenceError `no-items` and those of a text file */
export async function readOpenFastTrace(files: readonly InputFile[]): Promise<RequirementSet> {
  const items: RequirementItem[] = []
  const findings: SourceFinding[] = []
  for (const file of files) {
    const markup = /\.rst$/i.test(file.name) ? 'restructuredtext' : 'markdown'
    new SpecificationReader(file.name, await readSourceText(file), markup, items, findings).read()
  }
  return makeSet({ format: 'openfasttrace', files: files.map(({ name }) => name), items, findings })
}
