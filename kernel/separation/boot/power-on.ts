/**
 * What the boot ROM has the kernel do in M mode: known-answer tests, measurement, signature and revision, memory test. Everything not measured is zero
 * afterwards. SKPP FPT_AMT.1, FPT_ESS_EXP.1, FDP_RIP.2.
 */
import { PAGE_BYTES } from '../../common/units.js'
import type { Configuration, MemoryRange } from '../config/configuration.js'
import { imageRange } from '../config/image-range.js'
import type { KernelMemory } from '../memory/kernel-memory.js'
import { partitionFrames, RAM_BASE } from '../memory/physical-map.js'
import type { HaltReason } from '../recovery/halt.js'
import { knownSignatureHolds, leastRevision, signatureHolds } from './configuration-authority.js'
import { knownAnswerHolds, measurementsHold } from './measure.js'
import { testAndClear } from './memory-test.js'

/** `configuration` is decoded only after its bytes were measured; `undefined` from it: no vector of this format. */
export function powerOn(
  memory: KernelMemory,
  hostedDigest: Uint8Array,
  configuration: () => Configuration | undefined,
): HaltReason | undefined {
  if (!knownAnswerHolds() || !knownSignatureHolds()) return 'boot-self-test'
  if (!measurementsHold(memory, hostedDigest)) return 'boot-measurement'
  if (!signatureHolds(memory)) return 'boot-measurement'
  const decoded = configuration()
  if (decoded === undefined) return 'boot-measurement'
  if (decoded.revision < leastRevision(memory)) return 'boot-rollback'
  const bad = unmeasured(decoded).map((range) => testAndClear(memory, range))
  return bad.some((page) => page !== undefined) ? 'boot-self-test' : undefined
}

function unmeasured(configuration: Configuration): readonly MemoryRange[] {
  const { kernelData } = configuration
  const images = imageRange(configuration)
  const frames = partitionFrames(configuration)
  const afterImages = images.address + images.bytes
  return [
    // The crash record keeps what it holds over a reset; no partition reaches it.
    { address: kernelData.address + PAGE_BYTES, bytes: kernelData.bytes - PAGE_BYTES },
    { address: frames, bytes: images.address - frames },
    { address: afterImages, bytes: RAM_BASE + configuration.ramBytes - afterImages },
  ]
}
