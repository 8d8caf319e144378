/** Paths with `*` (within a folder) and `**` (across folders), as requirements and the security target name modules. */
export function matchesModule(glob: string, path: string): boolean {
  return compile(glob).test(path)
}

/** Compiled once by the caller that tests many paths. */
export function moduleMatcher(glob: string): (path: string) => boolean {
  const pattern = compile(glob)
  return (path) => pattern.test(path)
}

function compile(glob: string): RegExp {
  const source = glob
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => {
      if (part === '**/') return '(?:[^/]+/)*'
      if (part === '**') return '.*'
      return part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${source}$`)
}
