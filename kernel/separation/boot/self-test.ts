/**
 * Tests of the kernel itself. Before partitions exist: accesses that must be refused are tried. At boot and on request: the
 * measurements and the page tables are checked again. SKPP FPT_TST_EXP.1, FPT_AMT.1.
 */
import { isFault, type HostedPort } from '../../common/hosted-port.js'
import { PAGE_BYTES } from '../../common/units.js'
import { imageRange } from '../config/image-range.js'
import type { Configuration } from '../config/configuration.js'
import type { Kernel } from '../kernel.js'
import { BOOT_ROM, KERNEL_STUB, VECTOR_START, vectorArea } from '../memory/physical-map.js'
import { CHAIN_CHARGE } from '../audit/audit-chain.js'
import { trailHolds } from '../audit/audit-trail.js'
import { checkIsolation } from './isolation-check.js'
import { measurementsHold } from './measure.js'

const SCAUSE = 0x142
const STVAL = 0x143
const INSTRUCTION_ACCESS_FAULT = 1n

export function testKernel(kernel: Kernel): boolean {
  const { memory, configuration, layout, hostedDigest } = kernel
  return measurementsHold(memory, hostedDigest) && checkIsolation(memory, configuration, layout).length === 0 && trailHolds(kernel)
}

/** Worst case of `testKernel`: every measured byte once with its hashing, every page-table page once, and every audit record. */
export function selfTestCharge(configuration: Configuration): number {
  const { partitions, audit } = configuration
  const measured =
    KERNEL_STUB.bytes + vectorArea(configuration).bytes + BOOT_ROM.bytes + partitions.reduce((sum, { image }) => sum + image.bytes, 0)
  return Math.ceil((measured * 9) / 8) + partitions.length * 6 * 520 + audit.capacity * CHAIN_CHARGE + 2000
}

/** In S mode before translation: a store to anything measured must be refused by PMP. True when every one was. */
export function lockedMemoryRefusesStores(port: HostedPort, configuration: Configuration): boolean {
  const locked = [KERNEL_STUB.address, VECTOR_START, imageRange(configuration).address, BOOT_ROM.address]
  return locked.every((address) => isFault(port.store(address, 4, 0)))
}

/** The stub has jumped into the configuration vector before it called the kernel: that fetch must have been refused, there. */
export function lockedMemoryRefusedFetch(port: HostedPort): boolean {
  const address = Number(port.readCsr(STVAL) ?? 0n)
  return port.readCsr(SCAUSE) === INSTRUCTION_ACCESS_FAULT && address >= VECTOR_START && address < VECTOR_START + PAGE_BYTES
}

/** In S mode, in a partition's address space, without the permission for user memory: a load from that partition must fault. */
export function userMemoryRefusesKernel(port: HostedPort, address: number): boolean {
  return isFault(port.load(address, 4))
}
