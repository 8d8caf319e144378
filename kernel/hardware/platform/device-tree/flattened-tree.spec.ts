import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cells64, flatten, type DeviceTreeNode } from './flattened-tree.js'

/** An independent reading of the format, as far as the spec needs it: nested names and raw values. */
function unflatten(blob: Uint8Array): { readonly node: unknown; readonly header: readonly number[] } {
  const view = new DataView(blob.buffer, blob.byteOffset)
  const header = Array.from({ length: 10 }, (_, index) => view.getUint32(index * 4))
  const [, , structure = 0, strings = 0] = header
  const text = (at: number): string => new TextDecoder().decode(blob.subarray(at, blob.indexOf(0, at)))
  let at = structure
  const word = (): number => view.getUint32((at += 4) - 4)
  const read = (): unknown => {
    assert.equal(word(), 1)
    const name = text(at)
    at += Math.ceil((name.length + 1) / 4) * 4
    const node: { name: string; properties: [string, string][]; children: unknown[] } = { name, properties: [], children: [] }
    for (;;) {
      const token = view.getUint32(at)
      if (token === 1) node.children.push(read())
      else if (token === 3) {
        word()
        const [length, property] = [word(), word()]
        node.properties.push([text(strings + property), Buffer.from(blob.subarray(at, at + length)).toString('hex')])
        at += Math.ceil(length / 4) * 4
      } else {
        assert.equal(word(), 2)
        return node
      }
    }
  }
  const node = read()
  assert.equal(word(), 9)
  return { node, header }
}

const TREE: DeviceTreeNode = {
  name: '',
  properties: { '#address-cells': [2], flag: true, model: 'one' },
  children: [
    { name: 'a@1', properties: { model: ['x', 'yz'], reg: [...cells64(0x1_8000_0000), 7] } },
    { name: 'b', properties: { bytes: Uint8Array.of(1, 2, 3) }, children: [{ name: 'c', properties: {} }] },
  ],
}

describe('Flattened device tree', () => {
  test('a text with a NUL is refused: it would end early', () => {
    assert.throws(() => flatten({ name: 'a\0b', properties: {} }), /holds a NUL/)
  })

  test('the header says where the blocks lie, version 17, compatible with 16', () => {
    const blob = flatten(TREE)
    const [magic, total, structure = 0, strings = 0, reservations = 0, version, compatible, , stringsSize = 0, structureSize = 0] =
      unflatten(blob).header
    assert.deepEqual([magic, total, version, compatible], [0xd00d_feed, blob.length, 17, 16])
    assert.equal(reservations % 8, 0)
    assert.equal(structure % 4, 0)
    assert.equal(structure + structureSize, strings)
    assert.equal(strings + stringsSize, blob.length)
    assert.deepEqual([...blob.subarray(reservations, reservations + 16)], new Array(16).fill(0), 'nothing is reserved')
  })

  test('nodes, names and values come back; a name that occurs twice stands once among the strings', () => {
    const blob = flatten(TREE)
    assert.deepEqual(unflatten(blob).node, {
      name: '',
      properties: [
        ['#address-cells', '00000002'],
        ['flag', ''],
        ['model', '6f6e6500'],
      ],
      children: [
        {
          name: 'a@1',
          properties: [
            ['model', '7800797a00'],
            ['reg', '000000018000000000000007'],
          ],
          children: [],
        },
        { name: 'b', properties: [['bytes', '010203']], children: [{ name: 'c', properties: [], children: [] }] },
      ],
    })
    assert.equal(Buffer.from(blob).toString('latin1').split('model\0').length, 2)
  })
})
