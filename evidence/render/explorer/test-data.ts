/** Tests as the explorer lists them: the columns of the list. */
import { scenarioVerdicts } from '../../model/verdict.js'
import type { TracedSet } from '../../items/traced-set.js'
import { encodeNames, encodeNumbers, joinTexts } from './format/column.js'
import type { TestListData } from './format/data-shape.js'
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
    states: encodeNames(tests.map(({ states }) => stateBits(states))),
    sources: encodeNames(tests.map(({ item }) => item.place.file)),
    requirements: encodeNumbers(tests.map(({ requirements }) => requirements.length)),
  }
}
