/**
 * The explorer: a web page of one folder that opens without a server and without a network. Lists are columns that load at once;
 * details stand in chunks that load when they are opened, so that 100,000 requirements open as fast as ten.
 */
import type { FolderWriter } from '../../items/folder-writer.js'
import type { TracedSet } from '../../items/traced-set.js'
import { joinTexts } from './format/column.js'
import { NameColumn, TextColumn } from './format/column-writer.js'
import {
  INTERFACES_PER_CHUNK,
  MODULES_PER_CHUNK,
  REQUIREMENTS_PER_CHUNK,
  TESTS_PER_CHUNK,
  TEXTS_PER_BLOCK,
  type DefectListData,
  type DefectRow,
} from './format/data-shape.js'
import { PackWriter } from './format/pack.js'
import { writeRequirement } from './format/requirement-pack.js'
import { writeTest } from './format/test-pack.js'
import { printPlace } from '../../model/errors.js'
import { writeDataFile } from './data/data-file.js'
import type { ExplorerOptions } from './explorer-options.js'
import { pageAssets } from './page-assets.js'
import { mappingsById, requirementList, targetFinder } from './data/requirement-data.js'
import { summaryData } from './data/summary-data.js'
import { testList } from './data/test-data.js'
import { moduleDetail, moduleList, usageList, usageOf, type Usage } from './data/usage-data.js'

/** Writes `explorer/index.html` and what it needs. Same set, same bytes. */
export function writeExplorer(set: TracedSet, folder: FolderWriter, options: ExplorerOptions = {}): void {
  const interfaces = usageOf(set, ({ interfaces }) => interfaces)
  const modules = usageOf(
    set,
    ({ modules }) => modules,
    (set.coverage?.modules ?? []).map(({ path }) => path),
  )
  const data = (name: string, value: unknown): void => writeDataFile(folder, name, value)
  for (const [name, content] of pageAssets(set.title, options.templates)) folder.write(`explorer/${name}`, content)
  const flows = options.flows ?? []
  data('summary', summaryData(set, interfaces, modules, flows.length))
  data('flows', flows)
  writeRequirements(set, data)
  writeTests(set, interfaces, modules, data)
  writeUsage(set, interfaces, modules, options, data)
  data('defects', defectList(set.defects))
  data('findings', defectList(set.findings.map(({ place, ...finding }) => ({ ...finding, place: printPlace(place) }))))
}

type DataWriter = (name: string, value: unknown) => void

function writeRequirements(set: TracedSet, data: DataWriter): void {
  data('requirements', requirementList(set))
  const find = targetFinder(set.requirements)
  const mappings = mappingsById(set.mappings)
  inChunks(set.requirements, REQUIREMENTS_PER_CHUNK, (chunk, number) => {
    const pack = new PackWriter()
    for (const requirement of chunk) writeRequirement(pack, requirement, mappings.get(requirement.item.id) ?? [], find)
    data(`requirements-${number}`, pack.finish(chunk.length))
  })
  inChunks(set.requirements, TEXTS_PER_BLOCK, (chunk, number) => data(`texts-${number}`, joinTexts(chunk.map(({ item }) => item.text))))
}

function writeTests(set: TracedSet, interfaces: Usage, modules: Usage, data: DataWriter): void {
  data('tests', testList(set))
  const positions = (names: readonly string[], places: ReadonlyMap<string, number>): readonly number[] =>
    names.map((name) => places.get(name) ?? 0)
  inChunks(set.tests, TESTS_PER_CHUNK, (chunk, number) => {
    const pack = new PackWriter()
    for (const { item, dangling, requirements } of chunk) {
      const used = { interfaces: positions(item.interfaces, interfaces.places), modules: positions(item.modules, modules.places) }
      writeTest(pack, item, { dangling, requirements, ...used })
    }
    data(`tests-${number}`, pack.finish(chunk.length))
  })
}

function writeUsage(set: TracedSet, interfaces: Usage, modules: Usage, { sourceText }: ExplorerOptions, data: DataWriter): void {
  data('interfaces', usageList(interfaces))
  inChunks(interfaces.details, INTERFACES_PER_CHUNK, (chunk, number) => data(`interfaces-${number}`, chunk))
  const coverage = new Map((set.coverage?.modules ?? []).map((module) => [module.path, module]))
  data('modules', moduleList(modules, coverage))
  inChunks(modules.names, MODULES_PER_CHUNK, (chunk, number) =>
    data(
      `modules-${number}`,
      chunk.map((name, index) =>
        moduleDetail(
          modules.details[number * MODULES_PER_CHUNK + index] ?? { tests: [], requirements: [] },
          coverage.get(name),
          sourceText?.(name),
        ),
      ),
    ),
  )
}

function defectList(rows: readonly DefectRow[]): DefectListData {
  const kinds = new NameColumn()
  const [ids, texts, places] = [new TextColumn(), new TextColumn(), new TextColumn()]
  for (const { kind, id, text, place } of rows) {
    kinds.add(kind)
    ids.add(id)
    texts.add(text)
    places.add(place)
  }
  return { count: rows.length, kinds: kinds.finish(), ids: ids.finish(), texts: texts.finish(), places: places.finish() }
}

function inChunks<Item>(items: readonly Item[], size: number, visit: (chunk: readonly Item[], number: number) => void): void {
  for (let first = 0; first < items.length; first += size) visit(items.slice(first, first + size), first / size)
}
