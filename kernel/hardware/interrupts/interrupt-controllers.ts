/**
 * The interrupt controllers that a machine can have, connected to its harts: a PLIC; an APLIC that delivers directly; an APLIC that
 * delivers by messages to the harts' IMSICs. An APLIC has a root domain for M and, as its child, one for S.
 * RISC-V AIA, "Interrupt domains", "Arrangement of the memory regions of multiple interrupt files".
 */
import type { DeviceModel, DmaPort, InterruptLine } from '../../common/device-port.js'
import { externalLine, guestExternalLine } from '../hart/external-lines.js'
import { GEILEN } from '../hart/hart-options.js'
import type { HartState } from '../hart/hart-state.js'
import type { InterruptFiles } from '../hart/interrupt-files.js'
import { AplicDomain } from './aplic-domain.js'
import { AplicIdc } from './aplic-idc.js'
import { Imsic } from './imsic.js'
import { InterruptFile } from './interrupt-file.js'
import { Plic } from './plic.js'

export const INTERRUPT_CONTROLLERS = ['plic', 'aplic', 'aplic-imsic'] as const
export type InterruptControllerKind = (typeof INTERRUPT_CONTROLLERS)[number]

export type InterruptControllerDevice = 'plic' | 'aplic-m' | 'aplic-s' | 'imsic-m' | 'imsic-s'

export interface InterruptControllers {
  readonly devices: Readonly<Partial<Record<InterruptControllerDevice, DeviceModel>>>
  /** The line of an interrupt source, 1 and on. */
  readonly source: (number: number) => InterruptLine
}

export interface ControllerSurroundings {
  readonly harts: readonly HartState[]
  /** The highest source number. */
  readonly sources: number
  /** By physical addresses, for messages. */
  readonly dma: DmaPort
  /** Where the pages of the harts' IMSICs begin. */
  readonly imsicBases: { readonly machine: number; readonly supervisor: number }
}

const PAGE = 0x1000

/** log2 of the pages that each hart has at supervisor level: its own file and those of its guests, or its own alone. */
export const guestIndexBits = (hypervisor: boolean): number => (hypervisor ? Math.ceil(Math.log2(GEILEN + 1)) : 0)

export function interruptControllers(kind: InterruptControllerKind, surroundings: ControllerSurroundings): InterruptControllers {
  switch (kind) {
    case 'plic':
      return plic(surroundings)
    case 'aplic':
      return aplic(surroundings)
    case 'aplic-imsic':
      return aplicWithImsics(surroundings)
  }
}

function plic({ harts, sources }: ControllerSurroundings): InterruptControllers {
  const targets = harts.flatMap((hart) => [externalLine(hart, 'M'), externalLine(hart, 'S')])
  const device = new Plic(targets, sources)
  return { devices: { plic: device }, source: (number) => device.source(number) }
}

function aplic({ harts, sources }: ControllerSurroundings): InterruptControllers {
  const idcs = (privilege: 'M' | 'S'): AplicIdc[] => harts.map((hart) => new AplicIdc(externalLine(hart, privilege)))
  const root = new AplicDomain({ name: 'aplic-m', sources, idcs: idcs('M'), guests: false })
  return wired(root, new AplicDomain({ name: 'aplic-s', sources, idcs: idcs('S'), guests: false, parent: root }))
}

/** Direct delivery reaches no hart: eidelivery cannot name the APLIC. */
function aplicWithImsics(surroundings: ControllerSurroundings): InterruptControllers {
  const { harts, sources, dma, imsicBases } = surroundings
  const unconnected: InterruptLine = { set: () => undefined }
  const idcs = (): AplicIdc[] => harts.map(() => new AplicIdc(unconnected))
  const hypervisor = harts.some((hart) => hart.has('H'))
  const bits = guestIndexBits(hypervisor)
  const send = (base: number, shift: number) => (hart: number, guest: number, identity: number) => {
    if (hart < harts.length && guest < 1 << shift)
      dma.write(BigInt(base + ((hart << shift) + guest) * PAGE), Uint8Array.of(identity, identity >> 8, 0, 0))
  }
  const root = new AplicDomain({ name: 'aplic-m', sources, idcs: idcs(), guests: false, send: send(imsicBases.machine, 0) })
  const supervisor = { name: 'aplic-s', sources, idcs: idcs(), guests: hypervisor, send: send(imsicBases.supervisor, bits), parent: root }
  const { devices, source } = wired(root, new AplicDomain(supervisor))
  const files = harts.map((hart) => interruptFiles(hart, hypervisor))
  const machine = new Imsic(
    'imsic-m',
    files.map((file) => file.machine),
  )
  const pages = files.flatMap((file) => [file.supervisor, ...file.guests])
  return { devices: { ...devices, 'imsic-m': machine, 'imsic-s': new Imsic('imsic-s', pages) }, source }
}

interface FilesOfHart extends InterruptFiles {
  readonly machine: InterruptFile
  readonly supervisor: InterruptFile
  readonly guests: readonly InterruptFile[]
}

/** The hart's CSRs reach them too. */
function interruptFiles(hart: HartState, hypervisor: boolean): FilesOfHart {
  const files = {
    machine: new InterruptFile(externalLine(hart, 'M')),
    supervisor: new InterruptFile(externalLine(hart, 'S')),
    guests: hypervisor ? Array.from({ length: GEILEN }, (_, index) => new InterruptFile(guestExternalLine(hart, index + 1))) : [],
  }
  hart.interruptFiles = files
  return files
}

function wired(root: AplicDomain, child: AplicDomain): InterruptControllers {
  const drive = (number: number, asserted: boolean): void => {
    root.drive(number, asserted)
    child.drive(number, asserted)
  }
  return { devices: { 'aplic-m': root, 'aplic-s': child }, source: (number) => ({ set: (asserted) => drive(number, asserted) }) }
}
