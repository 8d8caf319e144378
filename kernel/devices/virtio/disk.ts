/**
 * What is behind a drive: an image that lasts, and before it a volatile write cache. Until a flush nothing of what was written has
 * reached the image, so that a machine that is killed leaves the image as it was at the last flush. Offsets and lengths in bytes.
 */
import { invariant } from '../../common/errors.js'

/** The image no longer does what an image does: a file was cut, a disk is full. The request that met it ends with an I/O error. */
export class DiskFault extends Error {
  override readonly name = 'DiskFault'
}

/** Bytes that last. `read` and `write` lie inside the image; each of the three may throw a DiskFault. */
export interface DiskImage {
  readonly bytes: number
  read(offset: number, length: number): Uint8Array
  write(offset: number, bytes: Uint8Array): void
  /** Returns when everything written is safe. */
  sync(): void
}

const CLUSTER = 4096

/** Everything written since the image was opened, by cluster: what the image was then, and this, is the drive. */
export interface DiskState {
  /** Ascending; the contents follow each other in that order. */
  readonly clusters: readonly number[]
  readonly contents: Uint8Array
  /** Of the clusters, those that the image does not hold yet. */
  readonly unflushed: readonly number[]
}

export class Disk {
  private readonly written = new Map<number, Uint8Array>()
  private readonly unflushed = new Set<number>()

  constructor(private readonly image: DiskImage) {}

  get bytes(): number {
    return this.image.bytes
  }

  read(offset: number, length: number): Uint8Array {
    this.check(offset, length)
    const bytes = this.image.read(offset, length)
    for (let cluster = Math.floor(offset / CLUSTER); cluster * CLUSTER < offset + length; cluster++) {
      const written = this.written.get(cluster)
      if (written === undefined) continue
      const begin = Math.max(offset, cluster * CLUSTER)
      const end = Math.min(offset + length, cluster * CLUSTER + written.length)
      bytes.set(written.subarray(begin - cluster * CLUSTER, end - cluster * CLUSTER), begin - offset)
    }
    return bytes
  }

  write(offset: number, bytes: Uint8Array): void {
    this.check(offset, bytes.length)
    for (let cluster = Math.floor(offset / CLUSTER); cluster * CLUSTER < offset + bytes.length; cluster++) {
      const target = this.cluster(cluster)
      const begin = Math.max(offset, cluster * CLUSTER)
      const end = Math.min(offset + bytes.length, cluster * CLUSTER + target.length)
      target.set(bytes.subarray(begin - offset, end - offset), begin - cluster * CLUSTER)
      this.unflushed.add(cluster)
    }
  }

  /** Everything written so far is in the image when this returns. */
  flush(): void {
    if (this.unflushed.size === 0) return
    for (const cluster of ascending(this.unflushed)) this.image.write(cluster * CLUSTER, this.cluster(cluster))
    this.image.sync()
    this.unflushed.clear()
  }

  snapshot(): DiskState {
    const clusters = ascending(this.written.keys())
    const contents = new Uint8Array(clusters.length * CLUSTER)
    clusters.forEach((cluster, index) => contents.set(this.cluster(cluster), index * CLUSTER))
    return { clusters, contents, unflushed: ascending(this.unflushed) }
  }

  /** The image must be what it was when the snapshot was taken; whoever opened it sees to that. */
  restore({ clusters, contents, unflushed }: DiskState): void {
    this.written.clear()
    this.unflushed.clear()
    clusters.forEach((cluster, index) =>
      this.written.set(cluster, contents.slice(index * CLUSTER, index * CLUSTER + this.lengthOf(cluster))),
    )
    for (const cluster of unflushed) this.unflushed.add(cluster)
  }

  private cluster(cluster: number): Uint8Array {
    const known = this.written.get(cluster)
    if (known !== undefined) return known
    const bytes = this.image.read(cluster * CLUSTER, this.lengthOf(cluster)).slice()
    this.written.set(cluster, bytes)
    return bytes
  }

  private lengthOf(cluster: number): number {
    return Math.min(CLUSTER, this.bytes - cluster * CLUSTER)
  }

  private check(offset: number, length: number): void {
    invariant(offset >= 0 && length >= 0 && offset + length <= this.bytes, `${length} bytes at ${offset} of a drive of ${this.bytes}`)
  }
}

const ascending = (numbers: Iterable<number>): number[] => [...numbers].sort((a, b) => a - b)
