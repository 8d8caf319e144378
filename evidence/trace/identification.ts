/** Cover, identification and provenance: what was judged, against what, with what, and how far the catalogue itself can be trusted. */
import type { CoverView, IdentificationView, ProvenanceView } from '../model/assurance-case.js'
import { EvidenceError } from '../model/errors.js'
import type { RunFacts } from '../model/run-facts.js'
import type { CountedText, NamedText } from '../model/view-parts.js'
import { compareText } from '../model/text-order.js'
import type { ClassList } from '../model/catalogue.js'
import type { Profiles } from '../profiles/profiles.js'
import { linkTo } from './anchor.js'
import { moduleMatcher } from './module-glob.js'
import type { TraceContext } from './trace-context.js'

export function coverView(
  { catalogue, securityTarget }: Profiles,
  run: RunFacts,
  passed: boolean,
  headlines: readonly CountedText[],
): CoverView {
  const { profile } = catalogue
  return {
    title: 'Evidence pack',
    subtitle: `${securityTarget.system.name}: requirements, tests and results`,
    system: securityTarget.system.name,
    version: securityTarget.system.version,
    commit: run.project.commit,
    dirty: run.project.dirty === true,
    treeState: treeState(run),
    profile: `${profile.title}, version ${profile.version} (${profile.date}), Common Criteria ${profile.ccVersion}, retired ${profile.sunset}`,
    conformance: securityTarget.conformance,
    answer: passed ? 'Every gate of this run is met.' : 'This run does not meet its gates: see the summary.',
    headlines: headlines.map(({ text }) => text),
    notice: catalogue.notice,
  }
}

/** @throws EvidenceError `digest-mismatch`, `dangling-reference` when the run was made with other configurations than the target states. */
export function identificationView({ profiles, modules }: TraceContext, run: RunFacts): IdentificationView {
  const { securityTarget: target } = profiles
  return {
    securityTarget: `${target.reference}, version ${target.version}`,
    system: named({ Name: target.system.name, Version: target.system.version, Reference: target.system.reference }),
    overview: target.overview,
    platform: target.platform,
    boundary: target.boundary.map((part) => {
      const files = modules.filter(moduleMatcher(part.modules)).length
      return { ...part, files: files === 0 ? 'no file' : `${files} ${files === 1 ? 'file' : 'files'}` }
    }),
    configurations: configurationsOf(profiles, run),
    assignments: target.assignments.map(({ element, text }) => ({ element, anchor: linkTo('element', element).anchor, text })),
    tools: Object.entries(run.tools)
      .sort(([a], [b]) => compareText(a, b))
      .map(([name, text]) => ({ name, text })),
    run: named({
      Project: `${run.project.name} ${run.project.version}`,
      Commit: `${run.project.commit} (${treeState(run)})`,
      Engine: run.engine,
      Modes: run.modes.length === 0 ? 'none' : run.modes.join(', '),
      'Digest of the hosted kernel code': run.hostedDigest ?? 'not stated',
    }),
    commands: run.commands,
    limits: target.limits,
  }
}

function treeState({ project }: RunFacts): string {
  if (project.dirty === null) return 'whether with uncommitted changes is not stated'
  return project.dirty ? 'uncommitted changes' : 'no uncommitted changes'
}

function configurationsOf({ securityTarget, ids }: Profiles, run: RunFacts): IdentificationView['configurations'] {
  const actual = new Map(run.configurations.map((configuration) => [configuration.name, configuration]))
  return securityTarget.configurations.map(({ name, file, digest }) => {
    const place = ids.placeOf('configuration', name) ?? { file: 'security-target.yaml' }
    const built = actual.get(name)
    if (built === undefined || built.file !== file)
      throw new EvidenceError(
        'dangling-reference',
        place,
        `evaluated configuration ${name} (${file}) is not among those of the run`,
        'run it, or correct the security target',
      )
    if (digest !== 'computed at run' && digest !== built.digest)
      throw new EvidenceError(
        'digest-mismatch',
        place,
        `configuration ${name} has digest ${built.digest}`,
        'review the change, then state the new digest',
      )
    return { name, file, digest: built.digest }
  })
}

export function provenanceView({ catalogue }: Profiles): ProvenanceView {
  const { profile, notice, statusLegend, sources, classes } = catalogue
  return {
    profile: named({
      Id: profile.id,
      Title: profile.title,
      Version: profile.version,
      Date: profile.date,
      'Common Criteria': profile.ccVersion,
      Retired: profile.sunset,
      Status: `${profile.status} (${profile.evidence.join(', ')})`,
      Pages: profile.pages.toString(),
    }),
    notice,
    legend: named(statusLegend),
    sources: named(sources),
    classes: [...classTexts('Functional classes', classes.sfr), ...classTexts('Assurance classes', classes.sar)],
  }
}

function classTexts(name: string, { present, absent, status, evidence, reasoning }: ClassList): NamedText[] {
  const source = `${status} (${evidence.join(', ')})`
  return [
    { name: `${name}: present`, text: `${present.join(', ')}; ${source}` },
    { name: `${name}: absent`, text: absent.length === 0 ? 'none stated' : `${absent.join(', ')}; ${source}` },
    ...(reasoning === null ? [] : [{ name: `${name}: why`, text: reasoning }]),
  ]
}

function named(texts: Readonly<Record<string, string>>): NamedText[] {
  return Object.entries(texts).map(([name, text]) => ({ name, text }))
}
