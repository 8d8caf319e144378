/** Present time and window, in model cycles since reset. ARINC 653 Part 1, GET_TIME; SKPP FPT_STM.1. */
import { done, type Decode } from '../calls/call.js'
import { controlOf } from '../kernel.js'
import { presentSlot } from '../scheduler/present-slot.js'

export const decodeTime: Decode = (kernel) => {
  return () => {
    const { start, end } = presentSlot(kernel)
    const control = controlOf(kernel)
    return done(kernel.port.now(), start, end, control.get('frame'), control.get('schedule'))
  }
}
