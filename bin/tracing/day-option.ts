/** `--as-of DAY`: the day by which what expires is judged. A command reads no clock: without it nothing is judged by date. */
import { UsageError, type Invocation } from '../command.js'

export function dayOf(invocation: Invocation): string | null {
  const text = invocation.text('as-of')
  if (text === undefined) return null
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(text) : NaN
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text
  throw new UsageError(`--as-of ${JSON.stringify(text)}: not a day such as 2026-01-31`)
}
