/** Halt, restart, maintenance and self-test on request of an authorised subject. SKPP FPT_HLT_EXP.1, FPT_RST_EXP.1, FPT_MTN_EXP.1, FPT_TST_EXP.1. */
import { unreachable } from '../../common/errors.js'
import { reportEvent } from '../audit/report-event.js'
import { selfTestCharge, testKernel } from '../boot/self-test.js'
import { done, refuse, type CallResult, type Decode } from '../calls/call.js'
import { SYSTEM_OPERATIONS, type SystemOperation } from '../config/configuration.js'
import { systemState, type Kernel } from '../kernel.js'
import { mayControlSystem } from '../policy/authority.js'
import { SWITCH_RESERVE } from '../scheduler/charges.js'
import { presentSlot } from '../scheduler/present-slot.js'
import { halt, resetModule } from './halt.js'
import { enterMaintenance, leaveMaintenance } from './maintenance.js'

export const decodeSystemControl: Decode = (kernel, { caller, a0: number }) => {
  const operation = number < BigInt(SYSTEM_OPERATIONS.length) ? SYSTEM_OPERATIONS[Number(number)] : undefined
  if (operation === undefined) return refuse(mayControlAnything(kernel, caller) ? 'ARG' : 'PERM')
  if (!mayControlSystem(kernel, caller, operation)) return refuse('PERM', Number(number))
  if (operation === 'maintenance' && systemState(kernel) !== 'running') return refuse('STATE', Number(number))
  if (operation === 'resume' && systemState(kernel) !== 'maintenance') return refuse('STATE', Number(number))
  if ((operation === 'selftest' || operation === 'resume') && !fitsWindow(kernel)) return refuse('STATE', Number(number))
  return () => {
    reportEvent(kernel, { event: 'SYSTEM_CONTROL', subject: caller, detail: number })
    return perform(kernel, operation)
  }
}

const mayControlAnything = (kernel: Kernel, caller: number): boolean =>
  SYSTEM_OPERATIONS.some((operation) => mayControlSystem(kernel, caller, operation))

/** A self-test that would reach into the next window is refused: windows do not move. */
const fitsWindow = (kernel: Kernel): boolean =>
  kernel.port.now() + selfTestCharge(kernel.configuration) + SWITCH_RESERVE <= presentSlot(kernel).end

function perform(kernel: Kernel, operation: SystemOperation): CallResult {
  switch (operation) {
    case 'halt':
      halt(kernel, 'requested')
      return done()
    case 'restart':
      resetModule(kernel)
      return done()
    case 'maintenance':
      enterMaintenance(kernel)
      return done()
    case 'resume':
      return tested(kernel, () => {
        leaveMaintenance(kernel)
      })
    case 'selftest':
      return tested(kernel, () => undefined)
    default:
      return unreachable(operation)
  }
}

/** Goes on only from a state that was found secure; a kernel that is not halts. */
function tested(kernel: Kernel, goOn: () => void): CallResult {
  const passed = testKernel(kernel)
  reportEvent(kernel, { event: passed ? 'SELFTEST' : 'INTEGRITY_FAILURE' })
  if (passed) goOn()
  else halt(kernel, 'integrity')
  return done(passed ? 0 : 1)
}
