import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { Disk, DiskFault } from '../../kernel/testbench/computer.js'
import { openDrive } from './drive-file.js'

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-drive-'))
after(() => rmSync(folder, { recursive: true }))

let files = 0
function fileOf(contents: Uint8Array | string): string {
  const file = join(folder, `drive${files++}.img`)
  writeFileSync(file, contents)
  return file
}

describe('A drive in a file', () => {
  const refused: readonly (readonly [string, Buffer, RegExp])[] = [
    ['an empty file', Buffer.alloc(0), /0 bytes, not a whole number of 512-byte sectors/],
    ['an image that ends within a sector', Buffer.alloc(1000), /1000 bytes, not a whole number .*truncated/],
    ['a qcow2 file', Buffer.concat([Buffer.from('QFI\xfb', 'latin1'), Buffer.alloc(1020)]), /a qcow2 file; convert it/],
    ['a compressed file', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(1022)]), /a gzip file/],
  ]
  for (const [what, contents, message] of refused)
    test(`${what} is refused in one line, and not touched`, () => {
      const file = fileOf(contents)
      assert.throws(() => openDrive(file), message)
      assert.deepEqual(readFileSync(file), contents)
    })

  test('what is written reaches the file at a flush, not before', () => {
    const file = fileOf(Buffer.alloc(1024))
    const disk = new Disk(openDrive(file).image)
    disk.write(512, new Uint8Array(512).fill(7))
    assert.equal(readFileSync(file)[512], 0)
    disk.flush()
    assert.deepEqual([readFileSync(file)[511], readFileSync(file)[512], readFileSync(file).length], [0, 7, 1024])
  })

  for (const mode of ['temporary', 'ro'] as const)
    test(`of FILE,${mode} the file stays as it is`, () => {
      const file = fileOf(Buffer.alloc(1024))
      const disk = new Disk(openDrive(`${file},${mode}`).image)
      disk.write(0, new Uint8Array(512).fill(7))
      disk.flush()
      assert.equal(readFileSync(file)[0], 0)
      assert.equal(disk.read(0, 1)[0], 7)
    })

  test('a file that is cut while the machine runs is a fault of the disk, not of the program', () => {
    const file = fileOf(Buffer.alloc(8192))
    const { image } = openDrive(file)
    truncateSync(file, 4096)
    assert.throws(() => image.read(4096, 512), DiskFault)
  })
})
