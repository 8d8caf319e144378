/** Words of the pack, for a reader who meets it alone. */
import type { NamedText } from '../model/view-parts.js'

export const glossary: readonly NamedText[] = [
  {
    name: 'catalogue element',
    text: 'The smallest requirement of the protection profile, for instance FDP_IFF.1.2. Verdicts are given per element and method.',
  },
  { name: 'closed', text: 'Every verification method the catalogue names for the element has a current artefact that passed.' },
  { name: 'comparison', text: 'One expected value of a scenario held against one observed value, with the source of the observation.' },
  {
    name: 'derived requirement',
    text: 'What this system shall do so that an element holds; id and revision, for instance flow.deny-by-default~1.',
  },
  {
    name: 'interface entry (TSFI)',
    text: 'A call, trap, interrupt, format or boot input of the system under test, with every outcome it can have.',
  },
  { name: 'model cycles', text: 'Time on the modelled machine: retired instructions plus declared charges. Not time on silicon.' },
  { name: 'no verdict', text: 'A scenario that compared nothing, or a requirement none of whose scenarios passed or failed.' },
  { name: 'not run', text: 'A scenario that was listed and that nothing executed.' },
  { name: 'orphan', text: 'A scenario that names no requirement.' },
  { name: 'partial', text: 'Some scenarios passed, and a scenario or a derived requirement that is needed has not.' },
  { name: 'stale', text: 'An artefact whose file is no longer the one it was made for; a justification of a gap that is no longer there.' },
  { name: 'unconfirmed', text: 'Not compared with the published text of the profile.' },
]
