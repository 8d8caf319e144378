/** The registers people sign for: deviations, coverage justifications, artefacts of analysis and inspection, caveats. */
import type { AssuranceArtefact, CoverageJustification, Deviation, MethodArtefact } from '../model/deviation.js'
import { EvidenceError, type SourcePlace } from '../model/errors.js'
import type { LineRange } from '../model/module-coverage.js'
import type { Loaded } from './loaded.js'
import type { WrittenJustification, WrittenShapes } from './written-shapes.js'

/** @throws EvidenceError `schema-violation` for a day that does not exist or an expiry before the date. */
export function loadDeviations(loaded: Loaded<WrittenShapes['deviations']>): readonly Deviation[] {
  loaded.each(['deviations'], loaded.value.deviations, (deviation, at) => {
    loaded.ids.define('deviation', deviation.id, at(['id']))
    deviation.concerns.forEach((id, k) => loaded.ids.refer(['element', 'derived requirement'], id, at(['concerns', k])))
    checkDay(deviation.date, at(['date']))
    checkDay(deviation.expires, at(['expires']))
    if (deviation.expires < deviation.date)
      throw new EvidenceError('schema-violation', at(['expires']), `${deviation.id} expires before it is made`, 'correct one of the days')
  })
  return loaded.value.deviations
}

export function loadJustifications(loaded: Loaded<WrittenShapes['justifications']>): CoverageJustification[] {
  const { justifications } = loaded.value
  loaded.each(['justifications'], justifications, (written, at) => {
    loaded.ids.define('justification', written.id, at(['id']))
    checkDay(written.date, at(['date']))
    const range = rangeOf(written)
    if (range !== null && range.last < range.first)
      throw new EvidenceError('schema-violation', at(['lines']), `${written.id}: the range ends before it begins`, 'write first-last')
  })
  return justifications.map((written) => ({ ...written, lines: rangeOf(written), function: written.function ?? null }))
}

export function loadArtefacts(loaded: Loaded<WrittenShapes['artefacts']>): readonly MethodArtefact[] {
  loaded.each(['artefacts'], loaded.value.artefacts, (artefact, at) => {
    loaded.ids.define('artefact', artefact.id, at(['id']))
    loaded.ids.refer(['element', 'derived requirement'], artefact.element, at(['element']))
    checkDay(artefact.date, at(['date']))
  })
  return loaded.value.artefacts
}

export function loadAssuranceArtefacts(loaded: Loaded<WrittenShapes['assurance-artefacts']>): readonly AssuranceArtefact[] {
  loaded.each(['artefacts'], loaded.value.artefacts, ({ assurance, state, missing }, at) => {
    loaded.ids.define('assurance artefact', assurance, at(['assurance']))
    loaded.ids.refer(['assurance component'], assurance, at(['assurance']))
    if ((state === 'provided') !== (missing === 'none'))
      throw new EvidenceError(
        'schema-violation',
        at(['missing']),
        `${assurance} is ${state} and missing reads "${missing}"`,
        'write "none" for provided only',
      )
  })
  return loaded.value.artefacts
}

export function loadCaveats(loaded: Loaded<WrittenShapes['caveats']>): WrittenShapes['caveats'] {
  loaded.each(['caveats'], loaded.value.caveats, ({ id }, at) => loaded.ids.define('caveat', id, at(['id'])))
  loaded.each(['carryOver'], loaded.value.carryOver, ({ component }, at) => {
    loaded.ids.define('carry-over', component, at(['component']))
    loaded.ids.refer(['component'], component, at(['component']))
  })
  return loaded.value
}

function rangeOf({ lines }: WrittenJustification): LineRange | null {
  if (lines === undefined) return null
  const [first = lines, last = first] = lines.split('-')
  return { first: Number(first), last: Number(last) }
}

/** ISO 8601 calendar day; 2026-02-30 is none. */
function checkDay(day: string, place: SourcePlace): void {
  const time = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
    throw new EvidenceError('schema-violation', place, `${day} is no calendar day`, 'write year-month-day')
}
