/**
 * Everything the project states about its evidence, from one folder of YAML: catalogue, derived requirements, claims, security target,
 * deviations, justifications, artefacts, caveats. Parsed, checked against the schemas, every reference resolved. Touches no disk.
 */
import type { Catalogue } from '../model/catalogue.js'
import type { Claim } from '../model/claim.js'
import type { DerivedRequirement } from '../model/derived-requirement.js'
import type { AssuranceArtefact, CarryOver, Caveat, CoverageJustification, Deviation, MethodArtefact } from '../model/deviation.js'
import type { SecurityTarget } from '../model/security-target.js'
import { loadCatalogue } from './catalogue-loader.js'
import { IdIndex } from './id-index.js'
import { Loaded } from './loaded.js'
import { loadArtefacts, loadAssuranceArtefacts, loadCaveats, loadDeviations, loadJustifications } from './register-loader.js'
import { loadClaims, loadRequirements } from './requirement-loader.js'
import { checkShape } from './schema-check.js'
import { textOf, type TextFiles } from './text-files.js'
import type { SchemaName, WrittenShapes } from './written-shapes.js'
import { parseYaml } from './yaml-document.js'

export interface Profiles {
  readonly catalogue: Catalogue
  readonly requirements: readonly DerivedRequirement[]
  readonly claims: readonly Claim[]
  readonly securityTarget: SecurityTarget
  readonly deviations: readonly Deviation[]
  readonly justifications: readonly CoverageJustification[]
  readonly artefacts: readonly MethodArtefact[]
  readonly assuranceArtefacts: readonly AssuranceArtefact[]
  readonly caveats: readonly Caveat[]
  readonly carryOver: readonly CarryOver[]
  /** Where each id is defined, for refusals that only a later step can make. */
  readonly ids: IdIndex
}

/** @throws EvidenceError with file, line and remedy at the first statement that is malformed, defined twice, or refers to nothing. */
export function parseProfiles(folder: string, files: TextFiles): Profiles {
  const ids = new IdIndex()
  const read = <Name extends SchemaName>(schema: Name): Loaded<WrittenShapes[Name]> => {
    const document = parseYaml(`${folder}/${schema}.yaml`, textOf(files, `${folder}/${schema}.yaml`))
    return new Loaded(document, checkShape(document, schema), ids)
  }
  const target = read('security-target')
  const { profile, ...securityTarget } = target.value
  const catalogue = loadCatalogue(`${folder}/${profile}`, files, ids)
  target.each(['assignments'], securityTarget.assignments, ({ element }, at) => {
    ids.refer(['element'], element, at(['element']))
    ids.define('assignment', element, at(['element']))
  })
  target.each(['configurations'], securityTarget.configurations, ({ name }, at) => ids.define('configuration', name, at(['name'])))
  return {
    catalogue,
    securityTarget,
    ids,
    claims: loadClaims(read('claims')),
    requirements: loadRequirements(read('requirements')),
    deviations: loadDeviations(read('deviations')),
    justifications: loadJustifications(read('justifications')),
    artefacts: loadArtefacts(read('artefacts')),
    assuranceArtefacts: loadAssuranceArtefacts(read('assurance-artefacts')),
    ...loadCaveats(read('caveats')),
  }
}
