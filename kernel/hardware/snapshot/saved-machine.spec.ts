import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { BlockDevice } from '../../devices/virtio/block-device.js'
import { Disk } from '../../devices/virtio/disk.js'
import { MemoryImage } from '../../devices/virtio/memory-image.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import { SnapshotError } from './machine-snapshot.js'
import { decodeMachine, encodeMachine } from './saved-machine.js'

const COUNT = [
  encode('addi', { rd: 1, rs1: 1, immediate: 1 }),
  encode('sd', { rs1: 2, rs2: 1, immediate: 0 }),
  encode('jal', { rd: 0, immediate: -8 }),
]

function newMachine(): Machine {
  const virtio = [new BlockDevice(new Disk(new MemoryImage(new Uint8Array(4096))))]
  const machine = new Machine({ ramBytes: 256 * KIB, rom: new Uint8Array(), engine: 'interpreter', resetVector: RAM_BASE, virtio })
  machine.memory.write(RAM_BASE, bytesOf(COUNT))
  machine.hart(0).setX(2, BigInt(RAM_BASE + 0x4000))
  return machine
}

function savedFile(machine: Machine): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(encodeMachine({ snapshot: machine.snapshot(), platform: 'p', drives: [{ bytes: 4096, sha256: 'ab' }] })),
  )
}

const refused = (code: SnapshotError['code'], text: RegExp) => (error: unknown) =>
  error instanceof SnapshotError && error.code === code && text.test(error.message) && !error.message.includes('\n')

describe('A saved machine', () => {
  const machine = newMachine()
  machine.run({ maxInstructions: 500 })
  const file = savedFile(machine)

  test('of which any byte was changed or cut is refused in one line', () => {
    for (const at of [16, 20, 30, 300, file.length - 40, file.length - 1]) {
      const changed = file.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      assert.throws(() => decodeMachine(changed, 'm.saved'), refused('malformed', /^m\.saved: truncated, or changed/), `byte ${at}`)
    }
    for (const length of [16, 24, 60, file.length - 1])
      assert.throws(() => decodeMachine(file.subarray(0, length), 'm.saved'), refused('malformed', /truncated/), `${length} bytes`)
  })

  test('that is another kind of file is refused as that', () => {
    assert.throws(() => decodeMachine(new Uint8Array(100), 'x'), refused('malformed', /^x: no saved machine/))
    assert.throws(() => decodeMachine(new Uint8Array(), 'x'), refused('malformed', /^x: no saved machine/))
  })

  test('continues in another machine as the original does', () => {
    const { snapshot, platform, drives } = decodeMachine(file, 'm.saved')
    const other = newMachine()
    other.restore(snapshot)
    assert.deepEqual([platform, drives], ['p', [{ bytes: 4096, sha256: 'ab' }]])
    for (const each of [machine, other]) each.run({ maxInstructions: 777 })
    assert.equal(other.digest(), machine.digest())
  })

  test('is the same file whenever the same machine is saved', () => assert.deepEqual(savedFile(newMachine()), savedFile(newMachine())))
})
