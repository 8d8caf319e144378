/** Run by coverage-probe.ts: which of these lines run is known, and marked. Braces are not marked: tools differ on them. */
interface Shape {
  readonly sides: number
}

function called({ sides }: Shape): string {
  const many = sides > 100 // covered
  if (many) {
    return 'many' // not covered
  }
  return 'few' // covered
}

export function neverCalled({ sides }: Shape): number {
  const half = sides / 2 // not covered
  return half // not covered
}

process.stdout.write(called({ sides: 4 })) // covered
