/**
 * Commands, 16 bytes each, from software to the IOMMU; each is complete before the next is fetched.
 * RISC-V IOMMU, "Command-Queue (CQ)", "Command-queue CSR (`cqcsr`)".
 */
import type { IommuMemory } from './iommu-memory.js'
import { IommuQueue, QUEUE_INTERRUPT_ENABLE, QUEUE_MEMORY_FAULT } from './iommu-queue.js'
import type { TranslationCache } from './translation-cache.js'

const CMD_TO = 1 << 9
const CMD_ILL = 1 << 10
const FENCE_W_IP = 1 << 11
/** What stops the queue until software clears it. */
const STOPPED = QUEUE_MEMORY_FAULT | CMD_TO | CMD_ILL
const COMMAND_BYTES = 16

/** Opcode and func3. */
const IOTINVAL_VMA = 1
const IOTINVAL_GVMA = 1 | (1 << 7)
const IOFENCE_C = 2
const IODIR_INVAL_DDT = 3
const IODIR_INVAL_PDT = 3 | (1 << 7)

/** Reserved bits of both doublewords; NL and S of IOTINVAL are among them, for `capabilities` lacks both. */
const IOTINVAL_RESERVED = [(1n << 11n) | (0x3ffn << 34n) | (0xfn << 60n), 0x3ffn | (3n << 62n)] as const
const IOFENCE_RESERVED = [0x3ffffn << 14n, 3n << 62n] as const
const IODIR_RESERVED = [(3n << 10n) | (1n << 32n) | (0x3fn << 34n), -1n] as const
const IODIR_PID = 0xf_ffffn << 12n

/** Operand bits of the first doubleword. */
const AV = 1n << 10n
const WSI = 1n << 11n
const PSCV = 1n << 32n
const GV = 1n << 33n
const DV = 1n << 33n

type Outcome = 'done' | 'illegal' | 'memory-fault'

export interface CommandTargets {
  readonly memory: IommuMemory
  readonly cache: TranslationCache
  /** fctl.WSI. */
  readonly wired: () => boolean
  /** Whether a device_id fits ddtp.iommu_mode. */
  readonly wideEnough: (device: number) => boolean
  /** A condition for which `cip` is set. */
  readonly interrupt: () => void
}

export class CommandQueue {
  readonly queue = new IommuQueue(COMMAND_BYTES, STOPPED | FENCE_W_IP)

  constructor(private readonly targets: CommandTargets) {}

  writeControl(value: number): void {
    if (this.queue.writeControl(value)) this.queue.head = 0
    this.run()
  }

  /** Sets `cip` again while its cause stands and is enabled. */
  signal(): void {
    const { csr } = this.queue
    if ((csr & QUEUE_INTERRUPT_ENABLE) !== 0 && (csr & (STOPPED | FENCE_W_IP)) !== 0) this.targets.interrupt()
  }

  /** Executes what lies between head and tail. */
  run(): void {
    const { queue } = this
    while (queue.on && (queue.csr & STOPPED) === 0 && queue.head !== queue.tail) {
      const words = this.targets.memory.loadDoublewords(queue.addressOf(queue.head), 2)
      const outcome = words === undefined ? 'memory-fault' : this.execute(words[0] ?? 0n, words[1] ?? 0n)
      if (outcome === 'done') queue.head += 1
      else queue.csr |= outcome === 'illegal' ? CMD_ILL : QUEUE_MEMORY_FAULT
    }
    this.signal()
  }

  private execute(first: bigint, second: bigint): Outcome {
    const reserved = (bits: readonly [bigint, bigint]): boolean => (first & bits[0]) !== 0n || (second & bits[1]) !== 0n
    switch (Number(first & 0x3ffn)) {
      case IOTINVAL_VMA:
        return reserved(IOTINVAL_RESERVED) ? 'illegal' : this.invalidateFirstStage(first, second)
      case IOTINVAL_GVMA:
        return reserved(IOTINVAL_RESERVED) ? 'illegal' : this.invalidateSecondStage(first, second)
      case IOFENCE_C:
        return reserved(IOFENCE_RESERVED) ? 'illegal' : this.fence(first, second)
      case IODIR_INVAL_DDT:
        return reserved(IODIR_RESERVED) || (first & IODIR_PID) !== 0n ? 'illegal' : this.invalidateDevice(first)
      case IODIR_INVAL_PDT:
        return reserved(IODIR_RESERVED) ? 'illegal' : this.invalidateProcess(first)
      default:
        return 'illegal'
    }
  }

  private invalidateFirstStage(first: bigint, second: bigint): Outcome {
    const { gscid, page } = operands(first, second)
    const pscid = (first & PSCV) === 0n ? undefined : Number((first >> 12n) & 0xf_ffffn)
    this.targets.cache.invalidateFirstStage({ gscid, pscid, page })
    return 'done'
  }

  private invalidateSecondStage(first: bigint, second: bigint): Outcome {
    if ((first & PSCV) !== 0n) return 'illegal'
    this.targets.cache.invalidateSecondStage(operands(first, second))
    return 'done'
  }

  /** Transactions and commands are complete one by one, so there is nothing to wait for. */
  private fence(first: bigint, second: bigint): Outcome {
    const { memory, wired } = this.targets
    const wsi = (first & WSI) !== 0n
    if (wsi && !wired()) return 'illegal'
    if ((first & AV) !== 0n && !memory.store32(second << 2n, Number(first >> 32n))) return 'memory-fault'
    if (wsi) this.queue.csr |= FENCE_W_IP
    return 'done'
  }

  private invalidateDevice(first: bigint): Outcome {
    const { cache, wideEnough } = this.targets
    const device = (first & DV) === 0n ? undefined : Number(first >> 40n)
    if (device !== undefined && !wideEnough(device)) return 'illegal'
    cache.invalidateDevice(device)
    return 'done'
  }

  private invalidateProcess(first: bigint): Outcome {
    const { cache, wideEnough } = this.targets
    const device = Number(first >> 40n)
    if ((first & DV) === 0n || !wideEnough(device)) return 'illegal'
    cache.invalidateProcess(device, Number((first & IODIR_PID) >> 12n))
    return 'done'
  }
}

/** GSCID and the page of ADDR, where GV and AV say that they are valid. */
function operands(first: bigint, second: bigint): { readonly gscid: number | undefined; readonly page: bigint | undefined } {
  return {
    gscid: (first & GV) === 0n ? undefined : Number((first >> 44n) & 0xffffn),
    page: (first & AV) === 0n ? undefined : (second >> 10n) & ((1n << 52n) - 1n),
  }
}
