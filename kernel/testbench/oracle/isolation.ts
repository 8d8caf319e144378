/**
 * Judges what every partition can reach against the policy: as much private memory as the policy gives it, nothing of the kernel,
 * nothing of another partition but the regions both share, each with the permission the policy names. SKPP FDP_IFC.2, FPT_SEP.3.
 */
import type { Policy } from './policy.js'
import type { RawMemory } from './raw-memory.js'
import { reachableMemory, type ReachablePage } from './reachable-memory.js'
import type { SystemMap } from './system-map.js'

const CONSOLE = 0x1000_0000
const RAM = 0x8000_0000
/** The kernel's stub, vector and data end here; partition frames follow. */
const KERNEL_END = 0x8010_0000

/** One line for each way in which a partition reaches other memory than the policy says; empty when there is none. */
export function judgeIsolation(memory: RawMemory, map: SystemMap, policy: Policy): readonly string[] {
  const reached = new Map(map.partitions.map(({ name, root }) => [name, reachableMemory(memory, root)]))
  const findings = policy.partitions.flatMap((partition) => judgeOne(partition.name, reached.get(partition.name) ?? [], map, policy))
  return [...findings, ...overlaps(reached, policy)]
}

function judgeOne(name: string, pages: readonly ReachablePage[], map: SystemMap, policy: Policy): readonly string[] {
  const own = policy.partitions.find((partition) => partition.name === name)
  const kernel = pages.filter(({ physical }) => physical < KERNEL_END && physical >= RAM)
  const images = pages.filter((page) => map.partitions.some(({ image }) => inside(page, image)))
  const devices = pages.filter(({ physical }) => physical < RAM)
  const both = pages.filter(({ write, execute }) => write && execute)
  const devicesAllowed =
    own?.console === true ? devices.every(({ physical }) => physical === CONSOLE) && devices.length === 1 : devices.length === 0
  return [
    ...kernel.map((page) => `${name} reaches memory of the kernel at ${hex(page)}`),
    ...images.map((page) => `${name} reaches a pristine image at ${hex(page)}`),
    ...both.map((page) => `${name} may write and execute ${hex(page)}`),
    ...(devicesAllowed ? [] : [`${name} reaches ${devices.length} device pages`]),
    ...amounts(name, pages, policy),
  ]
}

function amounts(name: string, pages: readonly ReachablePage[], { partitions, shared }: Policy): readonly string[] {
  const own = partitions.find((partition) => partition.name === name)
  const written = shared.filter(({ write }) => write.includes(name)).reduce((sum, { size }) => sum + size, 0)
  const onlyRead = shared.filter(({ read, write }) => read.includes(name) && !write.includes(name)).reduce((sum, { size }) => sum + size, 0)
  const ram = pages.filter(({ physical }) => physical >= RAM)
  const total = (some: readonly ReachablePage[]): number => some.reduce((sum, { bytes }) => sum + bytes, 0)
  const expected = [
    ['executable', total(ram.filter(({ execute }) => execute)), own?.code ?? 0],
    ['writable', total(ram.filter(({ write }) => write)), (own?.data ?? 0) + written],
    ['readable only', total(ram.filter(({ write, execute }) => !write && !execute)), onlyRead],
  ] as const
  return expected
    .filter(([, found, allowed]) => found !== allowed)
    .map(([kind, found, allowed]) => `${name} has ${found} bytes ${kind}, the policy gives ${allowed}`)
}

/** Physical pages that two partitions reach: as many as they share by the policy, and never one that both own privately. */
function overlaps(reached: ReadonlyMap<string, readonly ReachablePage[]>, { partitions, shared }: Policy): readonly string[] {
  const names = partitions.map(({ name }) => name)
  return names.flatMap((a, index) =>
    names.slice(index + 1).flatMap((b) => {
      const pages = new Set((reached.get(a) ?? []).map(({ physical }) => physical))
      const common = (reached.get(b) ?? []).filter(({ physical }) => pages.has(physical)).reduce((sum, { bytes }) => sum + bytes, 0)
      const uses = (region: Policy['shared'][number], name: string): boolean => region.write.includes(name) || region.read.includes(name)
      const allowed = shared.filter((region) => uses(region, a) && uses(region, b)).reduce((sum, { size }) => sum + size, 0)
      return common === allowed ? [] : [`${a} and ${b} both reach ${common} bytes, the policy lets them share ${allowed}`]
    }),
  )
}

const inside = ({ physical }: ReachablePage, { address, bytes }: { readonly address: number; readonly bytes: number }): boolean =>
  physical >= address && physical < address + bytes

const hex = ({ physical }: ReachablePage): string => `0x${physical.toString(16)}`
