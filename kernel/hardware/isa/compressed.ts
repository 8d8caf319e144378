/**
 * C: every 16-bit instruction is another way to write a 32-bit one, and is replaced by it when it is decoded.
 * RISC-V Unprivileged, "\"C\" Extension for Compressed Instructions", "RVC Instruction Set Listings" for RV64 with D.
 */
import type { Fields } from './encode.js'

export interface CompressedInstruction {
  readonly name: string
  readonly mask: number
  readonly match: number
  /** Name of the instruction that it stands for. */
  readonly target: string
  /** The fields of that; `undefined`: a reserved encoding, which is an illegal instruction. */
  readonly fields: (half: number) => Fields | undefined
}

const SP = 2
const RA = 1

/** "rd", "rs1": bits 11:7; "rs2": bits 6:2. */
const rd = (half: number): number => (half >>> 7) & 0x1f
const rs2 = (half: number): number => (half >>> 2) & 0x1f
/** Three-bit register fields name x8 to x15, or f8 to f15: "rs1'" in bits 9:7, "rs2'" and "rd'" in bits 4:2. */
const upperPrime = (half: number): number => 8 + ((half >>> 7) & 7)
const lowerPrime = (half: number): number => 8 + ((half >>> 2) & 7)

type Immediate = (half: number) => number

/**
 * An immediate as the manual prints it: `12=5:3 6=2|6` says that bits 12, 11, 10 of the instruction are bits 5, 4, 3 of the
 * value, and bits 6, 5 are its bits 2, 6.
 */
function unsignedImmediate(layout: string): Immediate {
  const moves = layout.split(' ').flatMap((part) => {
    const [from = '', bits = ''] = part.split('=')
    return bits
      .split('|')
      .flatMap(range)
      .map((to, index) => ({ from: Number(from) - index, to }))
  })
  return (half) => moves.reduce((value, { from, to }) => value | (((half >>> from) & 1) << to), 0)
}

/** `5:3` is 5, 4, 3. */
function range(bits: string): number[] {
  const [high = 0, low = high] = bits.split(':').map(Number)
  return Array.from({ length: high - low + 1 }, (_, index) => high - index)
}

const signedImmediate = (layout: string, width: number): Immediate => {
  const unsigned = unsignedImmediate(layout)
  return (half) => (unsigned(half) << (32 - width)) >> (32 - width)
}

const immediate6 = signedImmediate('12=5 6=4:0', 6)
const shiftAmount = unsignedImmediate('12=5 6=4:0')
const wordOffset = unsignedImmediate('12=5:3 6=2|6')
const doubleOffset = unsignedImmediate('12=5:3 6=7:6')
const wordLoadFromSp = unsignedImmediate('12=5 6=4:2|7:6')
const doubleLoadFromSp = unsignedImmediate('12=5 6=4:3|8:6')
const wordStoreToSp = unsignedImmediate('12=5:2|7:6')
const doubleStoreToSp = unsignedImmediate('12=5:3|8:6')
const addi4spn = unsignedImmediate('12=5:4|9:6|2|3')
const addi16sp = signedImmediate('12=9 6=4|6|8:7|5', 10)
const upper = signedImmediate('12=17 6=16:12', 18)
const jumpOffset = signedImmediate('12=11|4|9:8|10|6|7|3:1|5', 12)
const branchOffset = signedImmediate('12=8|4:3 6=7:6|2:1|5', 9)

/** `pattern`: bits 15 to 0; a dot is a bit of an operand. */
function row(name: string, pattern: string, target: string, fields: CompressedInstruction['fields']): CompressedInstruction {
  const bits = pattern.replaceAll(' ', '')
  return {
    name,
    mask: Number.parseInt(bits.replaceAll('0', '1').replaceAll('.', '0'), 2),
    match: Number.parseInt(bits.replaceAll('.', '0'), 2),
    target,
    fields,
  }
}

type Operands = (half: number) => Fields

const load =
  (offset: Immediate): Operands =>
  (half) => ({ rd: lowerPrime(half), rs1: upperPrime(half), immediate: offset(half) })
const store =
  (offset: Immediate): Operands =>
  (half) => ({ rs1: upperPrime(half), rs2: lowerPrime(half), immediate: offset(half) })
const loadFromSp =
  (offset: Immediate): Operands =>
  (half) => ({ rd: rd(half), rs1: SP, immediate: offset(half) })
const storeToSp =
  (offset: Immediate): Operands =>
  (half) => ({ rs1: SP, rs2: rs2(half), immediate: offset(half) })
/** The destination is the first source too. */
const inPlace =
  (value: Immediate): Operands =>
  (half) => ({ rd: rd(half), rs1: rd(half), immediate: value(half) })
const inPlacePrime =
  (value: Immediate): Operands =>
  (half) => ({ rd: upperPrime(half), rs1: upperPrime(half), immediate: value(half) })
const registersPrime: Operands = (half) => ({ rd: upperPrime(half), rs1: upperPrime(half), rs2: lowerPrime(half) })
const branch: Operands = (half) => ({ rs1: upperPrime(half), rs2: 0, immediate: branchOffset(half) })

