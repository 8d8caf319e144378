/** Tests as the explorer lists them: the columns of the list. */
import { scenarioVerdicts } from '../../../model/verdict.js'
import type { TracedSet } from '../../../items/traced-set.js'
import { NameColumn, NumberColumn, TextColumn } from '../format/column-writer.js'
import type { TestListData } from '../format/data-shape.js'
import { stateBits } from './requirement-data.js'

export function testList({ tests }: TracedSet): TestListData {
  const [keys, names] = [new TextColumn(), new TextColumn()]
  const [suites, verdicts, states, sources] = [new NameColumn(), new NameColumn(scenarioVerdicts), new NameColumn(), new NameColumn()]
  const requirements = new NumberColumn()
  for (const test of tests) {
    const { key, name, example, suite, verdict, place } = test.item
    keys.add(key)
    names.add(example.length === 0 ? name : `${name} (${example.join(', ')})`)
    suites.add(suite)
    verdicts.add(verdict)
    states.add(stateBits(test.states))
    sources.add(place.file)
    requirements.add(test.requirements.length)
  }
  return {
    count: tests.length,
    keys: keys.finish(),
    names: names.finish(),
    suites: suites.finish(),
    verdicts: verdicts.finish(),
    states: states.finish(),
    sources: sources.finish(),
    requirements: requirements.finish(),
  }
}
