/** A drive's image in the host's memory: what lasts as long as the program does. */
import type { DiskImage } from './disk.js'

export class MemoryImage implements DiskImage {
  constructor(private readonly contents: Uint8Array) {}

  get bytes(): number {
    return this.contents.length
  }

  read(offset: number, length: number): Uint8Array {
    return this.contents.slice(offset, offset + length)
  }

  write(offset: number, bytes: Uint8Array): void {
    this.contents.set(bytes, offset)
  }

  sync(): void {
    return
  }
}
