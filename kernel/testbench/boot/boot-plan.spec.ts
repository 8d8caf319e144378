import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MIB } from '../../common/units.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { assembleElf } from '../assembled-elf.js'
import { planBoot, type BootImages } from './boot-plan.js'

const raw = (file: string, length: number): { file: string; bytes: Uint8Array } => ({ file, bytes: new Uint8Array(length).fill(0x13) })

/** A Linux image: text_offset, image_size and magic2 of its header. */
function linux(textOffset: number, imageSize: number): { file: string; bytes: Uint8Array } {
  const image = raw('Image', 4096)
  const view = new DataView(image.bytes.buffer)
  view.setBigUint64(8, BigInt(textOffset), true)
  view.setBigUint64(16, BigInt(imageSize), true)
  view.setUint32(56, 0x0543_5352, true)
  return image
}

function elf(base: number): { file: string; bytes: Uint8Array } {
  const assembled = assembleElf('_start: nop', { file: 'program.s', base })
  assert.ok(assembled.ok)
  return { file: 'program.elf', bytes: assembled.value }
}

describe('What goes where at boot', () => {
  const refusals: readonly (readonly [string, BootImages, number, RegExp])[] = [
    ['nothing', {}, 64, /^nothing to boot; give an ELF file/],
    ['a Linux image without firmware', { kernel: linux(0x20_0000, 8 * MIB) }, 64, /^Image: a Linux image.*give --bios/],
    ['a file that is neither ELF nor image', { kernel: raw('text', 100) }, 64, /^text: no ELF file/],
    [
      'a compressed kernel',
      { bios: raw('fw', 100), kernel: { file: 'vmlinuz', bytes: Uint8Array.of(0x1f, 0x8b, 8) } },
      64,
      /^vmlinuz: compressed by gzip/,
    ],
    ['empty firmware', { bios: raw('fw', 0) }, 64, /^fw: empty/],
    [
      'a kernel that needs more memory than there is',
      { bios: raw('fw', 100), kernel: linux(0x20_0000, 64 * MIB) },
      64,
      /^Image: .*no memory there.*--memory/,
    ],
    [
      'an initial RAM disk that reaches the device tree',
      { bios: raw('fw', 100), initrd: raw('initrd', 11 * MIB) },
      14,
      /^initrd: .*overlaps the device tree.*--memory/,
    ],
    ['a kernel over the firmware', { bios: elf(RAM_BASE), kernel: elf(RAM_BASE) }, 64, /overlaps program\.elf/],
    ['a program below RAM', { kernel: elf(0x1000) }, 64, /no memory there/],
  ]
  for (const [what, images, megabytes, message] of refusals)
    test(`${what} is refused in one line`, () => {
      const planned = planBoot(images, megabytes * MIB)
      assert.ok(!planned.ok)
      assert.match(planned.error.message, message)
      assert.doesNotMatch(planned.error.message, /\n/)
    })

  test('a program alone starts at its entry, and its device tree stays in ROM', () => {
    const planned = planBoot({ kernel: elf(RAM_BASE + 0x1000) }, MIB)
    assert.ok(planned.ok)
    assert.deepEqual([planned.value.entry, planned.value.deviceTree, planned.value.next], [RAM_BASE + 0x1000, undefined, undefined])
  })

  test('firmware at the beginning of RAM, kernel on the next 2 MiB, initial RAM disk behind its memory, device tree at the end', () => {
    const planned = planBoot({ bios: raw('fw', 100), kernel: linux(0x20_0000, 5 * MIB), initrd: raw('initrd', 1000) }, 64 * MIB)
    assert.ok(planned.ok)
    const { entry, next, initrd, deviceTree } = planned.value
    assert.deepEqual([entry, next], [RAM_BASE, RAM_BASE + 2 * MIB])
    assert.deepEqual(initrd, { begin: RAM_BASE + 8 * MIB, end: RAM_BASE + 8 * MIB + 1000 })
    assert.equal(deviceTree, RAM_BASE + 62 * MIB)
  })
})
