/**
 * A stand-in for your system: two partitions and a mailbox. Replace its five operations with what reaches yours: a serial line, a
 * debugger, an emulator, a test agent. The features and the step definitions stay as they are.
 */
const KEPT = 8

export class SystemUnderTest {
  #flows = new Set()
  #received = new Map()
  #refusals = []
  #lost = 0

  configure(from, to) {
    this.#flows.add(`${from} to ${to}`)
  }

  /** @returns {string} the outcome that the system reports to the sender */
  send(from, to, message) {
    if (this.#flows.has(`${from} to ${to}`)) {
      this.#received.set(to, message)
      return 'OK'
    }
    this.#refusals.push(`${from} to ${to}: DENIED`)
    if (this.#refusals.length > KEPT) {
      this.#refusals.shift()
      this.#lost += 1
    }
    return 'DENIED'
  }

  received(partition) {
    return this.#received.get(partition) ?? 'nothing'
  }

  refusals() {
    return [...this.#refusals]
  }

  lost() {
    return this.#lost
  }
}
