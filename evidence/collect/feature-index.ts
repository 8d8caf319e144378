/** What a Gherkin document says about the nodes its pickles refer to: names, keywords, example rows, lines. Messages, GherkinDocument. */
import type { JsonObject } from './json-shape.js'

export interface ScenarioNode {
  readonly feature: string
  /** Empty: outside a rule. */
  readonly rule: string
  /** As written, placeholders included. */
  readonly name: string
  readonly line: number
}

export interface RowNode {
  readonly examples: string
  /** `header=value` */
  readonly cells: readonly string[]
  readonly line: number
}

/** Ids are unique within one message stream and nowhere else. */
export class FeatureIndex {
  readonly scenarios = new Map<string, ScenarioNode>()
  readonly rows = new Map<string, RowNode>()
  readonly stepKeywords = new Map<string, string>()
  readonly tagLines = new Map<string, number>()

  add(document: JsonObject): void {
    const feature = document.objectOr('feature')
    if (feature === undefined) return
    this.addTags(feature)
    this.addChildren(feature, feature.stringOr('name', ''), '')
  }

  private addChildren(parent: JsonObject, feature: string, ruleName: string): void {
    for (const child of parent.objects('children')) {
      const rule = child.objectOr('rule')
      const scenario = child.objectOr('scenario')
      const background = child.objectOr('background')
      if (rule !== undefined) {
        this.addTags(rule)
        this.addChildren(rule, feature, rule.stringOr('name', ''))
      }
      if (scenario !== undefined) this.addScenario(scenario, feature, ruleName)
      if (background !== undefined) this.addSteps(background)
    }
  }

  private addScenario(scenario: JsonObject, feature: string, rule: string): void {
    this.addTags(scenario)
    this.addSteps(scenario)
    this.scenarios.set(scenario.string('id'), { feature, rule, name: scenario.stringOr('name', ''), line: lineOf(scenario) })
    for (const examples of scenario.objects('examples')) this.addExamples(examples)
  }

  private addExamples(examples: JsonObject): void {
    this.addTags(examples)
    const header = cellsOf(examples.objectOr('tableHeader'))
    for (const row of examples.objects('tableBody')) {
      const cells = cellsOf(row).map((value, i) => `${header[i] ?? ''}=${value}`)
      this.rows.set(row.string('id'), { examples: examples.stringOr('name', ''), cells, line: lineOf(row) })
    }
  }

  private addSteps(parent: JsonObject): void {
    for (const step of parent.objects('steps')) this.stepKeywords.set(step.string('id'), step.stringOr('keyword', '').trim())
  }

  private addTags(parent: JsonObject): void {
    for (const tag of parent.objects('tags')) this.tagLines.set(tag.string('id'), lineOf(tag))
  }
}

function cellsOf(row: JsonObject | undefined): string[] {
  return row === undefined ? [] : row.objects('cells').map((cell) => cell.stringOr('value', ''))
}

function lineOf(node: JsonObject): number {
  return node.objectOr('location')?.count('line') ?? 0
}
