/**
 * The modules that a coverage report must hold: every TypeScript source of a folder that has code at run time. A run that saw fewer
 * files than there are would show a share of something smaller than the product.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EvidenceError } from '../model/errors.js'
import type { ModulePath } from '../model/ids.js'
import type { ModuleCoverage } from '../model/module-coverage.js'
import { compareText } from '../model/text-order.js'

/** Sources under `root/folder`, sorted; specs and declaration files are not part of the product. */
export function listModules(root: string, folder: string): ModulePath[] {
  const walk = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
      const inner = `${path}/${entry.name}`
      if (entry.isDirectory()) return walk(inner)
      return entry.name.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(entry.name) ? [inner] : []
    })
  return walk(folder)
    .sort(compareText)
    .map((path) => path as ModulePath)
}

/**
 * `hasCode` is asked only about modules that the report lacks.
 * @throws EvidenceError `missing-coverage`
 */
export function checkComplete(
  file: string,
  measured: readonly ModuleCoverage[],
  expected: readonly ModulePath[],
  hasCode: (module: ModulePath) => boolean,
): void {
  const seen = new Set(measured.map(({ module }) => module))
  const missing = expected.filter((module) => !seen.has(module) && hasCode(module))
  if (missing.length === 0) return
  const shown = missing.slice(0, 3).join(', ')
  const rest = missing.length > 3 ? ` and ${missing.length - 3} more` : ''
  throw new EvidenceError(
    'missing-coverage',
    { file },
    `${missing.length} of ${expected.length} modules are not in the report: ${shown}${rest}`,
    'measure with every source file included (c8 --all)',
  )
}

/** A module of types alone leaves no code. The compiler is loaded only when this is asked. */
export async function codeTest(root: string): Promise<(module: ModulePath) => boolean> {
  const { default: typescript } = await import('typescript')
  const { ModuleKind, ScriptTarget, transpileModule } = typescript
  return (module) => {
    const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, verbatimModuleSyntax: true, removeComments: true }
    const { outputText } = transpileModule(readFileSync(join(root, module), 'utf8'), { compilerOptions })
    return outputText.replace(/export \{\};?|import ['"][^'"]*['"];?/g, '').trim() !== ''
  }
}
