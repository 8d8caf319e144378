/** The identity under which the kernel knows the caller: from the address space that trapped, never from an argument. SKPP FIA_USB_EXP.1. */
import { done, type Decode } from '../calls/call.js'
import { partitionOf, partitionRecord } from '../kernel.js'

export const decodeSelf: Decode = (kernel, { caller }) => {
  return () => {
    const record = partitionRecord(kernel, caller)
    return done(caller, partitionOf(kernel, caller).capabilities.length, record.get('startMode'), record.get('startCondition'))
  }
}
