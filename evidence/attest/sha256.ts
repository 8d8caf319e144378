/** SHA-256 of bytes and of files, in lower-case hexadecimal. Files are read in pieces of 1 MiB. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { Digest } from '../model/ids.js'

const pieceBytes = 1 << 20

export function sha256(bytes: Uint8Array | string): Digest {
  return createHash('sha256').update(bytes).digest('hex') as Digest
}

export function sha256File(path: string): { readonly digest: Digest; readonly size: number } {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(pieceBytes)
  const handle = openSync(path, 'r')
  let size = 0
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      hash.update(piece.subarray(0, read))
      size += read
    }
  } finally {
    closeSync(handle)
  }
  return { digest: hash.digest('hex') as Digest, size }
}
