/**
 * Profiles for results of a system we know nothing about: the catalogue as it is, and registers that state nothing. What the owner of the
 * system has not written, the report shows as not stated; his own folder takes the place of this one with `--profiles`.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { projectRoot } from '../../project.js'

const CATALOGUE = 'skpp-1.03'
const UNSTATED = 'not stated'

const registers: Readonly<Record<string, unknown>> = {
  'security-target.yaml': {
    profile: CATALOGUE,
    reference: UNSTATED,
    version: UNSTATED,
    system: { name: 'System under test', version: UNSTATED, reference: UNSTATED },
    overview: ['The results were read from files. Nothing else is known of the system that gave them.'],
    boundary: [{ zone: 'inside', modules: '**', why: 'The owner of the system has not stated where its boundary runs.' }],
    platform: { title: UNSTATED, description: UNSTATED, parts: [] },
    configurations: [],
    assignments: [],
    conformance: 'The results were traced to the catalogue of the profile. No conformance is claimed.',
    limits: ['Who ran the scenarios, on what, and whether they are those that were meant to run, was not examined.'],
  },
  'requirements.yaml': { requirements: [] },
  'claims.yaml': { claims: [] },
  'deviations.yaml': { deviations: [] },
  'justifications.yaml': { justifications: [] },
  'artefacts.yaml': { artefacts: [] },
  'assurance-artefacts.yaml': { artefacts: [] },
  'caveats.yaml': {
    caveats: [
      {
        id: 'results-as-given',
        title: 'Results are taken as given',
        text: 'The message files were not made under the control of this tool. What they say was run is taken to have been run.',
      },
      {
        id: 'catalogue-unconfirmed',
        title: 'The catalogue is unconfirmed',
        text: 'The catalogue paraphrases a retired profile. No element has been compared with the published text.',
      },
      {
        id: 'tests-only',
        title: 'A passing test is not a closed element',
        text: 'Most elements also name analysis or inspection. An element closes only when each method it names has a current artefact.',
      },
    ],
    carryOver: [],
  },
}

/** Writes them below `work`. @returns the folder */
export function writeNeutralProfiles(work: string): string {
  const folder = join(work, 'profiles')
  mkdirSync(folder)
  cpSync(join(projectRoot, 'evidence/profiles', CATALOGUE), join(folder, CATALOGUE), { recursive: true })
  for (const [name, content] of Object.entries(registers)) writeFileSync(join(folder, name), stringify(content))
  return folder
}
