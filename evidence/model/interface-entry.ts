/** Entry of the interface of the system under test (TSFI) as the system's own description lists it. */
import type { InterfaceId } from './ids.js'

export const interfaceKinds = ['call', 'trap', 'interrupt', 'memory', 'format', 'boot'] as const
export type InterfaceKind = (typeof interfaceKinds)[number]

export interface InterfaceEntry {
  readonly id: InterfaceId
  readonly kind: InterfaceKind
  readonly title: string
  /** One sentence. */
  readonly contract: string
  /** Every outcome the entry can have; one seen and not listed makes the description wrong. */
  readonly outcomes: readonly string[]
}
