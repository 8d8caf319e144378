/**
 * The host's side of HTIF, the host-target interface of RISC-V test programs: doublewords `tohost` and `fromhost` in memory.
 * A command is device (bits 63:56), command (55:48) and payload; device 0 with an odd payload ends the program with the code
 * payload >> 1; an even payload is the address of a system call's eight doublewords, of which only `write` is served.
 */
import { PhysicalMemoryError, type PhysicalMemory } from '../hardware/memory/physical-memory.js'

const PAYLOAD = (1n << 48n) - 1n
const CONSOLE = 1n
const PUT_CHARACTER = 1n
const SYS_WRITE = 64n
const MOST_BYTES_AT_ONCE = 1n << 20n

export interface HtifAddresses {
  readonly tohost: number
  readonly fromhost: number | undefined
}

/** Answers what lies in `tohost`; the exit code when the program ended. */
export function answerHtif(
  memory: PhysicalMemory,
  { tohost, fromhost }: HtifAddresses,
  console: (bytes: Uint8Array) => void,
): number | undefined {
  const value = memory.read64(tohost)
  const device = value >> 56n
  const payload = value & PAYLOAD
  if (device === 0n && (payload & 1n) === 1n) return Number(payload >> 1n)
  if (value === 0n) return undefined
  if (device === CONSOLE && ((value >> 48n) & 0xffn) === PUT_CHARACTER) console(Uint8Array.of(Number(payload & 0xffn)))
  else if (device === 0n) serveSystemCall(memory, Number(payload), console)
  else return undefined
  memory.write64(tohost, 0n)
  if (fromhost !== undefined) memory.write64(fromhost, 1n)
  return undefined
}

/** A call whose memory is not there, or that is not `write`, returns -1 in its first doubleword where there is one. */
function serveSystemCall(memory: PhysicalMemory, call: number, console: (bytes: Uint8Array) => void): void {
  if (!memory.contains(call, 64)) return
  let result = -1n
  const length = memory.read64(call + 24)
  if (memory.read64(call) === SYS_WRITE && length <= MOST_BYTES_AT_ONCE) {
    try {
      console(memory.read(Number(memory.read64(call + 16)), Number(length)))
      result = length
    } catch (error) {
      if (!(error instanceof PhysicalMemoryError)) throw error
    }
  }
  memory.write64(call, result)
}
