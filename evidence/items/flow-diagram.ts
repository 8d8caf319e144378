/** Which subject of a configured system can cause information to reach which other one, for people to look at; nothing is judged by it. */

/** `data`: something made to carry data. `side`: nothing but feedback, authority, audit or alarms. */
export type FlowNature = 'data' | 'side'

export interface DrawnFlow {
  /** Positions in `subjects`; never from one to itself. */
  readonly from: number
  readonly to: number
  readonly nature: FlowNature
  /** What carries it, in words: `port altitude`. */
  readonly through: readonly string[]
}

export interface FlowDiagram {
  /** Name of the configuration. */
  readonly title: string
  readonly subjects: readonly string[]
  readonly flows: readonly DrawnFlow[]
}
