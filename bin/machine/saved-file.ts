/** A saved machine in a file: written whole or not at all, taken up only by an equal machine with the same drives. */
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { decodeMachine, encodeMachine, type Machine, type SavedDrive } from '../../kernel/testbench/computer.js'
import { UsageError } from '../command.js'
import type { Drive } from './drive-file.js'

const PIECE = 1 << 20

export function saveMachine(file: string, machine: Machine, drives: readonly Drive[]): void {
  const pieces = encodeMachine({ snapshot: machine.snapshot(), platform: platformOf(machine), drives: drives.map(identityOf) })
  const staged = `${file}.${process.pid}.part`
  try {
    writeFileSync(staged, Buffer.concat(pieces), { flag: 'wx' })
    renameSync(staged, file)
  } catch (error) {
    rmSync(staged, { force: true })
    throw error
  }
}

/** @throws UsageError or SnapshotError, one line; the machine and its drives are then as before. */
export function restoreMachine(file: string, machine: Machine, drives: readonly Drive[]): void {
  const saved = decodeMachine(readFileSync(file), file)
  if (saved.platform !== platformOf(machine))
    throw new UsageError(`${file}: saved of another machine: ${saved.platform}; give the options it was started with`)
  if (saved.drives.length !== drives.length)
    throw new UsageError(`${file}: saved with ${saved.drives.length} drives, started with ${drives.length}; give the same ones`)
  drives.forEach((drive, index) => {
    const { bytes, sha256 } = identityOf(drive)
    const expected = saved.drives[index]
    if (bytes !== expected?.bytes || sha256 !== expected.sha256)
      throw new UsageError(`${drive.file}: not as it was when ${file} was saved; give the drive of then`)
  })
  machine.restore(saved.snapshot)
}

const platformOf = (machine: Machine): string => JSON.stringify(machine.platform)

function identityOf({ image }: Drive): SavedDrive {
  const hash = createHash('sha256')
  for (let at = 0; at < image.bytes; at += PIECE) hash.update(image.read(at, Math.min(PIECE, image.bytes - at)))
  return { bytes: image.bytes, sha256: hash.digest('hex') }
}
