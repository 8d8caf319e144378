/** Present time and window, in model cycles since reset. ARINC 653 Part 1, GET_TIME; SKPP FPT_STM.1. */
import { done, type Decode } from '../calls/call.js'
import { controlOf } from '../kernel.js'
import { presentSlot } from '../scheduler/timeline.js'

export const decodeTime: Decode = (kernel) => {
  return () => {
    const { start, end } = presentSlot(kernel)
    return done(kernel.port.now(), start, end, controlOf(kernel).get('frame'))
  }
}
