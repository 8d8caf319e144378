/** Filters that several lists have, from columns of their data. */
import { traceStates, type TraceState } from '../../../../items/traced-set.js'
import { toneOf } from '../../../status-tone.js'
import { codeAt, nameAt, type CodedColumn } from '../../format/column.js'
import { stateWords } from '../../format/verdict-words.js'
import type { Facet } from './list-model.js'

/** A row of switches, one for each verdict, worst first. */
export function verdictFacet(
  column: CodedColumn,
  count: number,
  values: readonly { readonly verdict: string; readonly name: string }[],
): Facet {
  return {
    key: 'verdict',
    title: 'Verdict',
    control: 'marks',
    form: 'one',
    codes: codesOf(column, count),
    size: column.names.length,
    values: values.map(({ verdict, name }) => ({ key: verdict, name, tone: toneOf(verdict) })),
  }
}

/** An item may have several states: its name in the column is the sum of their bits. */
export function stateFacet(column: CodedColumn, count: number): Facet {
  const bits = column.names.map(Number)
  return {
    key: 'state',
    title: 'State',
    control: 'choice',
    form: 'some',
    codes: codesOf(column, count).map((code) => bits[code] ?? 0),
    size: traceStates.length,
    values: traceStates.map((state) => ({ key: state, name: stateWords[state].name, tone: toneOf(state) })),
  }
}

export function statesOf(column: CodedColumn, index: number): readonly TraceState[] {
  const bits = Number(nameAt(column, index))
  return traceStates.filter((_, bit) => (bits & (1 << bit)) !== 0)
}

export function namedFacet(key: string, title: string, column: CodedColumn, count: number): Facet {
  const values = column.names.map((name) => ({ key: name === '' ? 'none' : name, name: name === '' ? 'none' : name, tone: null }))
  return { key, title, control: 'choice', form: 'one', codes: codesOf(column, count), size: column.names.length, values }
}

export function codesOf(column: CodedColumn, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => codeAt(column, index))
}
