/**
 * What a GDB remote stub answers: registers, memory, breakpoints, continue and step on a machine. Memory is seen as the chosen
 * hart translates addresses; harts are threads, numbered from 1. Knows no socket. GDB, "Remote Serial Protocol: Packets".
 */
import type { HartView, Machine, StopReason } from '../../hardware/machine.js'
import { FIRST_CSR, FIRST_F, PC, PRIVILEGE, targetDescription } from './target-description.js'

/** C.EBREAK fits wherever an instruction may begin. */
const C_EBREAK = Uint8Array.of(0x02, 0x90)
const LONGEST_READ = 0x4000
const ERROR = 'E01'
const SIGTRAP = 'S05'
const SIGINT = 'S02'
/** frm and fflags in fcsr; the three CSRs cannot be read while FS is Off. */
const FCSR = 3

/** `resume`: the machine runs until something stops it, or until GDB interrupts. */
export type Answer =
  { readonly kind: 'reply'; readonly data: string } | { readonly kind: 'resume' } | { readonly kind: 'end'; readonly data: string }

const reply = (data: string): Answer => ({ kind: 'reply', data })

export class GdbSession {
  private chosen = 0
  private readonly breakpoints = new Set<bigint>()

  constructor(private readonly machine: Machine) {}

  /** The answer to a packet; an empty reply says that it is not supported. */
  handle(packet: string): Answer {
    const rest = packet.slice(1)
    switch (packet[0]) {
      case '?':
        return reply(SIGTRAP)
      case 'g':
        return reply(this.registers())
      case 'G':
        return reply(this.setRegisters(rest))
      case 'p':
        return reply(this.readRegister(parseInt(rest, 16)) ?? ERROR)
      case 'P':
        return reply(this.writeRegister(rest))
      case 'm':
        return reply(this.readMemory(rest))
      case 'M':
        return reply(this.writeMemory(rest))
      case 'Z':
      case 'z':
        return reply(this.breakpoint(packet[0] === 'Z', rest))
      case 'H':
        return reply(this.choose(rest.slice(1)))
      case 'T':
        return reply(this.thread(rest) === undefined ? ERROR : 'OK')
      case 's':
        return reply(this.step())
      case 'c':
        return { kind: 'resume' }
      case 'q':
        return reply(this.query(rest))
      case 'D':
        return { kind: 'end', data: 'OK' }
      case 'k':
        return { kind: 'end', data: '' }
      default:
        return reply('')
    }
  }

  /** Runs at most `instructions`; `undefined`: it may go on. */
  resume(instructions: number): string | undefined {
    // The instruction under the present breakpoint runs before breakpoints are set.
    if (this.breakpoints.has(this.hart.pc)) {
      const stopped = this.stopReply(this.machine.run({ maxInstructions: 1 }))
      if (stopped !== undefined) return stopped
    }
    const restore = this.insertBreakpoints()
    this.machine.onBreakpoint((pc) => this.breakpoints.has(pc))
    const reason = this.machine.run({ maxInstructions: instructions })
    this.machine.onBreakpoint(undefined)
    restore()
    this.chosen = this.machine.presentHart
    return reason.kind === 'breakpoint' ? this.stoppedAt('05') : this.stopReply(reason)
  }

  interrupted(): string {
    return SIGINT
  }

  private get hart(): HartView {
    return this.machine.hart(this.chosen)
  }

  private step(): string {
    const reason = this.machine.run({ maxInstructions: 1 })
    this.chosen = this.machine.presentHart
    return this.stopReply(reason) ?? this.stoppedAt('05')
  }

  private stoppedAt(signal: string): string {
    return `T${signal}thread:${this.chosen + 1};`
  }

  private stopReply(reason: StopReason): string | undefined {
    switch (reason.kind) {
      case 'tohost':
      case 'powered-off':
        return `W${Math.min(reason.code, 255).toString(16).padStart(2, '0')}`
      case 'instruction-limit':
        return undefined
      case 'critical-error':
        return this.stoppedAt('06')
      default:
        return this.stoppedAt('05')
    }
  }

  /** Returns what takes them out again; a word that the program changed meanwhile stays. */
  private insertBreakpoints(): () => void {
    const { memory } = this.machine
    const inserted: { readonly place: number; readonly bytes: Uint8Array }[] = []
    for (const address of this.breakpoints) {
      const place = this.machine.physicalAddress(this.chosen, address)
      if (place === undefined || !this.writable(place, 2)) continue
      inserted.push({ place, bytes: memory.read(place, 2) })
      memory.write(place, C_EBREAK)
    }
    return () => {
      for (const { place, bytes } of inserted) {
        const present = memory.read(place, 2)
        if (present.every((byte, index) => byte === C_EBREAK[index])) memory.write(place, bytes)
      }
    }
  }

  private writable(place: number, length: number): boolean {
    return place >= RAM_BEGIN && this.machine.memory.contains(place, length)
  }

  private registers(): string {
    return Array.from({ length: PC + 1 }, (_, index) => this.readRegister(index) ?? '').join('')
  }

  private setRegisters(text: string): string {
    for (let index = 0; index <= PC; index++) this.setRegister(index, fromHex(text.slice(index * 16, index * 16 + 16)))
    return 'OK'
  }

