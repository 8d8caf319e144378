/** Where the parts of an executable go: an ELF file says it itself, anything else lies where it is put. Physical addresses in bytes. */
import { err, ok, type Result } from '../../common/result.js'
import { parseElf64 } from '../../programs/elf/elf64.js'
import { BareMachineError } from '../bare-machine-error.js'
import type { BootFile, Placement } from './boot-file.js'
import { readLinuxImageHeader } from './linux-image.js'

export interface Executable {
  readonly kind: 'elf' | 'linux' | 'raw'
  readonly entry: number
  readonly placements: readonly Placement[]
  /** Of an ELF file. */
  readonly symbols: ReadonlyMap<string, bigint>
}

const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46]
const GZIP_MAGIC = [0x1f, 0x8b]

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte)

/** `address`: where a file goes that does not say it; a Linux image counts its offset from `ramBase`. */
export function readExecutable(file: BootFile, address: number, ramBase: number): Result<Executable, BareMachineError> {
  if (startsWith(file.bytes, ELF_MAGIC)) return readElf(file)
  if (file.bytes.length === 0) return err(new BareMachineError('malformed-image', `${file.file}: empty; give an ELF file or an image`))
  if (startsWith(file.bytes, GZIP_MAGIC))
    return err(new BareMachineError('malformed-image', `${file.file}: compressed by gzip; unpack it first`))
  const header = readLinuxImageHeader(file.bytes)
  if (header === undefined) return ok(placed(file, 'raw', address, file.bytes.length))
  return ok(placed(file, 'linux', Math.max(address, ramBase + header.textOffset), header.imageSize))
}

function placed({ file, bytes }: BootFile, kind: 'linux' | 'raw', address: number, memorySize: number): Executable {
  return { kind, entry: address, placements: [{ file, address, bytes, memorySize }], symbols: new Map() }
}

function readElf({ file, bytes }: BootFile): Result<Executable, BareMachineError> {
  const parsed = parseElf64(bytes, file)
  if (!parsed.ok) return err(new BareMachineError('malformed-elf', parsed.error.message))
  const { entry, segments, symbols } = parsed.value
  const placements = segments.map(({ physical, bytes, memorySize }) => ({
    file,
    address: Number(physical),
    bytes,
    memorySize: Number(memorySize),
  }))
  return ok({ kind: 'elf', entry: Number(entry), placements, symbols })
}
