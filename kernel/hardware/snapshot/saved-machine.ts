/**
 * A machine's state as one file. Little-endian; sizes in bytes.
 *
 * | offset | bytes | holds                                                                                                  |
 * | ------ | ----- | ------------------------------------------------------------------------------------------------------ |
 * | 0      | 16    | "BULKHEAD MACHINE"                                                                                     |
 * | 16     | 4     | version of this format                                                                                 |
 * | 20     | 4     | n, the length of the description                                                                       |
 * | 24     | n     | description, JSON: snapshot, platform, drives; `{"$bytes":[at,length]}` stands for bytes that follow,  |
 * |        |       | counted from 24 + n, and `{"$bigint":"1"}` for a number of more than 53 bits                           |
 * | 24 + n |       | those bytes                                                                                            |
 * | end-32 | 32    | SHA-256 of everything before                                                                           |
 *
 * The checksum tells damage, not malice: whoever can write the file can write its checksum.
 */
import { createHash } from 'node:crypto'
import { SnapshotError, type MachineSnapshot } from './machine-snapshot.js'

export interface SavedDrive {
  readonly bytes: number
  /** Of the image as it was when the machine was saved, in hex. */
  readonly sha256: string
}

export interface SavedMachine {
  readonly snapshot: MachineSnapshot
  /** What the machine consisted of, as text that is equal for equal machines. */
  readonly platform: string
  readonly drives: readonly SavedDrive[]
}

const MAGIC = new TextEncoder().encode('BULKHEAD MACHINE')
const FORMAT_VERSION = 1
const HEADER_BYTES = MAGIC.length + 8
const DIGEST_BYTES = 32

/** In the order in which they are written. */
export function encodeMachine(saved: SavedMachine): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  let length = 0
  const description = new TextEncoder().encode(
    JSON.stringify(saved, (_, value: unknown) => {
      if (typeof value === 'bigint') return { $bigint: String(value) }
      if (!(value instanceof Uint8Array)) return value
      const place = [length, value.length]
      parts.push(value)
      length += value.length
      return { $bytes: place }
    }),
  )
  const header = new Uint8Array(HEADER_BYTES)
  header.set(MAGIC)
  const view = new DataView(header.buffer)
  view.setUint32(MAGIC.length, FORMAT_VERSION, true)
  view.setUint32(MAGIC.length + 4, description.length, true)
  const pieces = [header, description, ...parts]
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return [...pieces, hash.digest()]
}

/** @throws SnapshotError for a file that is none, or is not whole; `file` is named in the message. */
export function decodeMachine(bytes: Uint8Array, file: string): SavedMachine {
  if (!MAGIC.every((byte, index) => bytes[index] === byte))
    throw new SnapshotError('malformed', `${file}: no saved machine; give a file of --save`)
  const end = bytes.length - DIGEST_BYTES
  const whole = end >= HEADER_BYTES && createHash('sha256').update(bytes.subarray(0, end)).digest().equals(bytes.subarray(end))
  if (!whole) throw new SnapshotError('malformed', `${file}: truncated, or changed since it was written; save the machine again`)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const version = view.getUint32(MAGIC.length, true)
  if (version !== FORMAT_VERSION)
    throw new SnapshotError('version', `${file}: format version ${version}, this program reads ${FORMAT_VERSION}; save the machine again`)
  const begin = HEADER_BYTES + view.getUint32(MAGIC.length + 4, true)
  const description = new TextDecoder().decode(bytes.subarray(HEADER_BYTES, begin))
  const revive = (_: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if ('$bigint' in value) return BigInt(String(value.$bigint))
    if (!('$bytes' in value) || !Array.isArray(value.$bytes)) return value
    const [at, length] = value.$bytes.map(Number)
    return new Uint8Array(bytes.subarray(begin + (at ?? 0), begin + (at ?? 0) + (length ?? 0)))
  }
  return JSON.parse(description, revive) as SavedMachine // its checksum says that encodeMachine wrote it
}
