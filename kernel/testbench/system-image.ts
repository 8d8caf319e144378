/**
 * From a compiled configuration and the programs of its partitions to what a machine is powered on with: the boot ROM with its
 * manifest, and the contents of RAM. The same inputs give the same bytes.
 */
import { CODE } from '../abi/partition-memory.js'
import { assemble } from '../programs/assembler/assemble.js'
import { encodeManifest, type MeasuredItem } from '../separation/boot/boot-manifest.js'
import { BOOT_ROM_SOURCE, romSymbols } from '../separation/boot/boot-rom.js'
import { sha256 } from '../separation/boot/measure.js'
import { TRAP_STUB } from '../separation/boot/trap-stub.js'
import type { CompiledSystem } from '../separation/config/compiler/compile.js'
import { AUDIT_KEY, BOOT_MANIFEST, BOOT_ROM, KERNEL_STUB, VECTOR_START } from '../separation/memory/physical-map.js'
import { OWNER_PUBLIC_KEY, signedBy, type OwnerTrust } from './configuration-owner.js'
import { programSymbols } from './program-symbols.js'
import { ProgramError } from './program-error.js'

export interface SystemImage {
  readonly rom: Uint8Array
  readonly segments: readonly { readonly address: number; readonly bytes: Uint8Array }[]
}

/** `programs`: assembly by partition name; a partition without one spins. `trust`: the ROM names the owner instead of a digest. @throws ProgramError */
export function buildImage(
  { configuration, vector }: CompiledSystem,
  programs: ReadonlyMap<string, string>,
  hostedDigest: Uint8Array,
  trust?: OwnerTrust,
): SystemImage {
  const stub = padded(machineCode('trap stub', TRAP_STUB, KERNEL_STUB.address, {}), KERNEL_STUB.bytes)
  const boot = machineCode('boot ROM', BOOT_ROM_SOURCE, BOOT_ROM.address, romSymbols(configuration))
  const images = configuration.partitions.map(({ name, code, image }, partition) => {
    const program = machineCode(`program of ${name}`, programs.get(name) ?? SPIN, CODE, programSymbols(configuration, partition))
    if (program.length > code.bytes)
      throw new ProgramError(
        `program of ${name}: ${program.length} bytes do not fit its ${code.bytes} bytes of code; give it more code memory`,
      )
    return { address: image.address, bytes: padded(program, image.bytes) }
  })
  const measured: readonly MeasuredItem[] = [
    { kind: 'boot-code', address: BOOT_ROM.address, length: boot.length, digest: sha256(boot) },
    { kind: 'trap-stub', address: KERNEL_STUB.address, length: stub.length, digest: sha256(stub) },
    trust === undefined
      ? { kind: 'configuration', address: VECTOR_START, length: vector.length, digest: sha256(vector) }
      : { kind: 'configuration-key', address: VECTOR_START, length: trust.leastRevision, digest: OWNER_PUBLIC_KEY },
    ...images.map(({ address, bytes }) => ({ kind: 'image' as const, address, length: bytes.length, digest: sha256(bytes) })),
    { kind: 'hosted-code', address: 0, length: 0, digest: hostedDigest },
  ]
  const configured = trust === undefined ? vector : signedBy(trust.signer, vector)
  return {
    rom: romBytes(boot, encodeManifest(measured)),
    segments: [{ address: KERNEL_STUB.address, bytes: stub }, { address: VECTOR_START, bytes: configured }, ...images],
  }
}

/** Of the systems that scenarios run; published, so it protects nothing. A system in service has its own. */
const PUBLISHED_AUDIT_KEY = sha256(new TextEncoder().encode('the published audit key of scenarios'))

const SPIN = '1: j 1b'

function machineCode(file: string, source: string, base: number, symbols: Readonly<Record<string, bigint>>): Uint8Array {
  const program = assemble(source, { file, base, symbols })
  if (!program.ok) throw new ProgramError(program.error.text)
  return program.value.bytes
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length)
  whole.set(bytes)
  return whole
}

function romBytes(boot: Uint8Array, manifest: Uint8Array): Uint8Array {
  const rom = new Uint8Array(BOOT_ROM.bytes)
  rom.set(boot)
  rom.set(manifest, BOOT_MANIFEST - BOOT_ROM.address)
  rom.set(PUBLISHED_AUDIT_KEY, AUDIT_KEY.address - BOOT_ROM.address)
  return rom
}
