/**
 * Digest of RAM as a tree: a leaf for each page, a node for 64 leaves, a root over the nodes. Only pages that may have changed are hashed
 * again. A page of zeros has the leaf of a page that was never written, so that the digest tells contents alone. SHA-256; sizes in bytes.
 */
import { hash } from 'node:crypto'
import { PAGE_BYTES } from '../../common/units.js'
import { SINCE_DIGEST, WRITTEN, type DirtyMap } from '../memory/dirty-map.js'
import { RAM } from '../memory/layout.js'
import type { MachineMemory } from '../memory/machine-memory.js'

const DIGEST_BYTES = 32
const FAN_OUT = 64
const NODE_BYTES = FAN_OUT * DIGEST_BYTES
const ZEROS = Buffer.alloc(PAGE_BYTES)
const NO_LEAF = new Uint8Array(DIGEST_BYTES)

/** In one call: an object for each page would take longer than its hash. */
const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')

export class PageTree {
  private readonly leaves: Uint8Array
  private readonly nodes: Uint8Array

  constructor(
    private readonly memory: MachineMemory,
    private readonly dirty: DirtyMap,
  ) {
    const nodes = Math.ceil(memory.ramBytes / PAGE_BYTES / FAN_OUT)
    this.leaves = new Uint8Array(nodes * NODE_BYTES)
    this.nodes = new Uint8Array(nodes * DIGEST_BYTES)
    const empty = sha256(this.leaves.subarray(0, NODE_BYTES))
    for (let node = 0; node < nodes; node++) this.nodes.set(empty, node * DIGEST_BYTES)
  }

  /** `open`: pages that may be stored to without a mark; they stay marked. */
  root(open: Iterable<number>): Uint8Array {
    const pages = this.dirty.pages(SINCE_DIGEST)
    for (const page of pages) this.leaves.set(this.leaf(page), page * DIGEST_BYTES)
    for (const node of new Set(pages.map((page) => Math.floor(page / FAN_OUT))))
      this.nodes.set(sha256(this.leaves.subarray(node * NODE_BYTES, (node + 1) * NODE_BYTES)), node * DIGEST_BYTES)
    this.dirty.clear(pages, SINCE_DIGEST)
    for (const page of open) this.dirty.add(page, SINCE_DIGEST | WRITTEN)
    return sha256(this.nodes)
  }

  private leaf(page: number): Uint8Array {
    const contents = this.memory.peek(RAM + page * PAGE_BYTES, PAGE_BYTES)
    return ZEROS.equals(contents) ? NO_LEAF : sha256(contents)
  }
}
