import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../../common/units.js'
import { Machine } from '../../machine.js'
import { deviceTree, type Chosen } from './device-tree.js'
import type { DeviceTreeNode, PropertyValue } from './flattened-tree.js'

const machineOf = (harts: number): Machine =>
  new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'interpreter', harts, extensions: ['H'] })
const treeOf = (harts: number, chosen: Chosen = {}): DeviceTreeNode => deviceTree(machineOf(harts).platform, chosen)

function nodeOf(tree: DeviceTreeNode, ...path: readonly string[]): DeviceTreeNode {
  return path.reduce((node, name) => {
    const child = node.children?.find((candidate) => candidate.name === name || candidate.name.startsWith(`${name}@`))
    assert.ok(child, `no node ${name}`)
    return child
  }, tree)
}

const cellsOf = (value: PropertyValue | undefined): readonly number[] => (Array.isArray(value) ? value.map(Number) : [])

describe('The device tree of a machine', () => {
  test('tells of no initial RAM disk and no boot arguments that are not there', () => {
    const { properties } = nodeOf(treeOf(1), 'chosen')
    assert.deepEqual(Object.keys(properties), ['stdout-path'])
  })

  test('tells of those that are', () => {
    const { properties } = nodeOf(treeOf(1, { bootArguments: 'quiet', initrd: { begin: 0x1_0000_0000, end: 0x1_0000_1000 } }), 'chosen')
    assert.deepEqual(
      [properties['bootargs'], properties['linux,initrd-start'], properties['linux,initrd-end']],
      ['quiet', [1, 0], [1, 0x1000]],
    )
  })

  test('has a cpu for each hart, and both interrupt controllers reach every one', () => {
    const tree = treeOf(3)
    assert.equal(nodeOf(tree, 'cpus').children?.length, 3)
    assert.equal(cellsOf(nodeOf(tree, 'soc', 'plic').properties['interrupts-extended']).length, 3 * 4)
    assert.equal(cellsOf(nodeOf(tree, 'soc', 'clint').properties['interrupts-extended']).length, 3 * 4)
  })

  test('names every device at its place, ascending and without overlap', () => {
    const devices = machineOf(1).platform.devices
    const places = (nodeOf(treeOf(1), 'soc').children ?? []).map(({ properties }) => cellsOf(properties['reg'])[1])
    assert.deepEqual(
      places,
      devices.map(({ base }) => base),
    )
    devices.forEach(({ base, size }, index) => assert.ok(base + size <= (devices[index + 1]?.base ?? Infinity)))
  })

  test('every phandle that is used belongs to a node', () => {
    const known = new Set<number>()
    const used: number[] = []
    const visit = ({ properties, children = [] }: DeviceTreeNode): void => {
      cellsOf(properties['phandle']).forEach((handle) => known.add(handle))
      used.push(...cellsOf(properties['interrupt-parent']), ...cellsOf(properties['regmap']))
      used.push(...cellsOf(properties['interrupts-extended']).filter((_, index) => index % 2 === 0))
      children.forEach(visit)
    }
    visit(treeOf(2))
    assert.ok(used.length > 0 && used.every((handle) => known.has(handle)))
  })

  test('an extension stands there when the machine has it', () => {
    const isa = (extensions: readonly 'H'[]): string => {
      const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'interpreter', extensions })
      return String(nodeOf(deviceTree(machine.platform), 'cpus', 'cpu').properties['riscv,isa'])
    }
    assert.match(isa(['H']), /^rv64imafdch_/)
    assert.match(isa([]), /^rv64imafdc_/)
  })
})
