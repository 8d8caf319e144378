/** Controlling another partition, for a subject whose capability says so. ARINC 653 Part 1, SET_PARTITION_MODE; SKPP FMT_MOF.1. */
import { PARTITION_MODES } from '../../abi/partition-modes.js'
import { done, refuse, type Decode } from '../calls/call.js'
import { partitionMode, partitionRecord } from '../kernel.js'
import { capabilityOf } from '../policy/authority.js'
import { restartPartition, stopPartition } from './lifecycle.js'

export const decodePartitionMode: Decode = (kernel, { caller, a0: slot, a1: number }) => {
  const capability = capabilityOf(kernel, caller, slot, 'partition')
  if (capability === undefined) return refuse('CAP')
  const { object } = capability
  if (!capability.control) return refuse('PERM', object)
  const mode = number < BigInt(PARTITION_MODES.length) ? PARTITION_MODES[Number(number)] : undefined
  // No manager sets the mode normal: a partition reaches it by starting.
  if (mode === undefined || mode === 'normal') return refuse('ARG', object)
  if (mode === 'idle' && partitionMode(kernel, object) === 'idle') return refuse('STATE', object)
  return () => {
    if (mode === 'idle') stopPartition(kernel, object)
    else restartPartition(kernel, object, { mode, condition: 'partition-restart' })
    return done()
  }
}

export const decodePartitionStatus: Decode = (kernel, { caller, a0: slot }) => {
  const capability = capabilityOf(kernel, caller, slot, 'partition')
  if (capability === undefined) return refuse('CAP')
  const { object } = capability
  return () => done(PARTITION_MODES.indexOf(partitionMode(kernel, object)), partitionRecord(kernel, object).get('restarts'))
}
