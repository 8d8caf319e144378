/** Reads a whole XML document, from text or from a file, and hands its events to a handler. Memory does not grow with the file. */
import { open, type FileHandle } from 'node:fs/promises'
import { EvidenceError } from '../../model/errors.js'
import { XmlDecoder } from './xml-decoder.js'
import { XmlParser, xmlLimits, type XmlHandler, type XmlLimits } from './xml-parser.js'

export { type XmlAttributes, type XmlHandler, type XmlLimits } from './xml-parser.js'

/** What `InputFile` of evidence/items says of a file. */
export interface XmlFile {
  readonly name: string
  readonly path: string
}

/** Bytes. Larger exports come in parts from every tool. */
export const maxXmlBytes = 1024 * 1024 * 1024

const CHUNK = 256 * 1024

/** @throws EvidenceError, see XmlParser. `text` is decoded already: an encoding that it declares is not looked at. */
export function readXml(text: string, file: string, handler: XmlHandler, limits: XmlLimits = xmlLimits): void {
  const parser = new XmlParser(file, handler, limits)
  parser.write(text)
  parser.end()
}

/** Between decoder and parser: what a format allows and XML does not. The pieces come in order; an empty last one ends them. */
export type XmlPreparation = (piece: string, isLast: boolean) => string

const asItIs: XmlPreparation = (piece) => piece

/** @throws EvidenceError as XmlParser and XmlDecoder, and `unreadable-file`, `too-large` */
export async function readXmlFile(
  { name, path }: XmlFile,
  handler: XmlHandler,
  limits: XmlLimits = xmlLimits,
  prepare: XmlPreparation = asItIs,
): Promise<void> {
  const file = await openForReading(name, path)
  try {
    const parser = new XmlParser(name, handler, limits)
    let decoder: XmlDecoder | undefined
    for await (const bytes of chunksOf(file, name)) {
      decoder ??= new XmlDecoder(name, bytes)
      parser.write(prepare(decoder.decode(bytes, false), false))
    }
    if (decoder !== undefined) parser.write(prepare(decoder.decode(new Uint8Array(), true), true))
    parser.end()
  } finally {
    await file.close()
  }
}

/** The same for bytes that are in memory, a member of an archive. */
export function readXmlBytes(bytes: Uint8Array, file: string, handler: XmlHandler, limits: XmlLimits = xmlLimits): void {
  const parser = new XmlParser(file, handler, limits)
  const decoder = new XmlDecoder(file, bytes)
  for (let at = 0; at < bytes.length; at += CHUNK) parser.write(decoder.decode(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length))
  parser.end()
}

async function openForReading(name: string, path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'check name and permissions', { cause })
  }
}

async function* chunksOf(file: FileHandle, name: string): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK)
  for (let total = 0; ;) {
    const { bytesRead } = await readInto(file, buffer, name)
    if (bytesRead === 0) return
    total += bytesRead
    if (total > maxXmlBytes)
      throw new EvidenceError('too-large', { file: name }, `more than ${maxXmlBytes} bytes`, 'export it in several files')
    yield buffer.subarray(0, bytesRead)
  }
}

async function readInto(file: FileHandle, buffer: Uint8Array, name: string): Promise<{ readonly bytesRead: number }> {
  try {
    return await file.read(buffer, 0, buffer.length)
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'give a file, not a folder', { cause })
  }
}
