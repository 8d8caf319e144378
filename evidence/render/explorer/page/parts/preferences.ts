/** What the reader chose for this browser: light or dark, and whether single keys act. A browser that keeps nothing forgets it. */
type Preference = 'scheme' | 'keys'

export function preference(name: Preference): string | null {
  try {
    return window.localStorage.getItem(`explorer-${name}`)
  } catch {
    return null
  }
}

export function setPreference(name: Preference, value: string): void {
  try {
    window.localStorage.setItem(`explorer-${name}`, value)
  } catch {
    // It holds until the page is closed.
  }
}
