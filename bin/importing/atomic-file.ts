/** Writes a file so that it is there whole or not at all: beside its place, then renamed into it. */
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { EvidenceError } from '../../evidence/model/errors.js'

/** @throws EvidenceError `unwritable-file` where it cannot be written; an older file of the name is then as it was. */
export function writeWhole(path: string, pieces: Iterable<string>): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false)
    throw new EvidenceError('unwritable-file', { file: path }, 'is no regular file', 'name another file')
  const staged = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  try {
    writePieces(staged, pieces)
    renameSync(staged, path)
  } catch (cause) {
    rmSync(staged, { force: true })
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    throw new EvidenceError(
      'unwritable-file',
      { file: path },
      'cannot be written',
      'name a file in a folder that is there and can be written',
      { cause },
    )
  }
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'wx')
  try {
    let pending = ''
    for (const piece of pieces) {
      pending += piece
      if (pending.length < 1024 * 1024) continue
      writeAll(file, pending)
      pending = ''
    }
    writeAll(file, pending)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
}
