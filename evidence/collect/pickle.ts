/** A pickle with its lasting identity: what a scenario is, before and apart from any execution. Messages, Pickle. */
import { createHash } from 'node:crypto'
import type { ScenarioKey } from '../model/ids.js'
import type { ScenarioTag, StepResult } from '../model/scenario-result.js'
import type { FeatureIndex } from './feature-index.js'
import type { JsonObject } from './json-shape.js'

/** A step as the pickle states it, not yet executed. */
export interface PickleStep {
  readonly id: string
  readonly plan: StepResult
}

export interface KeyedPickle {
  readonly key: ScenarioKey
  readonly uri: string
  readonly feature: string
  readonly rule: string
  readonly name: string
  readonly example: readonly string[]
  readonly tags: readonly ScenarioTag[]
  readonly steps: readonly PickleStep[]
  /** Order within the feature; takes no part in the key. */
  readonly line: number
  readonly rowLine: number
}

/** Gives pickles of one stream their keys; scenarios that are alike in everything are told apart by their order in the document. */
export class PickleReader {
  private readonly seen = new Map<string, number>()

  constructor(private readonly features: FeatureIndex) {}

  read(pickle: JsonObject): KeyedPickle {
    const uri = pickle.string('uri').replaceAll('\\', '/')
    const nodes = pickle.strings('astNodeIds')
    const scenario = this.features.scenarios.get(nodes[0] ?? '')
    const row = this.features.rows.get(nodes[1] ?? '')
    const rule = scenario?.rule ?? ''
    const identity = JSON.stringify([uri, rule, scenario?.name ?? pickle.string('name'), row?.examples ?? '', row?.cells ?? []])
    const before = this.seen.get(identity) ?? 0
    this.seen.set(identity, before + 1)
    return {
      key: digestKey(before === 0 ? identity : `${identity}#${before + 1}`),
      uri,
      feature: scenario?.feature ?? uri,
      rule,
      name: pickle.string('name'),
      example: row?.cells ?? [],
      tags: pickle
        .objects('tags')
        .map((tag) => ({ name: tag.string('name'), line: this.features.tagLines.get(tag.stringOr('astNodeId', '')) ?? 0 })),
      steps: pickle.objects('steps').map((step) => this.readStep(step)),
      line: scenario?.line ?? 0,
      rowLine: row?.line ?? 0,
    }
  }

  private readStep(step: JsonObject): PickleStep {
    const argument = step.objectOr('argument')
    const plan: StepResult = {
      kind: 'step',
      keyword: this.features.stepKeywords.get(step.strings('astNodeIds')[0] ?? '') ?? '',
      text: step.string('text'),
      docString: argument?.objectOr('docString')?.string('content') ?? '',
      table: (argument?.objectOr('dataTable')?.objects('rows') ?? []).map((row) =>
        row.objects('cells').map((cell) => cell.stringOr('value', '')),
      ),
      status: 'UNKNOWN',
      message: '',
      comparisons: [],
    }
    return { id: step.string('id'), plan }
  }
}

function digestKey(identity: string): ScenarioKey {
  return createHash('sha256').update(identity).digest('hex').slice(0, 16) as ScenarioKey
}
