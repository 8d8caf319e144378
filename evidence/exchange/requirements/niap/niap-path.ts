/**
 * The part of XPath 1.0 that technical decisions use to name what they change: child and descendant steps, names or `*`, and the
 * predicates `[@name='value']`, `[text()='value']`, `[n]`. Prefixes are passed over, as everywhere in this schema.
 */
import { localName } from '../../xml/local-name.js'
import { elementsBelow, withContent, type XmlElement } from '../../xml/xml-tree.js'

interface Step {
  readonly descendant: boolean
  readonly name: string
  readonly predicates: readonly string[]
}

const STEP = /(\/\/?)([\w.-]+:)?([\w.-]+|\*)((?:\[[^\]]*\])*)/uy

/** Elements in document order. Undefined: the path uses more of XPath than is read here. */
export function elementsAt(root: XmlElement, path: string): readonly XmlElement[] | undefined {
  const steps = stepsOf(path.trim().replace(/^[.*](?=\/)/u, ''))
  if (steps === undefined) return undefined
  // The step before the first: the document, whose one child is the root.
  let found: readonly XmlElement[] = [withContent({ ...root, name: '' }, [root])]
  for (const step of steps) {
    const next = select(found, step)
    if (next === undefined) return undefined
    found = next
  }
  return found
}

function stepsOf(path: string): readonly Step[] | undefined {
  const steps: Step[] = []
  STEP.lastIndex = 0
  for (let at = 0; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at
    const [, axis = '', , name = '', predicates = ''] = STEP.exec(path) ?? []
    if (axis === '') return undefined
    steps.push({
      descendant: axis === '//',
      name,
      predicates: [...predicates.matchAll(/\[([^\]]*)\]/gu)].map(([, text = '']) => text.trim()),
    })
  }
  return steps.length === 0 ? undefined : steps
}

/** A position counts among what the step selects in one parent (XPath 1.0, "Predicates"). */
function select(contexts: readonly XmlElement[], { descendant, name, predicates }: Step): readonly XmlElement[] | undefined {
  const found = new Set<XmlElement>()
  for (const parent of contexts.flatMap((context) => (descendant ? [...elementsBelow(context)] : [context]))) {
    let children = parent.children.filter((child) => name === '*' || localName(child.name) === name)
    for (const predicate of predicates) {
      const kept = filtered(children, predicate)
      if (kept === undefined) return undefined
      children = [...kept]
    }
    for (const child of children) found.add(child)
  }
  return [...found]
}

function filtered(elements: readonly XmlElement[], predicate: string): readonly XmlElement[] | undefined {
  if (/^\d+$/u.test(predicate)) return elements.slice(Number(predicate) - 1, Number(predicate))
  const [, subject, value = ''] =
    /^(@[\w:.-]+|text\(\))\s*=\s*(?:'([^']*)'|"[^"]*")$/u.exec(predicate.replace(/"([^"']*)"$/u, "'$1'")) ?? []
  if (subject === undefined) return undefined
  return elements.filter((element) => (subject === 'text()' ? element.text : element.attributes[localName(subject.slice(1))]) === value)
}
