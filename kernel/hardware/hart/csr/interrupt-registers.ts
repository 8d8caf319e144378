/**
 * Pending and enable bits of interrupts, their delegation, and the views of them that each privilege has.
 * RISC-V Privileged, "Machine Interrupt (`mip` and `mie`) Registers", "Supervisor Interrupt (`sip` and `sie`) Registers", "Hypervisor
 * Interrupt (`hvip`, `hip`, and `hie`) Registers", "Virtual Supervisor Interrupt (`vsip` and `vsie`) Registers".
 */
import type { HartSlot } from '../../memory/layout.js'
import { GEILEN } from '../hart-options.js'
import type { HartState } from '../hart-state.js'
import { interruptsOf, pendingInterrupts, SUPERVISOR_INTERRUPTS, writeVirtualPending } from '../pending-interrupts.js'
import { HS_INTERRUPTS, HVICTL_VTI, SEI, SSI, STI, VS_INTERRUPTS, VSSI } from '../status-fields.js'
import { supervisorEnabled, supervisorPending } from '../top-interrupts.js'
import { IGNORED, masked, withH, type Csr } from './csr.js'

/** Bits of a slot that an access sees and writes at other positions: `shift` down. */
function update({ block }: HartState, slot: HartSlot, mask: bigint, value: bigint): void {
  block.set(slot, (block.get(slot) & ~mask) | (value & mask))
}

const supervisorMask = ({ block }: HartState): bigint => block.get('mideleg') & SUPERVISOR_INTERRUPTS
const virtualMask = ({ block }: HartState): bigint => block.get('mvien') & ~block.get('mideleg')
const virtualTrapControl = ({ block }: HartState): boolean => (block.get('hvictl') & HVICTL_VTI) !== 0n

/** mip.STIP is read-only while stimecmp drives it, and SEIP while mvien takes what software holds away; VSSIP is that of hvip. */
function writeMip(hart: HartState, value: bigint): void {
  update(hart, 'mip', SSI | (SEI & ~hart.block.get('mvien')) | (hart.sstc ? 0n : STI), value)
  if (hart.has('H')) update(hart, 'hvip', VSSI, value)
}

const delegatedToGuest = ({ block }: HartState): bigint => block.get('hideleg')

const HYPERVISOR: readonly Csr[] = [
  masked(0x603, 'hideleg', VS_INTERRUPTS),
  masked(0x645, 'hvip', VS_INTERRUPTS),
  {
    number: 0x604,
    name: 'hie',
    read: ({ block }) => block.get('mie') & HS_INTERRUPTS,
    write: (hart, value) => update(hart, 'mie', HS_INTERRUPTS, value),
  },
  {
    number: 0x644,
    name: 'hip',
    read: (hart) => pendingInterrupts(hart) & HS_INTERRUPTS,
    write: (hart, value) => update(hart, 'hvip', VSSI, value),
  },
  masked(0x607, 'hgeie', ((1n << BigInt(GEILEN)) - 1n) << 1n),
  { number: 0xe12, name: 'hgeip', read: ({ block }) => block.get('hgeip'), write: IGNORED },
  // A guest finds its interrupts one bit lower: VSSI as SSI, VSTI as STI, VSEI as SEI.
  {
    number: 0x204,
    name: 'vsie',
    read: (hart) => (hart.block.get('mie') & delegatedToGuest(hart)) >> 1n,
    write: (hart, value) => update(hart, 'mie', delegatedToGuest(hart), value << 1n),
  },
  {
    number: 0x244,
    name: 'vsip',
    read: (hart) => (pendingInterrupts(hart) & delegatedToGuest(hart)) >> 1n,
    write: (hart, value) => update(hart, 'hvip', VSSI & delegatedToGuest(hart), value << 1n),
  },
]

export const INTERRUPT_CSRS: readonly Csr[] = [
  {
    number: 0x303,
    name: 'mideleg',
    // Those of the hypervisor extension are always delegated ("Machine Interrupt Delegation (`mideleg`) Register").
    read: (hart) => hart.block.get('mideleg'),
    write: (hart, value) => hart.block.set('mideleg', (value & SUPERVISOR_INTERRUPTS) | (hart.has('H') ? HS_INTERRUPTS : 0n)),
  },
  {
    number: 0x304,
    name: 'mie',
    read: ({ block }) => block.get('mie'),
    write: (hart, value) => hart.block.set('mie', value & interruptsOf(hart)),
  },
  {
    number: 0x344,
    name: 'mip',
    read: (hart) => pendingInterrupts(hart),
    // SEIP reads as what software wrote or the controller says; CSRRS and CSRRC change only what software wrote.
    modified: (hart) => (pendingInterrupts(hart) & ~SEI) | (hart.block.get('mip') & SEI),
    write: writeMip,
  },
  {
    number: 0x104,
    name: 'sie',
    read: (hart) => supervisorEnabled(hart) & SUPERVISOR_INTERRUPTS,
    write: (hart, value) => {
      update(hart, 'mie', supervisorMask(hart), value)
      update(hart, 'virtualSie', virtualMask(hart), value)
    },
    virtual: virtualTrapControl,
  },
  {
    number: 0x144,
    name: 'sip',
    read: (hart) => supervisorPending(hart, pendingInterrupts(hart)) & SUPERVISOR_INTERRUPTS,
    write: (hart, value) => {
      update(hart, 'mip', SSI & supervisorMask(hart), value)
      writeVirtualPending(hart, value, virtualMask(hart))
    },
    virtual: virtualTrapControl,
  },
  ...HYPERVISOR.map(withH),
]
