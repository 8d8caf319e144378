/** Details of tests in a chunk: one order of fields, written for the page and read by it. */
import { comparisonKinds, observationSources, type Comparison } from '../../../model/comparison.js'
import { stepStatuses, type StepStatus } from '../../../model/scenario-result.js'
import type { TestItem, TestStep } from '../../../items/test-item.js'
import { PackReader, type Pack, type PackWriter } from './pack.js'

export interface TestDetail {
  /** 0: not stated. */
  readonly line: number
  readonly attempts: number
  readonly example: readonly string[]
  readonly references: readonly { readonly text: string; readonly via: string; readonly partly: boolean; readonly line: number }[]
  readonly dangling: readonly string[]
  readonly steps: readonly StepDetail[]
  /** Empty: not stated. */
  readonly sourceDigest: string
  readonly configurationDigest: string
  readonly requirements: readonly number[]
  /** Positions in the lists of interfaces and modules. */
  readonly interfaces: readonly number[]
  readonly modules: readonly number[]
}

export interface StepDetail {
  readonly hook: boolean
  readonly keyword: string
  readonly text: string
  readonly status: StepStatus
  readonly message: string
  readonly comparisons: readonly Comparison[]
}

export interface TestLinks {
  readonly dangling: readonly string[]
  readonly requirements: readonly number[]
  readonly interfaces: readonly number[]
  readonly modules: readonly number[]
}

export function writeTest(pack: PackWriter, item: TestItem, { dangling, requirements, interfaces, modules }: TestLinks): void {
  const text = (value: string): void => pack.text(value)
  pack.line(item.place.line)
  pack.number(item.attempts)
  pack.list(item.example, text)
  pack.list(item.references, (reference) => {
    pack.text(reference.text)
    pack.text(reference.via)
    pack.number(reference.extent === 'partial' ? 1 : 0)
    pack.line(reference.line)
  })
  pack.list(dangling, text)
  pack.list(item.steps, (step) => writeStep(pack, step))
  pack.optional(item.sourceDigest)
  pack.optional(item.configurationDigest)
  pack.indices(requirements)
  pack.indices(interfaces)
  pack.indices(modules)
}

function writeStep(pack: PackWriter, { kind, keyword, text, status, message, comparisons }: TestStep): void {
  pack.number(kind === 'hook' ? 1 : 0)
  pack.text(keyword)
  pack.text(text)
  pack.number(stepStatuses.indexOf(status))
  pack.text(message)
  pack.list(comparisons, ({ what, expected, observed, comparison, source, holds }) => {
    pack.text(what)
    pack.text(expected)
    pack.text(observed)
    pack.number(comparisonKinds.indexOf(comparison))
    pack.number(observationSources.indexOf(source))
    pack.number(holds ? 1 : 0)
  })
}

export function readTests(chunk: Pack): readonly TestDetail[] {
  const pack = new PackReader(chunk)
  const text = (): string => pack.text()
  return Array.from({ length: pack.count }, () => ({
    line: pack.number(),
    attempts: pack.number(),
    example: pack.list(text),
    references: pack.list(() => ({ text: pack.text(), via: pack.text(), partly: pack.number() === 1, line: pack.number() })),
    dangling: pack.list(text),
    steps: pack.list(() => readStep(pack)),
    sourceDigest: pack.text(),
    configurationDigest: pack.text(),
    requirements: pack.indices(),
    interfaces: pack.indices(),
    modules: pack.indices(),
  }))
}

function readStep(pack: PackReader): StepDetail {
  return {
    hook: pack.number() === 1,
    keyword: pack.text(),
    text: pack.text(),
    status: stepStatuses[pack.number()] ?? 'UNKNOWN',
    message: pack.text(),
    comparisons: pack.list(() => ({
      what: pack.text(),
      expected: pack.text(),
      observed: pack.text(),
      comparison: comparisonKinds[pack.number()] ?? 'equal',
      source: observationSources[pack.number()] ?? 'memory',
      holds: pack.number() === 1,
    })),
  }
}
