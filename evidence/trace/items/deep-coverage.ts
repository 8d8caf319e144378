/**
 * Coverage of an item together with everything below it (OpenFastTrace user guide, "Deep coverage"). An item that needs no test of its
 * own is as covered as what is below it. Iterative, so that a chain of any length fits: O(items + links).
 */
import type { RequirementVerdict, TracedRequirement } from '../../items/traced-set.js'

type Deep = TracedRequirement['deep']

export interface DeepCoverage {
  readonly deep: readonly Deep[]
  /** Items whose links lead back to themselves: their deep coverage counts as uncovered. */
  readonly cycles: readonly number[]
}

const own: Readonly<Record<RequirementVerdict, Deep>> = {
  passed: 'covered',
  failed: 'uncovered',
  uncovered: 'uncovered',
  stale: 'uncovered',
  partial: 'partial',
  justified: 'justified',
  'not-required': 'not-required',
}

const [unseen, open, done] = [0, 1, 2]

export function deepCoverage(verdicts: readonly RequirementVerdict[], below: readonly (readonly number[])[]): DeepCoverage {
  const deep: Deep[] = verdicts.map((verdict) => own[verdict])
  const state = new Uint8Array(verdicts.length)
  const cycles: number[] = []
  for (let root = 0; root < verdicts.length; root++) {
    if (state[root] !== unseen) continue
    const stack = [{ at: root, next: 0 }]
    state[root] = open
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = below[top.at]?.[top.next++]
      if (child === undefined) {
        deep[top.at] = combine(deep[top.at] ?? 'uncovered', below[top.at] ?? [], deep)
        state[top.at] = done
        stack.pop()
      } else if (state[child] === unseen) {
        state[child] = open
        stack.push({ at: child, next: 0 })
      } else if (state[child] === open) {
        cycles.push(child)
        deep[child] = 'uncovered'
      }
    }
  }
  return { deep, cycles: [...new Set(cycles)].sort((a, b) => a - b) }
}

/** All covered: covered. All covered or justified: justified. None of them: uncovered. Anything between: partial. */
function combine(mine: Deep, below: readonly number[], deep: readonly Deep[]): Deep {
  if (below.length === 0) return mine
  let [total, covered, justified, touched] = [0, 0, 0, 0]
  const count = (value: Deep): void => {
    if (value === 'not-required') return
    total++
    if (value === 'covered') covered++
    if (value === 'justified') justified++
    if (value !== 'uncovered') touched++
  }
  count(mine)
  for (const at of below) count(deep[at] ?? 'uncovered')
  if (total === 0) return 'not-required'
  if (covered === total) return 'covered'
  if (covered + justified === total) return 'justified'
  return touched === 0 ? 'uncovered' : 'partial'
}
