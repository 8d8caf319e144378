/** An error the application reports about itself. ARINC 653 Part 1, RAISE_APPLICATION_ERROR. */
import { done, type Decode } from '../calls/call.js'
import { handleError } from './health-monitor.js'

export const decodeRaise: Decode = (kernel, { caller, a0: code }) => {
  return () => {
    handleError(kernel, { partition: caller, error: 'APPLICATION_ERROR', detail: code, address: 0n })
    return done()
  }
}
