/**
 * Several schedules of one major frame. A switch takes place at the end of a frame and nowhere else, for a subject that the configuration
 * authorises or for an error whose answer it is. ARINC 653 Part 2, SET_MODULE_SCHEDULE; SKPP FMT_SMF.1, FMT_MOF.1, FPT_CFG_EXP.1.
 */
import { reportEvent } from '../audit/report-event.js'
import { done, refuse, type Decode } from '../calls/call.js'
import { controlOf, systemState, type Kernel } from '../kernel.js'
import { maySelectSchedule } from '../policy/authority.js'

export const decodeScheduleSelection: Decode = (kernel, { caller, a0: number }) => {
  if (!maySelectSchedule(kernel, caller)) return refuse('PERM')
  if (number >= BigInt(kernel.timelines.length)) return refuse('ARG')
  // In maintenance mode the schedule is nobody's business: who left the mode would find another one.
  if (systemState(kernel) !== 'running') return refuse('STATE')
  return () => {
    selectSchedule(kernel, caller, Number(number))
    return done()
  }
}

/** The last selection within a frame is the one that counts. */
function selectSchedule(kernel: Kernel, subject: number, schedule: number): void {
  controlOf(kernel).set({ nextSchedule: schedule })
  reportEvent(kernel, { event: 'SCHEDULE_REQUEST', subject, detail: BigInt(schedule) })
}

/** For an error of `partition`; a configuration whose errors lead here has a fallback. */
export function selectFallback(kernel: Kernel, partition: number): void {
  const index = kernel.configuration.schedules.findIndex(({ fallback }) => fallback)
  if (index >= 0) selectSchedule(kernel, partition, index + 1)
}

/** At the begin of a frame: tells when another schedule runs from here on. */
export function reportSwitch(kernel: Kernel, before: number): void {
  const schedule = controlOf(kernel).get('schedule')
  if (schedule !== before) reportEvent(kernel, { event: 'SCHEDULE_SWITCH', detail: BigInt(schedule) })
}
