/** `‹U+202E›`: what is printed for a character that cannot be shown as itself. Unicode Standard, "Code Points and Characters". */
export function characterNumber(character: string): string {
  return `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`
}
