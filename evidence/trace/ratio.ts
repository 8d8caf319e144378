/** A share as it may be printed: with numerator and denominator; a percentage is rounded down, so that 100 % means all. */
import type { Ratio } from '../model/view-parts.js'

export function ratio(covered: number, total: number): Ratio {
  const tenths = total === 0 ? 0 : Math.floor((covered * 1000) / total)
  const percent = total === 0 ? 'none' : `${Math.floor(tenths / 10)}.${tenths % 10} %`
  return { covered, total, text: total === 0 ? 'nothing to count' : `${covered} of ${total}`, percent }
}
