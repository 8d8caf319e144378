/** An error that an application reports about itself. ARINC 653 Part 1, RAISE_APPLICATION_ERROR. */
import { RAISABLE_ERRORS } from '../../abi/health.js'
import { done, refuse, type Decode } from '../calls/call.js'
import { handleError } from './health-monitor.js'

export const decodeRaise: Decode = (kernel, { caller, thread, a0: code, a1: number }) => {
  const error = number < BigInt(RAISABLE_ERRORS.length) ? RAISABLE_ERRORS[Number(number)] : undefined
  if (error === undefined) return refuse('ARG')
  return () => {
    handleError(kernel, { partition: caller, thread, error, detail: code, address: 0n })
    return done()
  }
}
