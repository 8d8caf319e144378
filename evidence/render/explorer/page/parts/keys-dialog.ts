/** The keys, and the switch that turns single keys off (WCAG 2.2, "Character Key Shortcuts"). */
import { button, element } from './element.js'
import { preference, setPreference } from './preferences.js'

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'search the list'],
  ['j', 'next row'],
  ['k', 'previous row'],
  ['↓', 'next row, in the list'],
  ['↑', 'previous row, in the list'],
  ['Enter', 'read the item'],
  ['Esc', 'back to the list; in the search: empty it'],
  ['?', 'these keys'],
]

export function singleKeysAct(): boolean {
  return preference('keys') !== 'off'
}

export function keysDialog(): HTMLDialogElement {
  const rows = KEYS.flatMap(([key, meaning]) => [element('dt', {}, element('kbd', {}, key)), element('dd', {}, meaning)])
  const act = element('input', { type: 'checkbox' })
  act.checked = singleKeysAct()
  act.addEventListener('change', () => setPreference('keys', act.checked ? 'on' : 'off'))
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keys'),
    element('dl', { class: 'keys' }, ...rows),
    element('p', {}, element('label', {}, act, ' Single keys (/ j k ?) act')),
  )
  dialog.append(button('Close', () => dialog.close()))
  return dialog
}
