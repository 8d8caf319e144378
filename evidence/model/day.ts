/** Days of the calendar as ISO 8601 writes them, so that their order is that of their text. */

/** 2026-02-30 is none. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
