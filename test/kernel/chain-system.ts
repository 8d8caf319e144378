/** A booted chain of partitions, in memory that grows with it, and what its boot cost in model cycles. */
import { compileSystem } from '../../kernel/separation/config/compiler/compile.js'
import { BulkheadSystem } from '../../kernel/testbench/bulkhead-system.js'
import { readPolicy } from '../../kernel/testbench/oracle/policy.js'
import { chainOfPartitions } from './chain-of-partitions.js'

/** Memory of one partition, its image and the records of the kernel for it, rounded up; and of the kernel itself. */
const KIB_PER_PARTITION = 40
const MIB_FIXED = 2

export interface BootedChain {
  readonly system: BulkheadSystem
  /** From power-on to the secure state. */
  readonly bootCycles: number
}

export function bootChain(count: number): BootedChain {
  const memory = MIB_FIXED + Math.ceil((count * KIB_PER_PARTITION) / 1024)
  const text = chainOfPartitions(count).replace(/memory: \d+ MiB/u, `memory: ${memory} MiB`)
  const system = new BulkheadSystem(
    { ...compileSystem('chain.yaml', text), policy: readPolicy(text), policyText: text },
    { engine: 'interpreter', amnesia: false },
  )
  system.load('partition-0000', SENDING)
  system.boot()
  const secure = system.observe({ kind: 'audit' }).find(({ event }) => event === 'SECURE_STATE')
  return { system, bootCycles: secure?.time ?? Number.NaN }
}

/** The first one sends to the second; all the others spin. */
const SENDING = `
  li   a7, PORT_SEND
  li   a0, CAP_LINK_0
  li   a1, DATA
  li   a2, 32
  ecall
1: j 1b
`
