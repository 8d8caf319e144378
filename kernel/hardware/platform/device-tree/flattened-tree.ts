/**
 * A device tree as data, and its flattened form, version 17. Devicetree Specification, "Flattened Devicetree (DTB) Format": big-endian,
 * structure block of 4-byte tokens, strings block, memory reservation block. Sizes in bytes.
 */
import { invariant } from '../../../common/errors.js'

/** `true`: a property without a value; numbers: 32-bit cells; texts: a string list. */
export type PropertyValue = true | string | readonly string[] | readonly number[] | Uint8Array

export interface DeviceTreeNode {
  /** With its unit address; the root's is empty. */
  readonly name: string
  readonly properties: Readonly<Record<string, PropertyValue>>
  readonly children?: readonly DeviceTreeNode[]
}

/** A 64-bit number as two cells. */
export const cells64 = (value: number): readonly [number, number] => [Math.floor(value / 2 ** 32), value >>> 0]

const MAGIC = 0xd00d_feed
const VERSION = 17
const LAST_COMPATIBLE_VERSION = 16
const HEADER_BYTES = 40
/** One entry of zeros ends the memory reservation block: nothing is reserved. */
const RESERVATIONS_BYTES = 16
const FDT_BEGIN_NODE = 1
const FDT_END_NODE = 2
const FDT_PROP = 3
const FDT_END = 9

const UTF8 = new TextEncoder()

export function flatten(root: DeviceTreeNode): Uint8Array {
  const structure = new StructureBlock()
  structure.node(root)
  structure.token(FDT_END)
  const strings = structure.strings()
  const structureOffset = HEADER_BYTES + RESERVATIONS_BYTES
  const stringsOffset = structureOffset + structure.length
  const blob = new Uint8Array(stringsOffset + strings.length)
  const header = [
    MAGIC,
    blob.length,
    structureOffset,
    stringsOffset,
    HEADER_BYTES, // off_mem_rsvmap
    VERSION,
    LAST_COMPATIBLE_VERSION,
    0, // boot_cpuid_phys
    strings.length,
    structure.length,
  ]
  blob.set(cellBytes(header), 0)
  blob.set(structure.bytes(), structureOffset)
  blob.set(strings, stringsOffset)
  return blob
}

class StructureBlock {
  private readonly parts: Uint8Array[] = []
  /** Offset of each property name in the strings block. */
  private readonly names = new Map<string, number>()
  private namesLength = 0
  length = 0

  token(...cells: readonly number[]): void {
    this.append(cellBytes(cells))
  }

  node({ name, properties, children = [] }: DeviceTreeNode): void {
    this.token(FDT_BEGIN_NODE)
    this.append(stringBytes(name))
    for (const [property, value] of Object.entries(properties)) this.property(property, valueBytes(value))
    for (const child of children) this.node(child)
    this.token(FDT_END_NODE)
  }

  bytes(): Uint8Array {
    return concatenate(this.parts)
  }

  strings(): Uint8Array {
    return concatenate([...this.names.keys()].map(stringBytes))
  }

  private property(name: string, value: Uint8Array): void {
    this.token(FDT_PROP, value.length, this.nameOffset(name))
    this.append(value)
  }

  private nameOffset(name: string): number {
    const known = this.names.get(name)
    if (known !== undefined) return known
    const offset = this.namesLength
    this.names.set(name, offset)
    this.namesLength += stringBytes(name).length
    return offset
  }

  /** Padded with zeros to a multiple of 4. */
  private append(bytes: Uint8Array): void {
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
    padded.set(bytes)
    this.parts.push(padded)
    this.length += padded.length
  }
}

function valueBytes(value: PropertyValue): Uint8Array {
  if (value === true) return new Uint8Array()
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return stringBytes(value)
  const cells = value.filter((item) => typeof item === 'number')
  return cells.length > 0 ? cellBytes(cells) : concatenate(value.map((item) => stringBytes(String(item))))
}

function stringBytes(text: string): Uint8Array {
  invariant(!text.includes('\0'), `device tree text ${JSON.stringify(text)} holds a NUL`)
  return UTF8.encode(`${text}\0`)
}

function cellBytes(cells: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(cells.length * 4)
  const view = new DataView(bytes.buffer)
  cells.forEach((cell, index) => view.setUint32(index * 4, cell))
  return bytes
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  parts.reduce((offset, part) => (whole.set(part, offset), offset + part.length), 0)
  return whole
}
