/**
 * Writes the files of a pack and digests them on the way, so that the manifest needs no second reading. Paths are relative and stay
 * inside the folder; none is written twice.
 */
import { createHash, type Hash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FolderWriter, PieceWriter } from '../items/folder-writer.js'
import type { Digest } from '../model/ids.js'
import { makeManifest, manifestName, printManifest, type Manifest, type ManifestEntry } from './manifest.js'

/** Pieces are gathered to this many characters before they are encoded and written, and never more than that is encoded at once. */
const gathered = 1 << 18
const encoder = new TextEncoder()
const encoded = new Uint8Array(3 * gathered)

export class PackWriter implements FolderWriter {
  private readonly entries = new Map<string, ManifestEntry | null>()
  private readonly folders = new Set<string>()

  constructor(private readonly folder: string) {}

  write(path: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    const file = this.reserve(path)
    writeFileSync(file, bytes)
    this.entries.set(path, { path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') as Digest })
  }

  open(path: string): PieceWriter {
    const file = this.reserve(path)
    return new FilePieces(openSync(file, 'w'), (size, sha256) => this.entries.set(path, { path, size, sha256 }))
  }

  /** Files that are finished, in the order they were written. */
  get files(): readonly ManifestEntry[] {
    return [...this.entries.values()].filter((entry) => entry !== null)
  }

  /** Writes `manifest.json`; nothing may be written afterwards. */
  finish(): Manifest {
    for (const [path, entry] of this.entries) if (entry === null) throw new Error(`${path} was opened and not ended`)
    const manifest = makeManifest(this.files)
    writeFileSync(this.reserve(manifestName), printManifest(manifest))
    return manifest
  }

  private reserve(path: string): string {
    if (path.startsWith('/') || path.includes('\\') || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
      throw new Error(`${path} is no path inside a pack`)
    if (this.entries.has(path)) throw new Error(`${path} is written twice`)
    this.entries.set(path, null)
    const folder = dirname(path)
    if (!this.folders.has(folder)) {
      mkdirSync(join(this.folder, folder), { recursive: true })
      this.folders.add(folder)
    }
    return join(this.folder, path)
  }
}

class FilePieces implements PieceWriter {
  private readonly hash: Hash = createHash('sha256')
  private text = ''
  private size = 0

  constructor(
    private readonly handle: number,
    private readonly done: (size: number, digest: Digest) => void,
  ) {}

  add(piece: string | Uint8Array): void {
    if (typeof piece === 'string') {
      this.text += piece
      if (this.text.length >= gathered) this.flush()
    } else {
      this.flush()
      this.put(piece)
    }
  }

  end(): void {
    this.flush()
    closeSync(this.handle)
    this.done(this.size, this.hash.digest('hex') as Digest)
  }

  /** Encoded into one buffer again and again: a long text takes no second one of its length. */
  private flush(): void {
    for (let rest = this.text; rest !== '';) {
      const { read, written } = encoder.encodeInto(rest, encoded)
      this.put(encoded.subarray(0, written))
      rest = rest.slice(read)
    }
    this.text = ''
  }

  private put(bytes: Uint8Array): void {
    this.hash.update(bytes)
    this.size += bytes.length
    for (let written = 0; written < bytes.length;) written += writeSync(this.handle, bytes, written)
  }
}
