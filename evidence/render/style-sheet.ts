/** The style sheet of the HTML report: the theme's colours and font stacks as custom properties, light and dark, before the rules. */
import type { Palette, Theme } from './theme.js'

export function styleSheet(theme: Theme, rules: string): string {
  const properties = (palette: Palette): string =>
    Object.entries(palette)
      .map(([name, colour]) => `--${name}:${colour}`)
      .join(';')
  const { text, mono } = theme.stacks
  return [
    `:root{color-scheme:light dark;--text:${text};--mono:${mono};${properties(theme.light)}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${properties(theme.dark)}}}`,
    rules,
  ]
    .join('\n')
    .replace(/<\//g, '<\\/')
}
