/**
 * The kernel's external interface as one list (TSFI): calls, traps, the window timer, formats and boot inputs, each with every
 * outcome it can have. What a run observes must be listed here, and what is listed must be exercised. CC 2.3 ADV_FSP.
 */
import { CALLS } from './calls.js'

export type InterfaceKind = 'call' | 'trap' | 'interrupt' | 'format' | 'boot' | 'memory'

export interface InterfaceEntry {
  readonly id: string
  readonly kind: InterfaceKind
  readonly title: string
  readonly contract: string
  readonly outcomes: readonly string[]
}

const entry = (kind: InterfaceKind, id: string, outcomes: readonly string[], title: string, contract: string): InterfaceEntry => ({
  id,
  kind,
  title,
  contract,
  outcomes,
})

const TRAP_OUTCOMES = ['stopped', 'restarted', 'halted'] as const

const calls = CALLS.map(({ name, number, contract, outcomes }) => entry('call', name, outcomes, `Call ${number}, ${name}`, contract))

/** Exceptions of a partition by what the health monitor knows them as (RISC-V Privileged, "mcause"). */
const traps = [
  entry('call', 'unknown_call', ['CALL'], 'Any other call number', 'A number without a call is refused and changes nothing.'),
  entry(
    'trap',
    'trap_memory',
    TRAP_OUTCOMES,
    'Page and alignment faults',
    'An access the address space does not grant reaches the health monitor and nothing else.',
  ),
  entry(
    'trap',
    'trap_stack',
    TRAP_OUTCOMES,
    'Page faults between code and data',
    'A stack that outgrows its memory reaches the health monitor as what it is, and nothing else.',
  ),
  entry(
    'trap',
    'trap_hardware',
    ['stopped', 'restarted'],
    'Access faults',
    'An access that the address space grants and the hardware refuses reaches the health monitor and nothing else.',
  ),
  entry(
    'trap',
    'trap_instruction',
    TRAP_OUTCOMES,
    'Illegal instruction and breakpoint',
    'An instruction the partition may not execute reaches the health monitor and nothing else.',
  ),
]

const others = [
  entry('interrupt', 'window_timer', ['taken'], 'Timer of the schedule', 'Ends a window in time for the next one to start on its cycle.'),
  entry(
    'memory',
    'shared_region',
    ['mapped'],
    'Shared memory',
    'A region appears in the partitions the configuration names, with the permission it names.',
  ),
  entry('memory', 'console', ['mapped'], 'Console registers', 'The UART appears in the one partition that owns the console.'),
  entry(
    'format',
    'system_source',
    ['accepted', 'refused'],
    'System configuration, YAML',
    'A configuration that breaks a rule is refused with file, line and rule.',
  ),
  entry('boot', 'boot_trap_stub', ['accepted', 'refused'], 'Trap stub', 'Runs only if its digest is the manifest’s.'),
  entry('boot', 'boot_configuration', ['accepted', 'refused'], 'Configuration vector', 'Is obeyed only if its digest is the manifest’s.'),
  entry(
    'boot',
    'boot_signature',
    ['accepted', 'refused'],
    'Signature and revision of the configuration vector',
    'Where the boot ROM names an owner: the vector is obeyed only if the owner signed it and its revision is none that is left behind.',
  ),
  entry('boot', 'boot_image', ['accepted', 'refused'], 'Partition image', 'Is started only if its digest is the manifest’s.'),
  entry('boot', 'boot_code', ['accepted', 'refused'], 'Boot ROM code', 'Goes on only if its own digest is the manifest’s.'),
  entry('boot', 'boot_hosted_code', ['accepted', 'refused'], 'Hosted kernel code', 'Runs partitions only if its digest is the manifest’s.'),
]

export const INTERFACES: readonly InterfaceEntry[] = [...calls, ...traps, ...others]
