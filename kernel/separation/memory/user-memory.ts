/**
 * Memory of the calling partition, through its own page tables with the user permissions they hold: each byte is read once,
 * so that what was checked is what is used. RISC-V Privileged, "Memory Privilege in mstatus Register" (SUM).
 */
import { isFault, type HostedPort } from '../../common/hosted-port.js'

const SSTATUS = 0x100
const SUM = 1n << 18n
/** Every address a partition can have lies below; the kernel's direct map lies above and must not be reachable by argument. */
const USER_LIMIT = 0x4000_0000n

/** `undefined`: some byte is not readable by the partition; nothing was read. */
export function readUserOnce(port: HostedPort, address: bigint, length: number): Uint8Array | undefined {
  if (!inUserSpace(address, length)) return undefined
  const bytes = withUserAccess(port, () => port.readBytes(Number(address), length))
  return isFault(bytes) ? undefined : bytes
}

/** `false`: some byte is not writable by the partition; nothing was written. */
export function writeUser(port: HostedPort, address: bigint, bytes: Uint8Array): boolean {
  if (!inUserSpace(address, bytes.length)) return false
  return withUserAccess(port, () => port.writeBytes(Number(address), bytes)) === undefined
}

function inUserSpace(address: bigint, length: number): boolean {
  return address < USER_LIMIT && address + BigInt(length) <= USER_LIMIT
}

function withUserAccess<T>(port: HostedPort, access: () => T): T {
  const status = port.readCsr(SSTATUS) ?? 0n
  port.writeCsr(SSTATUS, status | SUM)
  const result = access()
  port.writeCsr(SSTATUS, status & ~SUM)
  return result
}
