/**
 * The requirement formats that can be read. An entry is small; the code of a format is loaded when a file of it is read. To add one:
 * a folder with a `RequirementReader`, its specs, and a line here.
 */
import type { RequirementReader } from '../../items/reader.js'
import { bulkheadFormat } from './bulkhead/bulkhead-format.js'
import { csvFormat } from './csv/csv-format.js'
import { doorstopFormat } from './doorstop/doorstop-format.js'
import { jsonFormat } from './json/json-format.js'
import { lobsterFormat } from './lobster/lobster-format.js'
import { markdownFormat } from './markdown/markdown-format.js'
import { niapFormat } from './niap/niap-format.js'
import { openFastTraceFormat } from './openfasttrace/openfasttrace-format.js'
import { reqifFormat } from './reqif/reqif-format.js'
import { sourceTagsFormat } from './source-tags/source-tags-format.js'
import { sphinxNeedsFormat } from './sphinx-needs/sphinx-needs-format.js'
import { strictDocFormat } from './strictdoc/strictdoc-format.js'

export const requirementReaders: readonly RequirementReader[] = [
  bulkheadFormat,
  csvFormat,
  doorstopFormat,
  jsonFormat,
  lobsterFormat,
  markdownFormat,
  niapFormat,
  openFastTraceFormat,
  reqifFormat,
  sourceTagsFormat,
  sphinxNeedsFormat,
  strictDocFormat,
]
