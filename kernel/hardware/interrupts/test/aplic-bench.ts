/** An APLIC of two domains with two harts, and the names of its registers: what the specs of this room share. */
import { invariant } from '../../../common/errors.js'
import { AplicDomain } from '../aplic-domain.js'
import { AplicIdc } from '../aplic-idc.js'

export const [DOMAINCFG, MMSIADDRCFG, MMSIADDRCFGH, SETIP, SETIPNUM, IN_CLRIP, CLRIPNUM] = [
  0, 0x1bc0, 0x1bc4, 0x1c00, 0x1cdc, 0x1d00, 0x1ddc,
]
export const [SETIE, SETIENUM, CLRIE, CLRIENUM, SETIPNUM_LE, SETIPNUM_BE, GENMSI] = [0x1e00, 0x1edc, 0x1f00, 0x1fdc, 0x2000, 0x2004, 0x3000]
export const [IDELIVERY, IFORCE, ITHRESHOLD, TOPI, CLAIMI] = [0, 4, 8, 0x18, 0x1c]
export const sourcecfg = (source: number): number => 4 * source
export const target = (source: number): number => GENMSI + 4 * source
export const idc = (hart: number, register: number): number => 0x4000 + 32 * hart + register

export const [DETACHED, EDGE1, EDGE0, LEVEL1, LEVEL0, DELEGATE] = [1, 4, 5, 6, 7, 0x400]
export const [IE, DM] = [0x100, 4]
export const MODES = { DETACHED, EDGE1, EDGE0, LEVEL1, LEVEL0 }

export interface AplicBench {
  readonly root: AplicDomain
  readonly child: AplicDomain
  /** Level of each hart's line, of the root domain. */
  readonly lines: boolean[]
  readonly sent: (readonly number[])[]
  readonly store: (offset: number, value: number) => void
  readonly load: (offset: number) => number
  readonly drive: (source: number, wire: boolean) => void
}

/** A root domain of 40 sources and two harts, and its child. */
export function bench(messages = false): AplicBench {
  const lines = [false, false]
  const sent: (readonly number[])[] = []
  const idcs = lines.map((_, hart) => new AplicIdc({ set: (level) => (lines[hart] = level) }))
  const send = messages ? (...message: readonly number[]): void => void sent.push(message) : undefined
  const root = new AplicDomain({ name: 'root', sources: 40, idcs, guests: false, send })
  const unconnected = lines.map(() => new AplicIdc({ set: () => undefined }))
  const child = new AplicDomain({ name: 'child', sources: 40, idcs: unconnected, guests: true, send, parent: root })
  const load = (offset: number): number => Number(root.load(offset, 4))
  const store = (offset: number, value: number): void => invariant(root.store(offset, 4, BigInt(value >>> 0)), `store at ${offset} refused`)
  const drive = (source: number, wire: boolean): void => [root, child].forEach((domain) => domain.drive(source, wire))
  return { root, child, lines, sent, load, store, drive }
}

/** Source 5 enabled in a mode, for hart 1 with priority 3, or as message 0x55. */
export function configured(mode: number, messages = false): AplicBench {
  const wired = bench(messages)
  wired.store(DOMAINCFG, messages ? IE | DM : IE)
  wired.store(sourcecfg(5), mode)
  wired.store(target(5), (1 << 18) | (messages ? 0x55 : 3))
  wired.store(idc(1, IDELIVERY), 1)
  wired.store(SETIENUM, 5)
  return wired
}
export const pending = ({ load }: AplicBench): boolean => ((load(SETIP) >>> 5) & 1) === 1
