/** Tests as the explorer holds them: the columns of the list, and details with steps, expected and observed in chunks. */
import { scenarioVerdicts } from '../../model/verdict.js'
import type { TestStep } from '../../items/test-item.js'
import type { TracedSet, TracedTest } from '../../items/traced-set.js'
import { encodeNames, encodeNumbers, joinTexts } from './format/column.js'
import type { StepDetail, TestDetail, TestListData } from './format/data-shape.js'
import { stateBits } from './requirement-data.js'

export function testList({ tests }: TracedSet): TestListData {
  return {
    count: tests.length,
    keys: joinTexts(tests.map(({ item }) => item.key)),
    names: joinTexts(tests.map(({ item }) => (item.example.length === 0 ? item.name : `${item.name} (${item.example.join(', ')})`))),
    suites: encodeNames(tests.map(({ item }) => item.suite)),
    verdicts: encodeNames(
      tests.map(({ item }) => item.verdict),
      scenarioVerdicts,
    ),
    states: encodeNumbers(tests.map(({ states }) => stateBits(states))),
    sources: encodeNames(tests.map(({ item }) => item.place.file)),
    requirements: encodeNumbers(tests.map(({ requirements }) => requirements.length)),
  }
}

/** `interfaces` and `modules`: position of each name in the list of its kind. */
export function testDetail(
  { item, requirements, dangling }: TracedTest,
  interfaces: ReadonlyMap<string, number>,
  modules: ReadonlyMap<string, number>,
): TestDetail {
  const positions = (names: readonly string[], places: ReadonlyMap<string, number>): readonly number[] =>
    names.flatMap((name) => places.get(name) ?? [])
  return {
    attempts: item.attempts,
    ...(item.place.line === undefined ? {} : { line: item.place.line }),
    ...(item.example.length === 0 ? {} : { example: item.example }),
    ...(item.references.length === 0
      ? {}
      : { references: item.references.map(({ line, ...reference }) => (line === null ? reference : { ...reference, line })) }),
    ...(dangling.length === 0 ? {} : { dangling }),
    ...(item.steps.length === 0 ? {} : { steps: item.steps.map(stepDetail) }),
    ...(item.sourceDigest === null ? {} : { sourceDigest: item.sourceDigest }),
    ...(item.configurationDigest === null ? {} : { configurationDigest: item.configurationDigest }),
    ...(requirements.length === 0 ? {} : { requirements }),
    ...(item.interfaces.length === 0 ? {} : { interfaces: positions(item.interfaces, interfaces) }),
    ...(item.modules.length === 0 ? {} : { modules: positions(item.modules, modules) }),
  }
}

function stepDetail({ kind, keyword, text, status, message, comparisons }: TestStep): StepDetail {
  return {
    keyword,
    text,
    status,
    ...(kind === 'hook' ? { hook: true } : {}),
    ...(message === '' ? {} : { message }),
    ...(comparisons.length === 0 ? {} : { comparisons }),
  }
}
