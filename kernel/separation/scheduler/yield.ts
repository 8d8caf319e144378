/** Giving up the rest of the present window. The time goes to nobody: a window never moves. SKPP FRU_PRU_EXP.1. */
import { done, type Decode } from '../calls/call.js'
import { partitionRecord } from '../kernel.js'

export const decodeYield: Decode = (kernel, { caller }) => {
  return () => {
    partitionRecord(kernel, caller).set({ yielded: 1 })
    return done()
  }
}
