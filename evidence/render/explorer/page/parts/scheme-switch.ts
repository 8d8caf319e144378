/** Light or dark: what the system says until the reader says otherwise. */
import { element } from './element.js'
import { preference, setPreference } from './preferences.js'

/** Before the page is drawn, so that it never changes before the reader's eyes. */
export function applyScheme(): void {
  const scheme = preference('scheme')
  if (scheme === 'light' || scheme === 'dark') document.documentElement.dataset['scheme'] = scheme
}

export function schemeSwitch(): HTMLElement {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const dark = (): boolean => (document.documentElement.dataset['scheme'] ?? (system.matches ? 'dark' : 'light')) === 'dark'
  const toggle = element('button', { type: 'button', class: 'tool' }, 'Dark')
  const show = (): void => toggle.setAttribute('aria-pressed', String(dark()))
  toggle.addEventListener('click', () => {
    const next = dark() ? 'light' : 'dark'
    document.documentElement.dataset['scheme'] = next
    setPreference('scheme', next)
    show()
  })
  system.addEventListener('change', show)
  show()
  return toggle
}
