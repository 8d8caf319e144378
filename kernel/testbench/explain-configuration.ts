/** What the configuration tools tell of the flows in a text, be they allowed or not: by object, and as the rows of the flow picture. */
import { analyse } from '../separation/config/compiler/compile.js'
import { explainFlow, explanationLines } from '../separation/config/flows/explanation.js'
import { flowPicture } from '../separation/config/picture/flow-picture.js'
import { readSource } from '../separation/config/source/system-source.js'

function analysed(text: string) {
  const { source, configuration, findings } = analyse(readSource('configuration', text))
  if (configuration === undefined) throw new Error(`the configuration has no flows to explain: ${findings[0]?.what ?? ''}`)
  return { source, configuration }
}

/** The objects of a shortest way, in their order; none when there is no way. */
export function objectsOnTheWay(text: string, from: string, to: string): readonly string[] {
  const { source, configuration } = analysed(text)
  return explainFlow(source, configuration, from, to).steps.flatMap(({ objects }) => objects.map((object) => object.text))
}

/** The answer as people read it, lines of the text included. */
export function explainedFlow(text: string, from: string, to: string): string {
  const { source, configuration } = analysed(text)
  return explanationLines(explainFlow(source, configuration, from, to)).join('\n')
}

/** What the picture says of each of its rows to who cannot see it. */
export function picturedFlows(text: string): readonly string[] {
  const { source, configuration } = analysed(text)
  const rows = flowPicture(configuration, source.system.policy).matchAll(/<title>([^<]*)<\/title>/g)
  return [...rows].map(([, title = '']) => title)
}
