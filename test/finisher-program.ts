/** The smallest bare-metal program: tells the test finisher to end with a code. Encodings: RISC-V Unprivileged, "RV32/64G Instruction Set Listings". */
const BASE = 0x8000_0000n
const HEADER = 64
const PROGRAM_HEADER = 56

/** An ELF64 executable (System V ABI, "ELF Header"). `code` 0 is a pass; others fail with that code. */
export function finisherProgram(code: number): Uint8Array {
  const value = code === 0 ? 0x5555 : (code << 16) | 0x3333
  const words = [
    0x0010_05b7, // lui a1, 0x100: the finisher's address
    lui(10, (value + 0x800) >>> 12),
    addi(10, 10, value & 0xfff),
    0x00a5_a023, // sw a0, 0(a1)
    0x0000_006f, // j .
  ]
  const bytes = new Uint8Array(HEADER + PROGRAM_HEADER + 4 * words.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  const half = (at: number, x: number) => view.setUint16(at, x, true)
  const word = (at: number, x: number) => view.setUint32(at, x, true)
  const double = (at: number, x: bigint) => view.setBigUint64(at, x, true)
  half(16, 2) // ET_EXEC
  half(18, 243) // EM_RISCV
  word(20, 1)
  double(24, BASE)
  double(32, BigInt(HEADER))
  half(52, HEADER)
  half(54, PROGRAM_HEADER)
  half(56, 1)
  half(58, 64)
  word(HEADER, 1) // PT_LOAD
  word(HEADER + 4, 5)
  double(HEADER + 8, BigInt(HEADER + PROGRAM_HEADER))
  for (const field of [16, 24]) double(HEADER + field, BASE)
  for (const field of [32, 40]) double(HEADER + field, BigInt(4 * words.length))
  double(HEADER + 48, 8n)
  words.forEach((encoded, index) => word(HEADER + PROGRAM_HEADER + 4 * index, encoded))
  return bytes
}

const lui = (rd: number, upper: number): number => ((upper << 12) | (rd << 7) | 0x37) >>> 0

const addi = (rd: number, rs: number, low: number): number => ((low << 20) | (rs << 15) | (rd << 7) | 0x13) >>> 0
