/** The lists of the set and the details of their items, loaded when first wanted: pages of items name each other through them. */
import { DefectList } from './defect-list.js'
import { Details } from '../items/details.js'
import { loadFile } from '../parts/data.js'
import { memo } from '../parts/memo.js'
import { RequirementList } from './requirement-list.js'
import { TestList } from './test-list.js'
import { ModuleList, UsageList } from './usage-list.js'

export class Lists {
  readonly details = new Details()
  readonly requirements = memo(async () => new RequirementList(await loadFile('requirements')))
  readonly tests = memo(async () => new TestList(await loadFile('tests')))
  readonly interfaces = memo(async () => new UsageList('interfaces', 'Interface', await loadFile('interfaces')))
  readonly modules = memo(async () => new ModuleList(await loadFile('modules')))
  readonly defects = memo(async () => new DefectList(await loadFile('defects')))
  readonly findings = memo(async () => new DefectList(await loadFile('findings')))
}
