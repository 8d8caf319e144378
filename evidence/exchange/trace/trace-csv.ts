/**
 * The matrices as CSV (RFC 4180, formula-safe). `requirements.csv`: a line for each requirement and test that verifies it, and one for
 * each requirement without any, so that what is missing is in the table as well. `tests.csv`: the same from the other side.
 */
import { printPlace } from '../../model/errors.js'
import type { FolderWriter } from '../../items/folder-writer.js'
import type { TracedRequirement, TracedSet, TracedTest } from '../../items/traced-set.js'
import { csvCell, csvLine } from '../csv.js'

export function writeTraceCsv(set: TracedSet, folder: FolderWriter): void {
  writeRequirements(set, folder)
  writeTests(set, folder)
  const defects = folder.open('defects.csv')
  defects.add(csvLine(['Kind', 'Id', 'What', 'Place']))
  for (const { kind, id, text, place } of set.defects) defects.add(csvLine([kind, id, text, place]))
  defects.end()
}

function writeRequirements({ requirements, tests }: TracedSet, folder: FolderWriter): void {
  const file = folder.open('requirements.csv')
  file.add(
    csvLine([
      'Requirement',
      'Revision',
      'Kind',
      'Title',
      'Verdict',
      'States',
      'With all below',
      'Missing',
      'Other methods',
      'Test',
      'Suite',
      'Test verdict',
      'Place',
    ]),
  )
  for (const requirement of requirements) {
    const start = requirementCells(requirement)
    if (requirement.tests.length === 0) file.add(`${start},none,,,\r\n`)
    else for (const at of requirement.tests) file.add(`${start},${testCells(tests[at])}\r\n`)
  }
  file.end()
}

function writeTests({ requirements, tests }: TracedSet, folder: FolderWriter): void {
  const file = folder.open('tests.csv')
  file.add(csvLine(['Test', 'Suite', 'Test verdict', 'Place', 'States', 'Requirement', 'Revision', 'Requirement verdict']))
  for (const test of tests) {
    const start = `${testCells(test)},${test.states.join(' ')}`
    for (const at of test.requirements) {
      const requirement = requirements[at]
      if (requirement === undefined) continue
      const { id, revision } = requirement.item
      file.add(`${start},${csvCell(id)},${csvCell(revision ?? '')},${requirement.verdict}\r\n`)
    }
    for (const text of test.dangling) file.add(`${start},${csvCell(text)},,leads to no requirement\r\n`)
    if (test.requirements.length === 0 && test.dangling.length === 0) file.add(`${start},none,,\r\n`)
  }
  file.end()
}

function requirementCells({ item, verdict, states, deep, missing, methods }: TracedRequirement): string {
  const { id, revision, kind, title } = item
  const gaps = missing.length === 0 ? '' : csvCell(missing.join('; '))
  const others =
    methods.length === 0 ? '' : csvCell(methods.map(({ method, state, detail }) => `${method}: ${state}: ${detail}`).join('; '))
  return `${csvCell(id)},${revision === null ? '' : csvCell(revision)},${csvCell(kind)},${csvCell(title)},${verdict},${states.join(' ')},${deep},${gaps},${others}`
}

function testCells(test: TracedTest | undefined): string {
  if (test === undefined) throw new RangeError('a link leads to no test')
  const { name, suite, example, verdict, place } = test.item
  return `${csvCell(example.length === 0 ? name : `${name} (${example.join(', ')})`)},${csvCell(suite)},${verdict},${csvCell(printPlace(place))}`
}
