/** Reads the flows of configured systems (`bulkhead.flows/1`), YAML or JSON. */
import type { DrawnFlow, FlowDiagram, FlowNature } from '../../items/flow-diagram.js'
import { EvidenceError } from '../../model/errors.js'
import { checkDocument } from '../../profiles/schema-check.js'
import { packageFile } from '../../profiles/schema-file.js'
import { parseYaml, type YamlDocument } from '../../profiles/yaml-document.js'

export const flowsFormat = 'bulkhead.flows/1'

/** The shape as the schema has it. */
export interface WrittenFlows {
  readonly schema: typeof flowsFormat
  readonly systems: readonly WrittenSystem[]
}

export interface WrittenSystem {
  readonly name: string
  readonly subjects: readonly string[]
  readonly flows: readonly {
    readonly from: string
    readonly to: string
    readonly through: readonly string[]
    readonly nature?: FlowNature
  }[]
}

/** @param name what messages print. @throws EvidenceError for what the schema does not know, and for a flow of no two subjects. */
export function readFlows(name: string, text: string): readonly FlowDiagram[] {
  const document = parseYaml(name, text)
  checkDocument(document, packageFile('evidence', 'items', 'schema', 'flows.schema.json'), flowsFormat)
  return (document.value as WrittenFlows).systems.map((system, at) => diagramOf(system, document, at))
}

function diagramOf({ name, subjects, flows }: WrittenSystem, document: YamlDocument, at: number): FlowDiagram {
  const places = new Map(subjects.map((subject, place) => [subject, place]))
  return {
    title: name,
    subjects,
    flows: flows.map(({ from, to, through, nature = 'data' }, number): DrawnFlow => {
      const refuse = (what: string): EvidenceError => {
        const place = { file: document.file, line: document.lineOf(['systems', at, 'flows', number]) }
        return new EvidenceError('schema-violation', place, what, 'name two of the subjects')
      }
      const [start, end] = [places.get(from), places.get(to)]
      if (start === undefined || end === undefined)
        throw refuse(`${JSON.stringify(start === undefined ? from : to)} is no subject of ${name}`)
      if (start === end) throw refuse(`a flow from ${JSON.stringify(from)} to itself`)
      return { from: start, to: end, nature, through }
    }),
  }
}
