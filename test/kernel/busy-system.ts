/**
 * Shipped systems with every partition at work: each fills its data with a pattern of its own, uses everything it was given, and
 * copies what it can read. So a flow that nobody configured leaves one partition's pattern in another's memory.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { projectRoot } from '../../bin/project.js'
import { BulkheadSystem, type BulkheadOptions } from '../../kernel/testbench/bulkhead-system.js'
import { compileNamed } from '../../kernel/testbench/open-system.js'

const SYSTEMS = 'kernel/testbench/systems'
const PAGE = 4096

export const SYSTEM_NAMES: readonly string[] = readdirSync(join(projectRoot, SYSTEMS))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length))
  .sort()

export function busySystem(name: string, options: BulkheadOptions): BulkheadSystem {
  const { configuration } = compileNamed(name)
  const system = new BulkheadSystem(compileNamed(name), options)
  configuration.partitions.forEach((partition, id) => system.load(partition.name, busyProgram(name, id)))
  return system
}

/** The 8 bytes that a partition writes everywhere, as they lie in memory. */
export function patternOf(partition: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, pattern(partition), true)
  return bytes
}

const pattern = (partition: number): bigint => 0x5eed_ab1e_c0de_0100n + BigInt(partition)

/** Flows between different partitions that the policy lists, read from the text that a person wrote. */
export function listedFlows(name: string): ReadonlySet<string> {
  const text = parse(readFileSync(join(projectRoot, SYSTEMS, `${name}.yaml`), 'utf8')) as {
    readonly policy?: { readonly flows: readonly { readonly from: string; readonly to: string }[] }
  }
  return new Set((text.policy?.flows ?? []).map(({ from, to }) => `${from} ${to}`))
}

function busyProgram(name: string, id: number): string {
  const { partitions, ports } = compileNamed(name).configuration
  const { data, capabilities } = partitions[id] ?? { data: { bytes: 0 }, capabilities: [] }
  const pages = data.bytes / PAGE
  const uses = capabilities.flatMap((capability, slot) => {
    const call = (number: string, ...args: readonly string[]): string =>
      [`li a7, ${number}`, `li a0, ${slot}`, ...args, 'ecall'].join('\n  ')
    if (capability.kind === 'notification') return [call('NOTIFY', 'li a1, 1')]
    if (capability.kind === 'partition') return [call('PART_STAT')]
    const bytes = ports[capability.object]?.messageBytes ?? 0
    return [
      ...(capability.send ? [call('PORT_SEND', 'li a1, DATA', `li a2, ${bytes}`)] : []),
      call('PORT_STAT'),
      // A refused call counts towards an alarm: nothing is received where there is nothing.
      ...(capability.receive ? ['beqz a1, 4f', call('PORT_RECV', `li a1, DATA + 2048 + ${slot * 64}`, 'li a2, 64'), '4:'] : []),
    ]
  })
  return `
  li s0, ${pattern(id)}
  li s2, 0
again:
  addi s2, s2, 1
  li t0, DATA + 1536
  sd s2, 0(t0)                         # how far it got
  li t0, DATA
  li t1, DATA + 256                    # what is sent
1: sd s0, 0(t0)
  addi t0, t0, 8
  bltu t0, t1, 1b
  li s1, ${pages}                      # one word of each page read, copied, and written
  li t0, DATA + 512
  li t1, DATA + 1024
  li t3, 4096
2: ld t2, 0(t0)
  sd t2, 0(t1)
  sd s0, 0(t0)
  add t0, t0, t3
  addi t1, t1, 8
  addi s1, s1, -1
  bnez s1, 2b
  ${uses.join('\n  ')}
  li a7, TIME
  ecall
  li t0, 700                           # most of the time nobody calls the kernel
3: addi t0, t0, -1
  bnez t0, 3b
  j again
`
}
