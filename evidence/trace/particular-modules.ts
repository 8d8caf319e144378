/**
 * Which modules a scenario says something about. Boot, dispatch and the frame run in nearly every scenario: a link through them would
 * tie every requirement to every module and tell a reader nothing. A function that ran in at least half of the scenarios is background;
 * a module is particular to a scenario when a function of it ran that is not. The results keep everything that ran.
 */
import type { ModulePath, ScenarioKey } from '../model/ids.js'
import type { Execution, ScenarioResult } from '../model/scenario-result.js'

/** With fewer recorded executions than this, half of them is chance, and nothing is background. */
const fewestExecutions = 10

export interface ParticularModules {
  /** Words for a reader; says so when the rule was not applied. */
  readonly rule: string
  readonly of: (key: ScenarioKey) => readonly ModulePath[]
}

export function particularModules(results: readonly ScenarioResult[]): ParticularModules {
  const recorded = results.flatMap(({ key, execution }) =>
    execution === null || execution.modules.length === 0 ? [] : [{ key, execution }],
  )
  if (recorded.length < fewestExecutions) return complete(recorded)
  const counts = new Map<string, number>()
  for (const { execution } of recorded) for (const name of functionsOf(execution)) counts.set(name, (counts.get(name) ?? 0) + 1)
  const isParticular = (name: string): boolean => (counts.get(name) ?? 0) * 2 < recorded.length
  const modules = new Map(
    recorded.map(({ key, execution }) => [key, execution.modules.filter((module) => namesIn(execution, module).some(isParticular))]),
  )
  return {
    rule: `A module is linked where a function of it ran that fewer than half of the ${recorded.length} scenarios with a recorded execution ran; boot, dispatch and other background are left out here and kept in results.ndjson.`,
    of: (key) => modules.get(key) ?? [],
  }
}

function complete(recorded: readonly { readonly key: ScenarioKey; readonly execution: Execution }[]): ParticularModules {
  const modules = new Map(recorded.map(({ key, execution }) => [key, execution.modules]))
  return { rule: 'A module is linked where any function of it ran.', of: (key) => modules.get(key) ?? [] }
}

function functionsOf(execution: Execution): string[] {
  return execution.modules.flatMap((module) => namesIn(execution, module))
}

/** Where only the module was recorded, it stands for its functions. */
function namesIn({ functions }: Execution, module: ModulePath): string[] {
  const names = Object.hasOwn(functions, module) ? (functions[module] ?? []) : []
  return names.length === 0 ? [module] : names.map((name) => `${module}#${name}`)
}
