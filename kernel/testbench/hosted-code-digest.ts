/**
 * SHA-256 over the compiled kernel: path and bytes of every module of kernel/separation, kernel/abi and kernel/common that runs
 * as hosted code, in path order. It names the kernel in every report and is measured at boot.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const KERNEL = fileURLToPath(new URL('..', import.meta.url))
const ROOMS = ['abi', 'common', 'separation'] as const

/** Folders below config are tools: they run before the system does, and nothing privileged imports them. */
const CONFIGURATION_TOOL = /^separation\/config\/[^/]+\//

let known: Uint8Array | undefined

export function hostedCodeDigest(): Uint8Array {
  known ??= digest()
  return known
}

function digest(): Uint8Array {
  const hash = createHash('sha256')
  for (const path of ROOMS.flatMap(modulesOf).sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(KERNEL, path)))
      .update('\0')
  return new Uint8Array(hash.digest())
}

const modulesOf = (room: string): readonly string[] =>
  readdirSync(join(KERNEL, room), { recursive: true, encoding: 'utf8' })
    .map((path) => `${room}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(js|ts)$/.test(path) && !/\.(spec|d)\.(js|ts)$/.test(path) && !CONFIGURATION_TOOL.test(path))
