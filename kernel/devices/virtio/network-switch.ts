/**
 * An Ethernet switch inside the machine: no time passes in it, and nothing leaves the machine. A frame for a port's own address goes
 * to that port, any other one to all ports but the sender's, in the order in which they were connected (IEEE 802.1Q, "Forwarding",
 * with addresses that are known from the start instead of learnt).
 */

export interface NetworkPort {
  send(frame: Uint8Array): void
}

interface Connection {
  readonly address: Uint8Array
  readonly deliver: (frame: Uint8Array) => void
}

const ADDRESS_BYTES = 6

export class NetworkSwitch {
  private readonly connections: Connection[] = []

  /** `address`: of 6 bytes, the station's own. */
  connect(address: Uint8Array, deliver: (frame: Uint8Array) => void): NetworkPort {
    const own: Connection = { address, deliver }
    this.connections.push(own)
    return { send: (frame) => this.forward(frame, own) }
  }

  private forward(frame: Uint8Array, sender: Connection): void {
    const destination = frame.subarray(0, ADDRESS_BYTES)
    const known = this.connections.find(({ address }) => address.every((byte, index) => byte === destination[index]))
    const targets = known === undefined ? this.connections : [known]
    for (const target of targets) if (target !== sender) target.deliver(frame.slice())
  }
}
