/**
 * A regular expression that is made when it is first used: one with classes of Unicode takes milliseconds, and the sources of formats are
 * loaded to recognise a file of any of them.
 */
export function latePattern(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined
  return () => (made ??= new RegExp(source, flags))
}