/** Reserved where the value is zero ("RVC Instruction Set Listings": RES). */
const unlessZero =
  (value: (half: number) => number, fields: Operands): CompressedInstruction['fields'] =>
  (half) =>
    value(half) === 0 ? undefined : fields(half)

/** A half-word is the first row that matches. Hints need no rows: they expand to instructions that write x0 or change nothing. */
export const COMPRESSED_TABLE: readonly CompressedInstruction[] = [
  row(
    'c.addi4spn',
    '000 ........ ... 00',
    'addi',
    unlessZero(addi4spn, (half) => ({ rd: lowerPrime(half), rs1: SP, immediate: addi4spn(half) })),
  ),
  row('c.fld', '001 ... ... .. ... 00', 'fld', load(doubleOffset)),
  row('c.lw', '010 ... ... .. ... 00', 'lw', load(wordOffset)),
  row('c.ld', '011 ... ... .. ... 00', 'ld', load(doubleOffset)),
  row('c.fsd', '101 ... ... .. ... 00', 'fsd', store(doubleOffset)),
  row('c.sw', '110 ... ... .. ... 00', 'sw', store(wordOffset)),
  row('c.sd', '111 ... ... .. ... 00', 'sd', store(doubleOffset)),

  row('c.nop', '000 . 00000 ..... 01', 'addi', inPlace(immediate6)),
  row('c.addi', '000 . ..... ..... 01', 'addi', inPlace(immediate6)),
  row('c.addiw', '001 . ..... ..... 01', 'addiw', unlessZero(rd, inPlace(immediate6))),
  row('c.li', '010 . ..... ..... 01', 'addi', (half) => ({ rd: rd(half), rs1: 0, immediate: immediate6(half) })),
  row('c.addi16sp', '011 . 00010 ..... 01', 'addi', unlessZero(addi16sp, inPlace(addi16sp))),
  row(
    'c.lui',
    '011 . ..... ..... 01',
    'lui',
    unlessZero(upper, (half) => ({ rd: rd(half), immediate: upper(half) })),
  ),
  row('c.srli', '100 . 00 ... ..... 01', 'srli', inPlacePrime(shiftAmount)),
  row('c.srai', '100 . 01 ... ..... 01', 'srai', inPlacePrime(shiftAmount)),
  row('c.andi', '100 . 10 ... ..... 01', 'andi', inPlacePrime(immediate6)),
  row('c.sub', '100 0 11 ... 00 ... 01', 'sub', registersPrime),
  row('c.xor', '100 0 11 ... 01 ... 01', 'xor', registersPrime),
  row('c.or', '100 0 11 ... 10 ... 01', 'or', registersPrime),
  row('c.and', '100 0 11 ... 11 ... 01', 'and', registersPrime),
  row('c.subw', '100 1 11 ... 00 ... 01', 'subw', registersPrime),
  row('c.addw', '100 1 11 ... 01 ... 01', 'addw', registersPrime),
  row('c.j', '101 ........... 01', 'jal', (half) => ({ rd: 0, immediate: jumpOffset(half) })),
  row('c.beqz', '110 ... ... ..... 01', 'beq', branch),
  row('c.bnez', '111 ... ... ..... 01', 'bne', branch),

  row('c.slli', '000 . ..... ..... 10', 'slli', inPlace(shiftAmount)),
  row('c.fldsp', '001 . ..... ..... 10', 'fld', loadFromSp(doubleLoadFromSp)),
  row('c.lwsp', '010 . ..... ..... 10', 'lw', unlessZero(rd, loadFromSp(wordLoadFromSp))),
  row('c.ldsp', '011 . ..... ..... 10', 'ld', unlessZero(rd, loadFromSp(doubleLoadFromSp))),
  row(
    'c.jr',
    '100 0 ..... 00000 10',
    'jalr',
    unlessZero(rd, (half) => ({ rd: 0, rs1: rd(half), immediate: 0 })),
  ),
  row('c.mv', '100 0 ..... ..... 10', 'add', (half) => ({ rd: rd(half), rs1: 0, rs2: rs2(half) })),
  row('c.ebreak', '100 1 00000 00000 10', 'ebreak', () => ({})),
  row('c.jalr', '100 1 ..... 00000 10', 'jalr', (half) => ({ rd: RA, rs1: rd(half), immediate: 0 })),
  row('c.add', '100 1 ..... ..... 10', 'add', (half) => ({ rd: rd(half), rs1: rd(half), rs2: rs2(half) })),
  row('c.fsdsp', '101 ...... ..... 10', 'fsd', storeToSp(doubleStoreToSp)),
  row('c.swsp', '110 ...... ..... 10', 'sw', storeToSp(wordStoreToSp)),
  row('c.sdsp', '111 ...... ..... 10', 'sd', storeToSp(doubleStoreToSp)),
]

/** The row of a half-word; `undefined` when none matches. */
export const compressedRow = (half: number): CompressedInstruction | undefined =>
  COMPRESSED_TABLE.find(({ mask, match }) => (half & mask) === match)
