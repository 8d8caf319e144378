/** The page tables as the kernel builds them, in raw memory; each bit of each valid entry flipped in turn. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import { PAGE_BYTES } from '../../common/units.js'
import { compileConfiguration } from '../config/compiler/compile.js'
import { readSource } from '../config/source/system-source.js'
import { buildAddressSpaces, KERNEL_MAPPINGS, partitionMappings } from '../memory/address-space.js'
import { kernelLayout } from '../memory/kernel-layout.js'
import { KernelIntegrityError, KernelMemory } from '../memory/kernel-memory.js'
import { leaf } from '../memory/page-table-entry.js'
import { LEAST_KERNEL_DATA } from '../memory/physical-map.js'
import { checkIsolation } from './isolation-check.js'

const CONFIGURATION = compileConfiguration(
  readSource(
    'isolated.yaml',
    `system: isolated
revision: 1
memory: 4 MiB
majorFrame: 40000
partitions:
  - { name: a, code: 8 KiB, data: 8 KiB, console: true }
  - { name: b, code: 4 KiB, data: 4 KiB }
shared:
  - { name: board, size: 4 KiB, write: [a], read: [b] }
schedule:
  - { partition: a, at: 0, length: 20000 }
  - { partition: b, at: 20000, length: 20000 }
policy: { flows: [{ from: a, to: b }] }
`,
  ),
)
const LAYOUT = kernelLayout(CONFIGURATION)
const A = 0
const B = 1

function built(): { readonly port: ArrayPort; readonly memory: KernelMemory } {
  const port = new ArrayPort([LEAST_KERNEL_DATA])
  const memory = new KernelMemory(port, 0)
  buildAddressSpaces(memory, CONFIGURATION, LAYOUT)
  return { port, memory }
}

interface Entry {
  readonly address: number
  readonly value: bigint
  readonly table: string
}

const TABLES = [
  ['kernel middle', LAYOUT.kernelMiddle],
  ['kernel leaves', LAYOUT.kernelLeaves],
  ...LAYOUT.tables.flatMap((tables, partition) =>
    Object.entries(tables).map(([name, at]) => [`${name} of ${partition}`, at as number] as const),
  ),
] as const

function entries({ memory }: ReturnType<typeof built>): readonly Entry[] {
  return TABLES.flatMap(([table, page]) =>
    Array.from({ length: PAGE_BYTES / 8 }, (_, index) => ({ table, address: page + 8 * index, value: memory.u64(page + 8 * index) })),
  )
}

/** How much the check finds with one bit flipped. */
function findings({ memory }: ReturnType<typeof built>, { address, value }: Entry, bit: number): number {
  memory.setU64(address, value ^ (1n << BigInt(bit)))
  try {
    return checkIsolation(memory, CONFIGURATION, LAYOUT).length
  } catch (error) {
    // A table outside memory: the kernel halts on this, it does not go on.
    assert.ok(error instanceof KernelIntegrityError)
    return 1
  } finally {
    memory.setU64(address, value)
  }
}

describe('Isolation check, SKPP FPT_TST_EXP.1', () => {
  const tables = built()
  const valid = entries(tables).filter(({ value }) => value !== 0n)

  for (const [table] of TABLES)
    test(`finds every flipped bit of every valid entry in ${table}`, () => {
      const inTable = valid.filter((entry) => entry.table === table)
      assert.ok(inTable.length > 0)
      for (const entry of inTable)
        assert.deepEqual(
          Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => findings(tables, entry, bit) === 0),
          [],
          `entry ${entry.value.toString(16)} at ${entry.address.toString(16)}`,
        )
    })

  test('finds an entry that one flipped bit made valid', () => {
    const free = entries(tables).filter(({ value }) => value === 0n)
    for (const entry of free.filter((_, index) => index % 53 === 0)) assert.ok(findings(tables, entry, 0) > 0, entry.table)
  })

  test('finds an entry that nobody configured, in every table of every partition', () => {
    const grants = leaf(CONFIGURATION.partitions[B]!.data.address, { read: true, write: false, execute: false, user: true })
    const free = entries(tables).filter(({ value }) => value === 0n)
    for (const entry of free.filter((_, index) => index % 37 === 0)) {
      tables.memory.setU64(entry.address, grants)
      const found = checkIsolation(tables.memory, CONFIGURATION, LAYOUT)
      tables.memory.setU64(entry.address, 0n)
      assert.ok(found.length > 0, `${entry.table} at ${entry.address.toString(16)}`)
    }
  })

  test('names the partition and the page whose mapping was taken away', () => {
    tables.memory.setU64(LAYOUT.tables[B]!.privateLeaves + 8 * 0x10, 0n)
    assert.deepEqual(checkIsolation(tables.memory, CONFIGURATION, LAYOUT), [{ partition: B, virtual: 0x1_0000 }])
    tables.memory.setU64(
      LAYOUT.tables[B]!.privateLeaves + 8 * 0x10,
      leaf(CONFIGURATION.partitions[B]!.code.address, { read: true, write: false, execute: true, user: true }),
    )
  })

  test('finds nothing in the tables as they were built', () => assert.deepEqual(checkIsolation(built().memory, CONFIGURATION, LAYOUT), []))

  test('charges for every table page it reads', () => {
    const { port, memory } = built()
    const before = port.now()
    checkIsolation(memory, CONFIGURATION, LAYOUT)
    assert.equal(port.now() - before, CONFIGURATION.partitions.length * 6 * 512)
  })
})

describe('Address spaces, SKPP FPT_SEP.3', () => {
  const own = [A, B].map((partition) => partitionMappings(CONFIGURATION, partition))

  test('nobody may write what it may execute', () => {
    for (const { permissions } of [...KERNEL_MAPPINGS, ...own.flat()]) assert.ok(!(permissions.write && permissions.execute))
  })

  test('what is the kernel’s is not the user’s, and the reverse', () => {
    assert.ok(KERNEL_MAPPINGS.every(({ permissions }) => !permissions.user))
    assert.ok(own.flat().every(({ permissions }) => permissions.user))
  })

  test('two partitions reach one frame only where a region is shared', () => {
    const frames = own.map((mappings) => new Set(mappings.flatMap(({ physical, bytes }) => pages(physical, bytes))))
    const board = CONFIGURATION.sharedRegions[0]!.memory
    assert.deepEqual(
      [...frames[A]!].filter((frame) => frames[B]!.has(frame)),
      pages(board.address, board.bytes),
    )
  })

  test('the reader of a region may not write it', () => {
    const board = CONFIGURATION.sharedRegions[0]!.memory.address
    assert.deepEqual(
      own.map((mappings) => mappings.find(({ physical }) => physical === board)?.permissions.write),
      [true, false],
    )
  })

  test('the console is mapped for its owner alone, and no image for anyone', () => {
    assert.deepEqual(
      own.map((mappings) => mappings.some(({ physical }) => physical === 0x1000_0000)),
      [true, false],
    )
    const images = CONFIGURATION.partitions.flatMap(({ image }) => pages(image.address, image.bytes))
    assert.ok(own.flat().every(({ physical, bytes }) => !pages(physical, bytes).some((frame) => images.includes(frame))))
  })

  test('a partition that is not configured has no mapping', () => assert.deepEqual(partitionMappings(CONFIGURATION, 2), []))
})

const pages = (address: number, bytes: number): number[] =>
  Array.from({ length: bytes / PAGE_BYTES }, (_, index) => address + index * PAGE_BYTES)
