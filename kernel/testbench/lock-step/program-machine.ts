/** A machine with a random program in it, before the program's first instruction. */
import type { HostedTable } from '../../common/hosted-port.js'
import { bytesOf, encode } from '../../hardware/isa/encode.js'
import type { Hotness } from '../../hardware/engine/translator/hot-spots.js'
import { Machine, type EngineKind } from '../../hardware/machine.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { DATA, M_HANDLER, MOST_PROGRAM_BYTES, PROGRAM, RAM_BYTES } from './program-layout.js'
import type { RandomProgram } from './random-program.js'
import { trapHandlers } from './trap-handlers.js'

const HOSTED: HostedTable = {
  kcall: new Map([[0, { name: 'store', charge: 5, run: (port) => void port.store64(RAM_BASE + DATA, port.x(5)) }]]),
  ucall: new Map([
    [1, { name: 'load', charge: 2, run: (port) => port.setX(6, BigInt(Number(port.load(RAM_BASE + 0x4000_0000, 4)) || 0)) }],
  ]),
}

/** Code is translated early: programs are short. */
const hotness: Hotness = { arrivals: 6, samples: 2, stride: 200 }

/** Smrnmi leaves the addresses of its handlers to the implementation. */
const nonMaskableHandlers = { interrupt: BigInt(RAM_BASE + M_HANDLER), exception: BigInt(RAM_BASE + M_HANDLER) }

export function machineWith(program: RandomProgram, engine: EngineKind): Machine {
  const { words, extensions, start } = program
  const rom = bytesOf([encode('mret')])
  const machine = new Machine({ ramBytes: RAM_BYTES, rom, engine, hosted: HOSTED, extensions, nonMaskableHandlers, hotness })
  const hart = machine.hart(0)
  machine.memory.write(RAM_BASE, trapHandlers(RAM_BASE, words.length * 4, extensions.includes('H')))
  machine.memory.write(RAM_BASE + PROGRAM, bytesOf([...words, ...backToStart(words.length)]))
  for (const { offset, value } of program.pageTables) machine.memory.write64(RAM_BASE + offset, value)
  program.registers.forEach((value, index) => hart.setX(index + 1, value))
  program.floats.forEach((value, index) => hart.setF(index, value))
  for (const { number, value } of program.csrs) hart.setCsr(number, value)
  hart.pc = start?.pc ?? BigInt(RAM_BASE + PROGRAM)
  if (start !== undefined) hart.privilege = start.privilege
  return machine
}

/** What fills the rest of the program's place: who runs past the end of a short program goes on in it. */
const backToStart = (length: number): number[] =>
  Array.from({ length: MOST_PROGRAM_BYTES / 4 - length }, (_, index) => encode('jal', { immediate: -4 * (length + index) }))
