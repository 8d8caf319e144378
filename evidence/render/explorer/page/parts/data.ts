/**
 * The data files: scripts of the page's own folder that call `explorerData(name, value)`. Each is loaded once. Where the browser knows
 * trusted types, the only script addresses it takes are the names made here.
 */
import type { FlowDiagram } from '../../../../items/flow-diagram.js'
import type {
  DefectListData,
  ModuleDetail,
  ModuleListData,
  RequirementListData,
  SummaryData,
  TestListData,
  UsageDetail,
  UsageListData,
} from '../../format/data-shape.js'
import type { Pack } from '../../format/pack.js'

interface DataFiles {
  readonly summary: SummaryData
  readonly requirements: RequirementListData
  readonly tests: TestListData
  readonly interfaces: UsageListData
  readonly modules: ModuleListData
  readonly defects: DefectListData
  readonly findings: DefectListData
  readonly flows: readonly FlowDiagram[]
}

interface DataChunks {
  readonly requirements: Pack
  readonly tests: Pack
  readonly interfaces: readonly UsageDetail[]
  readonly modules: readonly ModuleDetail[]
  readonly texts: string
}

interface ScriptAddressPolicy {
  createScriptURL(name: string): string
}

interface TrustedTypeFactory {
  createPolicy(name: string, rules: ScriptAddressPolicy): ScriptAddressPolicy
}

declare global {
  interface Window {
    explorerData?: (name: string, value: unknown) => void
    readonly trustedTypes?: TrustedTypeFactory
  }
}

const received = new Map<string, unknown>()
const waiting = new Map<string, (value: unknown) => void>()
const files = new Map<string, Promise<unknown>>()

/** Must be there before the first data file runs. */
export function receiveData(): void {
  window.explorerData = (name, value) => {
    received.set(name, value)
    waiting.get(name)?.(value)
    waiting.delete(name)
  }
}

export function loadFile<Name extends keyof DataFiles>(name: Name): Promise<DataFiles[Name]> {
  return load(name) as Promise<DataFiles[Name]>
}

export function loadChunk<Name extends keyof DataChunks>(name: Name, number: number): Promise<DataChunks[Name]> {
  return load(`${name}-${number}`) as Promise<DataChunks[Name]>
}

function load(name: string): Promise<unknown> {
  const known = files.get(name)
  if (known !== undefined) return known
  const file = new Promise<unknown>((resolve, reject) => {
    if (received.has(name)) {
      resolve(received.get(name))
      return
    }
    waiting.set(name, resolve)
    // index.html itself asks for the summary.
    if (name !== 'summary') requestScript(`data/${name}`).catch(reject)
  })
  files.set(name, file)
  return file.finally(() => received.delete(name))
}

/** The two browser files of the chart library, in their order. */
const CHARTS: readonly string[] = ['charts/d3', 'charts/plot']

const addressRules: ScriptAddressPolicy = {
  createScriptURL(name) {
    if (!CHARTS.includes(name) && !/^data\/[a-z]+(-\d+)?$/.test(name)) throw new TypeError('not the name of a file of the explorer')
    return `${name}.js`
  },
}
let addresses: ScriptAddressPolicy | undefined

/** Loads the chart library; the scripts of the page that follow find it under its usual name. */
export async function loadCharts(): Promise<void> {
  for (const name of CHARTS) await requestScript(name)
}

/** Resolves when the script has run. */
function requestScript(name: string): Promise<void> {
  addresses ??= window.trustedTypes?.createPolicy('explorer-data', addressRules) ?? addressRules
  const script = document.createElement('script')
  script.async = true
  script.src = addresses.createScriptURL(name)
  document.head.append(script)
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => {
      script.remove()
      resolve()
    })
    script.addEventListener('error', () => reject(new Error(`${name}.js cannot be read; the folder of the explorer is not complete`)))
  })
}
