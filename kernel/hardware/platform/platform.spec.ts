/** The description of a machine, its devices and its device tree agree, whatever is chosen. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MIB } from '../../common/units.js'
import { INTERRUPT_CONTROLLERS } from '../interrupts/interrupt-controllers.js'
import { Machine, platformOf, type PlatformChoice } from '../machine.js'
import { deviceTree } from './device-tree/device-tree.js'
import type { DeviceTreeNode } from './device-tree/flattened-tree.js'
import type { Platform } from './platform.js'

const IOMMU = { reset: 'off', msiFlat: true } as const
const BASE = { ramBytes: MIB, harts: 2 }
const CHOICES: readonly (readonly [string, PlatformChoice])[] = [
  ['without options', BASE],
  ...INTERRUPT_CONTROLLERS.map((interruptController) => [interruptController, { ...BASE, interruptController }] as const),
  ['IMSICs without H', { ...BASE, interruptController: 'aplic-imsic', extensions: [] }],
  ['everything', { ...BASE, interruptController: 'aplic-imsic', extensions: ['H'], iommu: IOMMU, sswi: true, dmaEngine: true }],
]

function nodesOf(root: DeviceTreeNode): readonly DeviceTreeNode[] {
  return [root, ...(root.children ?? []).flatMap(nodesOf)]
}
const cells = (node: DeviceTreeNode, property: string): readonly number[] => {
  const value = node.properties[property]
  return Array.isArray(value) ? value.filter((cell): cell is number => typeof cell === 'number') : []
}
const node = (platform: Platform, name: string): DeviceTreeNode => {
  const found = nodesOf(deviceTree(platform)).find((each) => each.name === name)
  assert.ok(found !== undefined, name)
  return found
}

describe('Platform', () => {
  for (const [what, choice] of CHOICES) {
    test(`${what}: each device has one node, at its place, and the machine can be built`, () => {
      const platform = platformOf(choice)
      const names = nodesOf(deviceTree(platform)).map(({ name }) => name)
      for (const { base } of platform.devices)
        assert.equal(names.filter((name) => name.endsWith(`@${base.toString(16)}`)).length, 1, base.toString(16))
      const machine = new Machine({ ...choice, rom: new Uint8Array(), engine: 'reference' })
      assert.deepEqual(machine.platform, platform)
    })

    test(`${what}: every node that another one names is there, and no phandle is given twice`, () => {
      const nodes = nodesOf(deviceTree(platformOf(choice)))
      const phandles = nodes.flatMap((each) => cells(each, 'phandle'))
      assert.equal(new Set(phandles).size, phandles.length)
      for (const property of ['interrupt-parent', 'msi-parent', 'riscv,children', 'regmap'])
        for (const each of nodes)
          for (const phandle of cells(each, property)) assert.ok(phandles.includes(phandle), `${each.name} ${property}`)
    })
  }

  test('bus masters name their device id where there is an IOMMU, and nowhere else', () => {
    const ids = (iommu: boolean): readonly (readonly number[])[] =>
      nodesOf(deviceTree(platformOf(iommu ? { ...BASE, iommu: IOMMU } : BASE)))
        .map((each) => cells(each, 'iommus'))
        .filter((iommus) => iommus.length > 0)
    assert.deepEqual(ids(false), [])
    assert.deepEqual(
      ids(true).map(([, id]) => id),
      [1, 2, 3, 4, 5, 6, 7, 8],
    )
  })

  test('an APLIC’s root delegates all sources to the domain of S, to which devices interrupt as levels', () => {
    const platform = platformOf({ ...BASE, interruptController: 'aplic' })
    const [child] = cells(node(platform, 'interrupt-controller@d000000'), 'phandle')
    assert.deepEqual(cells(node(platform, 'interrupt-controller@c000000'), 'riscv,delegation'), [child, 1, 96])
    assert.deepEqual(cells(node(platform, 'serial@10000000'), 'interrupts'), [10, 4])
    assert.deepEqual(cells(node(platformOf(BASE), 'serial@10000000'), 'interrupts'), [10])
  })

  test('with IMSICs the harts tell of Smaia and Ssaia', () => {
    const { extensions } = platformOf({ ...BASE, interruptController: 'aplic-imsic', extensions: ['H'] })
    assert.deepEqual(extensions, ['H', 'Smaia', 'Ssaia'])
    assert.deepEqual(platformOf({ ...BASE, extensions: ['H'] }).extensions, ['H'])
  })
})
