/**
 * The coverage formats that can be read. An entry is small; the code of a format is loaded when a file of it is read. To add one: a
 * folder with a `CoverageReader`, its specs, and a line here.
 */
import type { CoverageReader } from '../../items/reader.js'
import { cloverFormat } from './clover/clover-format.js'
import { coberturaFormat } from './cobertura/cobertura-format.js'
import { istanbulFormat } from './istanbul/istanbul-format.js'
import { istanbulSummaryFormat } from './istanbul/istanbul-summary-format.js'
import { lcovFormat } from './lcov/lcov-format.js'
import { v8Format } from './v8/v8-format.js'

export const coverageReaders: readonly CoverageReader[] = [
  istanbulFormat,
  istanbulSummaryFormat,
  v8Format,
  lcovFormat,
  coberturaFormat,
  cloverFormat,
]
