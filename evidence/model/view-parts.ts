/** Parts shared by the views of the assurance case. Texts are ready to print; `state` is a closed word fit for a style class. */
import type { ScenarioVerdict } from './verdict.js'

/** `text` is what a reader sees, `anchor` where it leads within the case. */
export interface Link {
  readonly text: string
  readonly anchor: string
}

export interface ScenarioLink extends Link {
  readonly state: ScenarioVerdict
  readonly verdict: string
  /** `direct`, or the derived requirement the link runs through. */
  readonly via: string
}

export interface NamedText {
  readonly name: string
  readonly text: string
}

export interface NumberedText {
  readonly id: string
  readonly text: string
}

/** A count in words: `text` is whole (`12 of 55 catalogue elements: test passed`). */
export interface CountedText {
  readonly name: string
  readonly count: number
  readonly of: number
  readonly text: string
}

/** Never a percentage alone: `text` is `151 of 1801`, `percent` is `8.3 %` or `none` when there is nothing to count. */
export interface Ratio {
  readonly covered: number
  readonly total: number
  readonly text: string
  readonly percent: string
}

export interface GateView {
  readonly name: string
  readonly required: string
  readonly measured: string
  readonly met: boolean
  readonly state: 'met' | 'not-met'
  readonly verdict: string
}
