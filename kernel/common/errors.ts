/** A broken invariant of the product itself: nobody catches it but the top level, which records it and exits 2. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}

/** States a precondition that no input can break. */
export function invariant(condition: boolean, what: string): asserts condition {
  if (!condition) throw new ModelError(what)
}

/** Closes a switch over a union: the compiler proves that no member is left. */
export function unreachable(value: never): never {
  throw new ModelError(`unhandled case ${JSON.stringify(value)}`)
}
