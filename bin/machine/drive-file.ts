/**
 * A drive's image in a file: sectors of 512 bytes, nothing before and nothing after them. `--drive FILE` writes to the file when the
 * system flushes and when the machine ends; `FILE,ro` cannot be written; of `FILE,temporary` the file stays as it is.
 */
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { DiskFault, type DiskImage, SECTOR_BYTES } from '../../kernel/testbench/computer.js'
import { UsageError } from '../command.js'

const MODES = ['ro', 'temporary'] as const
export type DriveMode = 'write' | (typeof MODES)[number]

export interface Drive {
  readonly file: string
  readonly mode: DriveMode
  readonly image: DiskImage
}

/** First bytes of formats that are not what they seem: reading them as sectors would destroy them. */
const FOREIGN_FORMATS: readonly (readonly [string, string])[] = [
  ['QFI\xfb', 'qcow2'],
  ['KDMV', 'VMDK'],
  ['vhdxfile', 'VHDX'],
  ['<<< ', 'VDI'],
  ['\x1f\x8b', 'gzip'],
  ['\xfd7zXZ', 'xz'],
]

/** @throws UsageError for what is no drive; the file has then not been touched. */
export function openDrive(text: string): Drive {
  const mode = MODES.find((name) => text.endsWith(`,${name}`)) ?? 'write'
  const file = mode === 'write' ? text : text.slice(0, -mode.length - 1)
  const descriptor = openSync(file, mode === 'write' ? 'r+' : 'r')
  try {
    return { file, mode, image: new FileImage(descriptor, checkedSize(descriptor, file), mode === 'write') }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

function checkedSize(descriptor: number, file: string): number {
  const stat = fstatSync(descriptor)
  if (!stat.isFile()) throw new UsageError(`${file}: no regular file; give a raw drive image`)
  if (stat.size === 0 || stat.size % SECTOR_BYTES !== 0)
    throw new UsageError(`${file}: ${stat.size} bytes, not a whole number of ${SECTOR_BYTES}-byte sectors: truncated; give the whole image`)
  const start = Buffer.alloc(8)
  readSync(descriptor, start, 0, start.length, 0)
  const foreign = FOREIGN_FORMATS.find(([magic]) => start.toString('latin1').startsWith(magic))
  if (foreign !== undefined) throw new UsageError(`${file}: a ${foreign[1]} file; convert it to a raw image first`)
  return stat.size
}

class FileImage implements DiskImage {
  constructor(
    private readonly descriptor: number,
    readonly bytes: number,
    private readonly writable: boolean,
  ) {}

  read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length;) {
      const count = attempt(() => readSync(this.descriptor, bytes, at, length - at, offset + at))
      if (count === 0) throw new DiskFault('the image has become shorter')
      at += count
    }
    return bytes
  }

  write(offset: number, bytes: Uint8Array): void {
    if (!this.writable) return
    for (let at = 0; at < bytes.length;) at += attempt(() => writeSync(this.descriptor, bytes, at, bytes.length - at, offset + at))
  }

  sync(): void {
    if (this.writable) attempt(() => fsyncSync(this.descriptor))
  }
}

function attempt<T>(operation: () => T): T {
  try {
    return operation()
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) throw new DiskFault(cause.message, { cause })
    throw cause
  }
}
