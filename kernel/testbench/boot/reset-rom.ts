/**
 * What the harts execute first when there is firmware: a0 = hart id, a1 = device tree, a2 = what OpenSBI's fw_dynamic wants to know,
 * then a jump to the firmware. OpenSBI, "OpenSBI Firmware with Dynamic Information"; other firmware ignores a2.
 */
import { bytesOf, encode } from '../../hardware/isa/encode.js'

export interface ResetRomOptions {
  readonly entry: number
  readonly deviceTree: number
  readonly next: number
}

/** Bytes of code; the doublewords follow. */
const CODE_BYTES = 32
const ENTRY = CODE_BYTES
const DEVICE_TREE = CODE_BYTES + 8
const DYNAMIC_INFORMATION = CODE_BYTES + 16

/** struct fw_dynamic_info: "OSBI". */
const FW_DYNAMIC_INFO_MAGIC = 0x4942_534fn
const FW_DYNAMIC_INFO_VERSION = 2n
const FW_DYNAMIC_INFO_NEXT_MODE_S = 1n
/** Any hart may do the boot work. */
const ANY_HART = 2n ** 64n - 1n

const T0 = 5
const A0 = 10
const A1 = 11
const A2 = 12
const MHARTID = 0xf14

export function resetRom({ entry, deviceTree, next }: ResetRomOptions): Uint8Array {
  const code = bytesOf([
    encode('auipc', { rd: T0, immediate: 0 }),
    encode('addi', { rd: A2, rs1: T0, immediate: DYNAMIC_INFORMATION }),
    encode('csrrs (rs1=x0)', { rd: A0, number: MHARTID }),
    encode('ld', { rd: A1, rs1: T0, immediate: DEVICE_TREE }),
    encode('ld', { rd: T0, rs1: T0, immediate: ENTRY }),
    encode('jalr', { rd: 0, rs1: T0, immediate: 0 }),
  ])
  const doublewords = [
    BigInt(entry),
    BigInt(deviceTree),
    FW_DYNAMIC_INFO_MAGIC,
    FW_DYNAMIC_INFO_VERSION,
    BigInt(next),
    FW_DYNAMIC_INFO_NEXT_MODE_S,
    0n, // options
    ANY_HART,
  ]
  const rom = new Uint8Array(CODE_BYTES + doublewords.length * 8)
  rom.set(code)
  const view = new DataView(rom.buffer)
  doublewords.forEach((value, index) => view.setBigUint64(CODE_BYTES + index * 8, value, true))
  return rom
}
