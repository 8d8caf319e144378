/** Where what the program prints goes. */
import { visible } from '../terminal.js'

/** To a file or a pipe byte for byte; a terminal that was not given to the machine must not obey it. */
export function consoleStream(stream: NodeJS.WriteStream): (bytes: Uint8Array) => void {
  if (!stream.isTTY) return (bytes) => void stream.write(bytes)
  const decoder = new TextDecoder()
  return (bytes) => void stream.write(visible(decoder.decode(bytes, { stream: true }).replaceAll('\r\n', '\n')))
}
