/**
 * Members of a ZIP archive that is in memory (PKWARE APPNOTE, "Central directory structure"), for exchange files of strangers. Only what
 * an exporter writes is taken: stored or deflated, not encrypted, one disk, no ZIP64. Nothing is written anywhere, and a name that would
 * leave the folder is refused all the same. Sizes in bytes.
 */
import { crc32, inflateRawSync } from 'node:zlib'
import { EvidenceError, type EvidenceErrorCode } from '../../model/errors.js'

export interface ZipMember {
  readonly name: string
  readonly size: number
  /** @throws EvidenceError `malformed-archive`, `too-large` */
  read(): Uint8Array
}

export interface ZipLimits {
  readonly members: number
  /** Of one member, unpacked. */
  readonly member: number
  /** Of all members together, as the directory states it. */
  readonly total: number
}

export const zipLimits: ZipLimits = { members: 10_000, member: 256 * 1024 * 1024, total: 1024 * 1024 * 1024 }

const END_OF_DIRECTORY = 0x0605_4b50
const DIRECTORY_ENTRY = 0x0201_4b50
const LOCAL_HEADER = 0x0403_4b50
const END_SIZE = 22
const ENTRY_SIZE = 46
const LOCAL_SIZE = 30
/** The comment at the end is at most this long. */
const LONGEST_COMMENT = 0xffff
const ENCRYPTED = 0x0001
const UTF8_NAME = 0x0800
const STORED = 0
const DEFLATED = 8

interface Entry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** @throws EvidenceError `malformed-archive`, `unsafe-path`, `too-large` */
export function zipMembers(bytes: Uint8Array, file: string, limits: ZipLimits = zipLimits): readonly ZipMember[] {
  const archive = new ZipArchive(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), file, limits)
  return archive.members()
}

class ZipArchive {
  constructor(
    private readonly bytes: Buffer,
    private readonly file: string,
    private readonly limits: ZipLimits,
  ) {}

  members(): readonly ZipMember[] {
    const entries = this.directory()
    const total = entries.reduce((sum, { size }) => sum + size, 0)
    if (total > this.limits.total)
      this.refuse('too-large', `unpacks to ${total} bytes, more than ${this.limits.total}`, 'export it in parts')
    const names = new Set<string>()
    for (const entry of entries) {
      this.checkName(entry.name)
      if (names.has(entry.name)) this.malformed(`names ${JSON.stringify(entry.name)} twice`)
      names.add(entry.name)
    }
    this.checkOverlap(entries)
    return entries
      .filter(({ name }) => !name.endsWith('/'))
      .map((entry) => ({ name: entry.name, size: entry.size, read: () => this.read(entry) }))
  }

  private directory(): readonly Entry[] {
    const end = this.endOfDirectory()
    const count = this.bytes.readUInt16LE(end + 10)
    if (this.bytes.readUInt16LE(end + 4) !== 0 || count !== this.bytes.readUInt16LE(end + 8)) this.malformed('is one part of several')
    if (count > this.limits.members)
      this.refuse('too-large', `has ${count} members, more than ${this.limits.members}`, 'export it in parts')
    let at = this.bytes.readUInt32LE(end + 16)
    const entries: Entry[] = []
    for (let n = 0; n < count; n += 1) {
      if (at + ENTRY_SIZE > end || this.bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) this.malformed('has a damaged directory')
      const length = this.bytes.readUInt16LE(at + 28)
      const next = at + ENTRY_SIZE + length + this.bytes.readUInt16LE(at + 30) + this.bytes.readUInt16LE(at + 32)
      if (next > end) this.malformed('has a damaged directory')
      entries.push(this.entry(at, length))
      at = next
    }
    return entries
  }

  private entry(at: number, nameLength: number): Entry {
    const { bytes } = this
    const flags = bytes.readUInt16LE(at + 8)
    const raw = bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength)
    return {
      name: raw.toString((flags & UTF8_NAME) === 0 && !isAscii(raw) ? 'latin1' : 'utf8'),
      flags,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    }
  }

  private endOfDirectory(): number {
    const last = this.bytes.length - END_SIZE
    for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
      if (this.bytes.readUInt32LE(at) === END_OF_DIRECTORY && this.bytes.readUInt16LE(at + 20) === last - at) return at
    }
    return this.malformed('has no directory at its end: the file is cut or no ZIP archive')
  }

  private checkName(name: string): void {
    const leaves = name.startsWith('/') || /^[a-z]:/iu.test(name) || /[\\\0]/u.test(name) || name.split('/').includes('..')
    if (leaves)
      this.refuse('unsafe-path', `member ${JSON.stringify(name)} would leave its folder`, 'pack the files by plain relative names')
  }

  /** Members that share their bytes are how a small archive unpacks to a giant one. */
  private checkOverlap(entries: readonly Entry[]): void {
    let end = 0
    for (const { offset, packed, name } of [...entries].sort((a, b) => a.offset - b.offset)) {
      if (offset < end) this.malformed(`has members that overlap: ${JSON.stringify(name)}`)
      end = offset + LOCAL_SIZE + packed
    }
    if (end > this.bytes.length) this.malformed('is cut')
  }

  private read(entry: Entry): Uint8Array {
    const { bytes, limits } = this
    const shown = JSON.stringify(entry.name)
    if ((entry.flags & ENCRYPTED) !== 0) this.malformed(`is encrypted: ${shown}`)
    if (entry.size > limits.member)
      this.refuse('too-large', `${shown} unpacks to ${entry.size} bytes, more than ${limits.member}`, 'export it in parts')
    if (bytes.readUInt32LE(entry.offset) !== LOCAL_HEADER) this.malformed(`has no member where its directory says: ${shown}`)
    const start = entry.offset + LOCAL_SIZE + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28)
    if (start + entry.packed > bytes.length) this.malformed(`is cut inside of ${shown}`)
    const data = this.unpack(bytes.subarray(start, start + entry.packed), entry, shown)
    if (data.length !== entry.size || crc32(data) !== entry.crc) this.malformed(`has other bytes in ${shown} than its directory says`)
    return data
  }

  private unpack(packed: Buffer, { method, size }: Entry, shown: string): Uint8Array {
    if (method === STORED) return packed
    if (method !== DEFLATED) this.malformed(`packs ${shown} by method ${method}, not by deflate`)
    try {
      return inflateRawSync(packed, { maxOutputLength: size + 1 })
    } catch (cause) {
      throw new EvidenceError('malformed-archive', { file: this.file }, `${shown} cannot be unpacked`, 'pack it again', { cause })
    }
  }

  private malformed(what: string): never {
    this.refuse('malformed-archive', `the archive ${what}`, 'export it again, as a plain ZIP archive')
  }

  private refuse(code: EvidenceErrorCode, what: string, remedy: string): never {
    throw new EvidenceError(code, { file: this.file }, what, remedy)
  }
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80)
}
