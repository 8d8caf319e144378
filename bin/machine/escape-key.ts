/**
 * What the user types while the terminal belongs to the machine. Control-A leads a command, as in other emulators: `x` leaves, `s` tells
 * how fast the machine runs, `h` lists the commands, Control-A sends one. Everything else goes to the machine.
 */

export type EscapeCommand = 'leave' | 'statistics' | 'help'

export const ESCAPE_HELP = 'Control-A x: leave; Control-A s: statistics; Control-A Control-A: send Control-A; Control-A h: this line'

const CONTROL_A = 1
const COMMANDS: ReadonlyMap<number, EscapeCommand> = new Map([
  [0x78, 'leave'],
  [0x73, 'statistics'],
  [0x68, 'help'],
])

export interface Typed {
  /** For the machine. */
  readonly bytes: Uint8Array
  readonly commands: readonly EscapeCommand[]
}

export class EscapeKey {
  private leading = false

  /** A command that is unknown is dropped. */
  read(typed: Uint8Array): Typed {
    const bytes: number[] = []
    const commands: EscapeCommand[] = []
    for (const byte of typed) {
      if (!this.leading && byte === CONTROL_A) this.leading = true
      else if (!this.leading) bytes.push(byte)
      else {
        this.leading = false
        const command = COMMANDS.get(byte)
        if (command !== undefined) commands.push(command)
        else if (byte === CONTROL_A) bytes.push(byte)
      }
    }
    return { bytes: Uint8Array.from(bytes), commands }
  }
}
