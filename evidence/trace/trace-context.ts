/** Everything the views are judged from: profiles, graph, artefacts, and the modules each requirement is allocated to. */
import { EvidenceError } from '../model/errors.js'
import type { MethodArtefact } from '../model/deviation.js'
import type { Digest, ModulePath } from '../model/ids.js'
import type { InterfaceEntry } from '../model/interface-entry.js'
import type { BoundaryZone } from '../model/security-target.js'
import type { Profiles } from '../profiles/profiles.js'
import { moduleMatcher } from './module-glob.js'
import type { TraceGraph } from './trace-graph.js'

export interface TraceContext {
  readonly profiles: Profiles
  readonly graph: TraceGraph
  readonly interfaces: readonly InterfaceEntry[] | null
  readonly modules: readonly ModulePath[]
  readonly allocatedModules: ReadonlyMap<string, readonly ModulePath[]>
  readonly artefactsOf: ReadonlyMap<string, readonly MethodArtefact[]>
  readonly artefactDigests: ReadonlyMap<string, Digest>
  readonly zoneOf: (module: ModulePath) => BoundaryZone | 'not stated'
}

export interface ContextInputs {
  readonly profiles: Profiles
  readonly graph: TraceGraph
  readonly interfaces: readonly InterfaceEntry[] | null
  readonly modules: readonly ModulePath[]
  /** False: the sources are not at hand, so an allocation to a module that was not seen is no fault. */
  readonly allModulesKnown: boolean
  readonly artefactDigests: ReadonlyMap<string, Digest>
}

/** @throws EvidenceError `dangling-reference` for an allocation to modules that do not exist, an interface that is not described. */
export function traceContext(inputs: ContextInputs): TraceContext {
  const { profiles, graph, interfaces, modules, artefactDigests } = inputs
  checkInterfaces(profiles, interfaces)
  const zones = profiles.securityTarget.boundary.map((part) => ({ zone: part.zone, matches: moduleMatcher(part.modules) }))
  const zoneByModule = new Map(modules.map((module) => [module, zones.find(({ matches }) => matches(module))?.zone]))
  const artefactsOf = new Map<string, MethodArtefact[]>()
  for (const artefact of profiles.artefacts) artefactsOf.set(artefact.element, [...(artefactsOf.get(artefact.element) ?? []), artefact])
  return {
    profiles,
    graph,
    interfaces,
    modules,
    artefactsOf,
    artefactDigests,
    allocatedModules: allocate(inputs),
    zoneOf: (module) => zoneByModule.get(module) ?? 'not stated',
  }
}

function checkInterfaces({ requirements, ids }: Profiles, interfaces: readonly InterfaceEntry[] | null): void {
  if (interfaces === null) return
  const known = new Set<string>(interfaces.map(({ id }) => id))
  for (const requirement of requirements)
    for (const id of requirement.interfaces)
      if (!known.has(id))
        throw dangling(ids, requirement.id, `interface entry ${id} is not in the interface description`, 'name an entry that it lists')
}

/** Each glob is matched once, however many requirements name it. */
function allocate({ profiles: { requirements, ids }, modules, allModulesKnown }: ContextInputs): Map<string, ModulePath[]> {
  const byGlob = new Map<string, ModulePath[]>()
  const allocated = new Map<string, ModulePath[]>()
  for (const requirement of requirements) {
    const paths = requirement.modules.flatMap((glob) => {
      const matching = byGlob.get(glob) ?? modules.filter(moduleMatcher(glob))
      byGlob.set(glob, matching)
      if (matching.length === 0 && allModulesKnown)
        throw dangling(ids, requirement.id, `no module matches ${glob}`, 'name a path or glob of modules that exist')
      return matching
    })
    allocated.set(requirement.id, [...new Set(paths)])
  }
  return allocated
}

function dangling(ids: Profiles['ids'], id: string, what: string, remedy: string): EvidenceError {
  return new EvidenceError(
    'dangling-reference',
    ids.placeOf('derived requirement', id) ?? { file: 'requirements.yaml' },
    `${id}: ${what}`,
    remedy,
  )
}
