/** Giving up the rest of the present window. The time goes to no other partition: a window never moves. SKPP FRU_PRU_EXP.1. */
import { done, type Decode } from '../calls/call.js'
import { threadRecord } from '../threads/thread.js'

export const decodeYield: Decode = (kernel, { caller, thread }) => {
  return () => {
    threadRecord(kernel, { partition: caller, thread }).set({ yielded: 1 })
    return done()
  }
}
