/** One GDB at a time on a port of 127.0.0.1: bytes of its protocol in and out of a session. */
import { createServer, type Socket } from 'node:net'
import type { GdbSession } from '../kernel/testbench/gdb/gdb-session.js'
import { frame, PacketReader } from '../kernel/testbench/gdb/packets.js'
import { UsageError } from './command.js'

/** Between two looks at the socket: a few milliseconds of a fast engine. */
const SLICE = 1_000_000

/** Resolves when the first debugger has gone; `ran` is called whenever the machine stopped or paused. */
export function serveGdb(session: GdbSession, port: number, ran: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      server.close()
      attach(session, socket, ran)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => resolve())
    })
    server.on('error', (error) => reject(new UsageError(`--gdb ${port}: ${error.message}; give a free port`)))
    server.listen(port, '127.0.0.1')
  })
}

function attach(session: GdbSession, socket: Socket, ran: () => void): void {
  const reader = new PacketReader()
  let running = false
  const send = (data: string): void => void socket.write(frame(data), 'latin1')
  const slice = (): void => {
    if (!running || socket.destroyed) return
    const stopped = session.resume(SLICE)
    ran()
    if (stopped === undefined) {
      setImmediate(slice)
      return
    }
    running = false
    send(stopped)
  }
  const packet = (data: string): void => {
    socket.write('+')
    const answer = session.handle(data)
    if (answer.kind === 'resume') {
      running = true
      slice()
      return
    }
    if (data.startsWith('s')) ran()
    send(answer.data)
    if (answer.kind === 'end') socket.end()
  }
  socket.on('data', (bytes) => {
    for (const incoming of reader.push(bytes.toString('latin1'))) {
      if (incoming.kind === 'packet') packet(incoming.data)
      else if (incoming.kind === 'garbled') socket.write('-')
      else if (running) {
        running = false
        send(session.interrupted())
      }
    }
  })
}
