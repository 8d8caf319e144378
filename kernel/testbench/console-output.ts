/** What a program prints on the UART, handed on line by line. */
import type { Uart16550 } from '../devices/uart16550.js'

const LINE_FEED = 10
/** A longer line goes out in pieces. */
const LONGEST = 4096

/** @returns what hands on the line that has not ended yet. */
export function consoleOutput(uart: Uart16550, output: (bytes: Uint8Array) => void): () => void {
  let pending: number[] = []
  const flush = (): void => {
    if (pending.length > 0) output(Uint8Array.from(pending))
    pending = []
  }
  uart.onTransmit = (byte) => {
    pending.push(byte)
    if (byte === LINE_FEED || pending.length === LONGEST) flush()
  }
  return flush
}
