import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { bytesOf, encode } from '../../hardware/isa/encode.js'
import { Machine } from '../../hardware/machine.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { GdbSession } from './gdb-session.js'
import { frame, PacketReader } from './packets.js'

const LOOP = encode('jal', { rd: 0, immediate: -8 })
const COUNT = [encode('addi', { rd: 1, rs1: 1, immediate: 1 }), encode('addi'), LOOP]

function session(harts = 1): { readonly gdb: GdbSession; readonly machine: Machine } {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'interpreter', harts, resetVector: RAM_BASE })
  machine.memory.write(RAM_BASE, bytesOf(COUNT))
  return { gdb: new GdbSession(machine), machine }
}
const answer = (gdb: GdbSession, packet: string): string => {
  const given = gdb.handle(packet)
  return given.kind === 'resume' ? 'resume' : given.data
}

describe('GDB remote protocol: packets', () => {
  test('a packet arrives whole however it was cut, and acknowledgements are no packets', () => {
    const reader = new PacketReader()
    const text = `+${frame('m80000000,8')}`
    const arrived = Array.from(text).flatMap((character) => reader.push(character))
    assert.deepEqual(arrived, [{ kind: 'packet', data: 'm80000000,8' }])
  })

  test('a wrong checksum is garbled, Ctrl-C an interrupt', () => {
    assert.deepEqual(new PacketReader().push('$g#00\u0003'), [{ kind: 'garbled' }, { kind: 'interrupt' }])
  })

  test('characters that delimit are escaped both ways', () => {
    assert.deepEqual(new PacketReader().push(frame('a}b$c#d*')), [{ kind: 'packet', data: 'a}b$c#d*' }])
  })

  test('a packet without an end does not grow for ever', () => {
    const reader = new PacketReader()
    for (let part = 0; part < 20; part++) reader.push(`$${'x'.repeat(0x2000)}`)
    assert.deepEqual(reader.push(frame('?')).at(-1), { kind: 'packet', data: '?' })
  })
})

describe('GDB remote protocol: session', () => {
  for (const packet of ['mzz,4', 'm0,8', 'P21', 'Pffff=00', 'pffffff', 'M80000000,1:0', 'M1000,1:00', 'T9', 'Z0,zz,2'])
    test(`${packet} is refused`, () => assert.equal(answer(session().gdb, packet), 'E01'))

  test('what is not supported has an empty answer', () => {
    for (const packet of ['vMustReplyEmpty', 'Z2,80000000,4', 'qTStatus', 'X80000000,0:']) assert.equal(answer(session().gdb, packet), '')
  })

  test('registers and memory are little-endian, and what is written is read', () => {
    const { gdb, machine } = session()
    assert.equal(answer(gdb, 'P5=8877665544332211'), 'OK')
    assert.equal(machine.hart(0).x(5), 0x1122334455667788n)
    assert.equal(answer(gdb, 'p5'), '8877665544332211')
    assert.equal(answer(gdb, 'p20'), '0000008000000000')
    assert.equal(answer(gdb, 'M80002000,2:abcd'), 'OK')
    assert.equal(answer(gdb, 'm80002000,2'), 'abcd')
  })

  test('a read that runs out of memory is short', () => assert.equal(answer(session().gdb, 'm8000fffe,10'), '0000'))

  test('a step executes one instruction', () => {
    const { gdb, machine } = session()
    assert.equal(answer(gdb, 's'), 'T05thread:1;')
    assert.deepEqual([machine.hart(0).pc, machine.hart(0).instret], [BigInt(RAM_BASE + 4), 1])
  })

  test('the machine stops at a breakpoint with the program unchanged, and goes on from it', () => {
    const { gdb, machine } = session()
    assert.equal(answer(gdb, 'Z0,80000004,4'), 'OK')
    for (const round of [1n, 2n, 3n]) {
      assert.equal(answer(gdb, 'c'), 'resume')
      assert.equal(gdb.resume(1000), 'T05thread:1;')
      assert.deepEqual([machine.hart(0).pc, machine.hart(0).x(1)], [BigInt(RAM_BASE + 4), round])
      assert.deepEqual(machine.memory.read(RAM_BASE, 12), bytesOf(COUNT))
    }
    assert.equal(answer(gdb, 'z0,80000004,4'), 'OK')
    assert.equal(gdb.resume(1000), undefined)
  })

  test('an EBREAK of the program itself is an exception still', () => {
    const { gdb, machine } = session()
    machine.memory.write(RAM_BASE + 4, bytesOf([encode('ebreak')]))
    machine.hart(0).setCsr(0x305, BigInt(RAM_BASE + 8))
    gdb.resume(2)
    assert.equal(machine.hart(0).csr(0x342), 3n)
  })

  test('harts are threads, and each has registers of its own', () => {
    const { gdb, machine } = session(2)
    machine.hart(1).setX(6, 7n)
    assert.equal(answer(gdb, 'qfThreadInfo'), 'm1,2')
    assert.equal(answer(gdb, 'Hg2'), 'OK')
    assert.equal(answer(gdb, 'p6'), '0700000000000000')
  })

  test('the description names every CSR that can be read, and comes in pieces', () => {
    const { gdb } = session()
    const first = answer(gdb, 'qXfer:features:read:target.xml:0,100')
    assert.equal(first.length, 257)
    assert.ok(first.startsWith('m<?xml'))
    assert.ok(answer(gdb, 'qXfer:features:read:target.xml:0,100000').includes('name="mstatus" bitsize="64" type="int" regnum="833"'))
  })
})
