/** Lower-case Roman numerals, as the pages before the body are numbered. ISO 32000-1, "Page labels", style `r`. */
const signs = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
] as const

export function romanNumber(value: number): string {
  let left = value
  let text = ''
  for (const [sign, worth] of signs)
    while (left >= worth) {
      text += sign
      left -= worth
    }
  return text
}
