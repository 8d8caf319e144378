/**
 * `manifest.json` of a pack: every file with size and SHA-256, sorted by path, itself left out, and one digest over the list.
 * Integrity only: it shows that files are those it was made for, not who made it.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EvidenceError } from '../model/errors.js'
import type { Digest } from '../model/ids.js'
import { compareText } from '../model/text-order.js'
import { listPack } from './pack-files.js'
import { sha256, sha256File } from './sha256.js'

export const manifestName = 'manifest.json'
/** Made over the manifest, so neither lists the other. */
export const signatureName = 'signature.dsse.json'
export const manifestSchema = 'bulkhead.manifest/1'
export const manifestAssurance = 'integrity only, signer unidentified'

export interface ManifestEntry {
  readonly path: string
  readonly size: number
  readonly sha256: Digest
}

export interface Manifest {
  readonly schema: typeof manifestSchema
  readonly assurance: typeof manifestAssurance
  readonly files: readonly ManifestEntry[]
  /** Over the lines `sha256  size  path\n` of `files`. */
  readonly digest: Digest
}

export function makeManifest(entries: readonly ManifestEntry[]): Manifest {
  const files = [...entries].sort((a, b) => compareText(a.path, b.path))
  return { schema: manifestSchema, assurance: manifestAssurance, files, digest: digestOfEntries(files) }
}

export function digestOfEntries(files: readonly ManifestEntry[]): Digest {
  return sha256(files.map(({ sha256: digest, size, path }) => `${digest}  ${size}  ${path}\n`).join(''))
}

export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** Lists the files of a finished pack. @throws EvidenceError `unsafe-path` for a link or a special file among them. */
export function describePack(folder: string): Manifest {
  const { files, problems } = listPack(folder)
  const [problem] = problems
  if (problem !== undefined)
    throw new EvidenceError('unsafe-path', { file: problem.path }, problem.what, 'a pack holds plain files and folders only')
  return makeManifest(
    files
      .filter((path) => path !== manifestName && path !== signatureName)
      .map((path) => {
        const { digest, size } = sha256File(join(folder, path))
        return { path, size, sha256: digest }
      }),
  )
}

/** Writes `manifest.json` into the folder; nothing may be added to it afterwards. */
export function writeManifest(folder: string): Manifest {
  const manifest = describePack(folder)
  writeFileSync(join(folder, manifestName), printManifest(manifest))
  return manifest
}
