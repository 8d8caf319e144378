/**
 * Steps of a test by what they are for: what is set up, what is done, what is expected. Gherkin, "Keywords": `And`, `But` and `*` go
 * on with what stands before. Keywords of other languages are not judged: their steps keep their order under `procedure`.
 */
export interface TestPhases<Step> {
  readonly initial: readonly Step[]
  readonly stimuli: readonly Step[]
  readonly expected: readonly Step[]
  readonly procedure: readonly Step[]
}

type Phase = keyof TestPhases<never>

const phases: Readonly<Record<string, Phase>> = { given: 'initial', before: 'initial', when: 'stimuli', then: 'expected' }
const goesOn: ReadonlySet<string> = new Set(['and', 'but', '*'])

export function testPhases<Step>(steps: readonly Step[], keywordOf: (step: Step) => string): TestPhases<Step> {
  const found: Record<Phase, Step[]> = { initial: [], stimuli: [], expected: [], procedure: [] }
  let phase: Phase = 'procedure'
  for (const step of steps) {
    const keyword = keywordOf(step).trim().toLowerCase()
    if (!goesOn.has(keyword)) phase = phases[keyword] ?? 'procedure'
    found[phase].push(step)
  }
  return found
}
