/**
 * The kernel as the hosted routines that its machine code calls. With `amnesia` the kernel's constants are read from the
 * configuration vector again at every trap: nothing that matters may live in an object.
 */
import { BOOT_CHARGE, TRAP_ROUTINE_CHARGE } from './scheduler/charges.js'
import type { HostedPort, HostedRoutine, HostedTable } from '../common/hosted-port.js'
import { initialise } from './boot/initialise.js'
import { powerOn } from './boot/power-on.js'
import { KCALL_INITIALISE, KCALL_MEASURE, KCALL_TRAP } from './boot/trap-stub.js'
import type { Configuration } from './config/configuration.js'
import { LARGEST_VECTOR } from './config/limits.js'
import { decodeVector, VECTOR_HEADER_BYTES, vectorLength } from './config/vector.js'
import { kernelLayout, type KernelLayout } from './memory/kernel-layout.js'
import { DIRECT_MAP, KernelIntegrityError, KernelMemory } from './memory/kernel-memory.js'
import { failSecure, failure, type HaltReason } from './recovery/halt.js'
import { timelines, type Timeline } from './scheduler/timeline.js'
import { handleTrap } from './trap.js'

export interface KernelPlatform {
  /** The first bytes of the vector's area of physical memory: constants, so reading it charges nothing. PMP keeps it from changing. */
  readonly readVector: (bytes: number) => Uint8Array
  /** SHA-256 over the hosted kernel code, as the platform states it. */
  readonly hostedDigest: Uint8Array
  readonly amnesia: boolean
}

interface Constants {
  readonly configuration: Configuration
  readonly layout: KernelLayout
  readonly timelines: readonly Timeline[]
}

const A0 = 10

export function kernelRoutines(platform: KernelPlatform): HostedTable {
  const { hostedDigest } = platform
  const constants = constantsOf(platform)
  const kernel = (port: HostedPort, base: number) => {
    const known = constants()
    return known === undefined ? undefined : { ...known, port, hostedDigest, memory: new KernelMemory(port, base) }
  }
  const crash = (): number | undefined => constants()?.layout.crash
  const hosted = (number: number, name: string, charge: number, run: (port: HostedPort) => HaltReason | undefined) =>
    routine(number, name, charge, run, crash)
  const routines: readonly (readonly [number, HostedRoutine])[] = [
    hosted(KCALL_MEASURE, 'measure', BOOT_CHARGE, (port) => {
      const refused = powerOn(new KernelMemory(port, 0), hostedDigest, () => constants()?.configuration)
      port.setX(A0, refused === undefined ? 0n : BigInt(failure(refused)))
      return undefined
    }),
    hosted(KCALL_INITIALISE, 'initialise', BOOT_CHARGE, (port) => {
      const booting = kernel(port, 0)
      return booting === undefined ? 'boot-measurement' : initialise(booting)
    }),
    hosted(KCALL_TRAP, 'trap', TRAP_ROUTINE_CHARGE, (port) => {
      const running = kernel(port, DIRECT_MAP)
      if (running === undefined) return 'integrity'
      handleTrap(running)
      return undefined
    }),
  ]
  return { kcall: new Map(routines), ucall: new Map() }
}

/** A routine that fails, or finds that it cannot reach its own memory, halts the module. */
function routine(
  number: number,
  name: string,
  charge: number,
  run: (port: HostedPort) => HaltReason | undefined,
  crash: () => number | undefined,
): readonly [number, HostedRoutine] {
  const guarded = (port: HostedPort): void => {
    const reason = guard(() => run(port))
    if (reason !== undefined) failSecure(port, reason, crash())
  }
  return [number, { name, charge, run: guarded }]
}

function guard(run: () => HaltReason | undefined): HaltReason | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof KernelIntegrityError) return 'integrity'
    throw error
  }
}

function constantsOf({ readVector, amnesia }: KernelPlatform): () => Constants | undefined {
  let kept: Constants | undefined
  return () => {
    if (kept !== undefined && !amnesia) return kept
    const length = vectorLength(readVector(VECTOR_HEADER_BYTES))
    const vector = length === undefined || length > LARGEST_VECTOR ? undefined : decodeVector(readVector(length))
    kept =
      vector?.ok === true
        ? { configuration: vector.value, layout: kernelLayout(vector.value), timelines: timelines(vector.value) }
        : undefined
    return kept
  }
}
