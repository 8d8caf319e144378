/** Maintenance mode: only the maintenance partition runs, until it is left through a test. SKPP FPT_MTN_EXP.1. */
import { reportEvent } from '../audit/report-event.js'
import { setSystemState, type Kernel } from '../kernel.js'

export function enterMaintenance(kernel: Kernel): void {
  setSystemState(kernel, 'maintenance')
  reportEvent(kernel, { event: 'MAINTENANCE', detail: 1n })
}

export function leaveMaintenance(kernel: Kernel): void {
  setSystemState(kernel, 'running')
  reportEvent(kernel, { event: 'MAINTENANCE', detail: 0n })
}
