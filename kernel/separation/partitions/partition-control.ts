/** Controlling another partition, for a subject whose capability says so. ARINC 653 Part 1, SET_PARTITION_MODE; SKPP FMT_MOF.1. */
import { done, refuse, type Decode } from '../calls/call.js'
import { partitionMode, partitionRecord } from '../kernel.js'
import { PARTITION_MODES } from '../memory/kernel-records.js'
import { capabilityOf } from '../policy/authority.js'
import { restartPartition, stopPartition } from './lifecycle.js'

const STOP = 0n
const COLD_RESTART = 1n

export const decodePartitionMode: Decode = (kernel, { caller, a0: slot, a1: mode }) => {
  const capability = capabilityOf(kernel, caller, slot, 'partition')
  if (capability === undefined) return refuse('CAP')
  const { object } = capability
  if (!capability.control) return refuse('PERM', object)
  if (mode !== STOP && mode !== COLD_RESTART) return refuse('ARG', object)
  if (mode === STOP && partitionMode(kernel, object) === 'idle') return refuse('STATE', object)
  return () => {
    if (mode === STOP) stopPartition(kernel, object)
    else restartPartition(kernel, object)
    return done()
  }
}

export const decodePartitionStatus: Decode = (kernel, { caller, a0: slot }) => {
  const capability = capabilityOf(kernel, caller, slot, 'partition')
  if (capability === undefined) return refuse('CAP')
  const { object } = capability
  return () => done(PARTITION_MODES.indexOf(partitionMode(kernel, object)), partitionRecord(kernel, object).get('restarts'))
}