  private readRegister(number: number): string | undefined {
    const { hart } = this
    if (number < PC) return toHex(hart.x(number), 8)
    if (number === PC) return toHex(hart.pc, 8)
    if (number < FIRST_CSR) return toHex(hart.f(number - FIRST_F), 8)
    if (number === PRIVILEGE) return toHex(BigInt({ U: 0, VU: 0, S: 1, VS: 1, M: 3 }[hart.privilege]), 4)
    const csr = number - FIRST_CSR
    if (csr <= FCSR) return toHex(csr === 1 ? hart.fcsr & 0x1fn : csr === 2 ? hart.fcsr >> 5n : hart.fcsr, 4)
    return hart.csrs().some((known) => known.number === csr) ? toHex(hart.csr(csr), 8) : undefined
  }

  private writeRegister(rest: string): string {
    const [number = '', value = ''] = rest.split('=')
    return this.setRegister(parseInt(number, 16), fromHex(value)) ? 'OK' : ERROR
  }

  private setRegister(number: number, value: bigint): boolean {
    const { hart } = this
    if (number < PC) hart.setX(number, value)
    else if (number === PC) hart.pc = value
    else if (number >= FIRST_CSR + 4 && number < PRIVILEGE && number - FIRST_CSR < 0xc00) {
      const csr = number - FIRST_CSR
      if (!hart.csrs().some((known) => known.number === csr)) return false
      hart.setCsr(csr, value)
    } else return false
    return true
  }

  /** As many bytes as there are from the address on; GDB takes a short answer. */
  private readMemory(rest: string): string {
    const [from = '', count = ''] = rest.split(',')
    const length = Math.min(parseInt(count, 16), LONGEST_READ)
    const address = fromBigEndian(from)
    if (address === undefined || !(length >= 0)) return ERROR
    let text = ''
    for (let index = 0; index < length; index++) {
      const place = this.machine.physicalAddress(this.chosen, BigInt.asUintN(64, address + BigInt(index)))
      if (place === undefined || !this.machine.memory.contains(place, 1)) break
      text += byteHex(this.machine.memory.read(place, 1)[0] ?? 0)
    }
    return text === '' && length > 0 ? ERROR : text
  }

  private writeMemory(rest: string): string {
    const [head = '', data = ''] = rest.split(':')
    const address = fromBigEndian(head.split(',')[0] ?? '')
    if (address === undefined || !/^([0-9a-f]{2})*$/iu.test(data)) return ERROR
    const places = Array.from({ length: data.length / 2 }, (_, index) => this.machine.physicalAddress(this.chosen, address + BigInt(index)))
    if (!places.every((place) => place !== undefined && this.writable(place, 1))) return ERROR
    places.forEach((place, index) => {
      if (place !== undefined) this.machine.memory.write(place, Uint8Array.of(parseInt(data.slice(index * 2, index * 2 + 2), 16)))
    })
    return 'OK'
  }

  /** Software breakpoints only; they lie in memory while the machine runs and never when GDB looks. */
  private breakpoint(insert: boolean, rest: string): string {
    const [type, from = ''] = rest.split(',')
    if (type !== '0' && type !== '1') return ''
    const address = fromBigEndian(from)
    if (address === undefined) return ERROR
    if (insert) this.breakpoints.add(address)
    else this.breakpoints.delete(address)
    return 'OK'
  }

  private choose(text: string): string {
    if (text === '0' || text === '-1') return 'OK'
    const index = this.thread(text)
    if (index === undefined) return ERROR
    this.chosen = index
    return 'OK'
  }

  private thread(text: string): number | undefined {
    const index = parseInt(text, 16) - 1
    return index >= 0 && index < this.machine.hartCount ? index : undefined
  }

  private query(text: string): string {
    const [name = ''] = text.split(':')
    if (name === 'Supported') return `PacketSize=${(LONGEST_READ * 2).toString(16)};qXfer:features:read+;swbreak+`
    if (name === 'Attached') return '1'
    if (name === 'C') return `QC${(this.chosen + 1).toString(16)}`
    if (name === 'fThreadInfo')
      return `m${Array.from({ length: this.machine.hartCount }, (_, index) => (index + 1).toString(16)).join(',')}`
    if (name === 'sThreadInfo') return 'l'
    const [, begin, count] = /^Xfer:features:read:target\.xml:([0-9a-f]+),([0-9a-f]+)$/iu.exec(text) ?? []
    return begin === undefined || count === undefined ? '' : this.description(parseInt(begin, 16), parseInt(count, 16))
  }

  private description(begin: number, count: number): string {
    const whole = targetDescription(this.hart)
    const part = whole.slice(begin, begin + count)
    return `${begin + part.length >= whole.length ? 'l' : 'm'}${part}`
  }
}

const RAM_BEGIN = 0x8000_0000

const byteHex = (byte: number): string => byte.toString(16).padStart(2, '0')

/** In the target's byte order: little-endian. */
function toHex(value: bigint, bytes: number): string {
  return Array.from({ length: bytes }, (_, index) => byteHex(Number((value >> BigInt(8 * index)) & 0xffn))).join('')
}

function fromHex(text: string): bigint {
  const bytes = text.match(/[0-9a-f]{2}/giu) ?? []
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(parseInt(byte, 16)), 0n)
}

const fromBigEndian = (text: string): bigint | undefined => (/^[0-9a-f]{1,16}$/iu.test(text) ? BigInt(`0x${text}`) : undefined)
