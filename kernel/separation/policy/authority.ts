/**
 * What a subject may name. Authority is a slot in a list that the configuration fixed: there is no call that adds, moves or
 * widens one. SKPP FDP_IFF.1, FMT_MSA_EXP.1, FPT_PLP_EXP.1.
 */
import type { Capability, SystemOperation } from '../config/configuration.js'
import { partitionOf, type Kernel } from '../kernel.js'

type CapabilityOf<Kind extends Capability['kind']> = Extract<Capability, { readonly kind: Kind }>

/** `undefined`: nothing in that slot, or an object of another kind. */
export function capabilityOf<Kind extends Capability['kind']>(
  kernel: Kernel,
  caller: number,
  slot: bigint,
  kind: Kind,
): CapabilityOf<Kind> | undefined {
  const { capabilities } = partitionOf(kernel, caller)
  const found = slot < BigInt(capabilities.length) ? capabilities[Number(slot)] : undefined
  return found?.kind === kind ? (found as CapabilityOf<Kind>) : undefined
}

export const mayReadAudit = (kernel: Kernel, caller: number): boolean => partitionOf(kernel, caller).readAudit

export const maySelectSchedule = (kernel: Kernel, caller: number): boolean => partitionOf(kernel, caller).selectSchedule

export const mayControlSystem = (kernel: Kernel, caller: number, operation: SystemOperation): boolean =>
  partitionOf(kernel, caller).systemControl.includes(operation)
