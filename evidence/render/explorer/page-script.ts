/**
 * The page's script: its compiled modules joined into one classic script, because a page opened from a folder may not load modules.
 * Each module becomes a function that takes its imports from those before it and returns its exports. Only the forms our own modules
 * use are understood (named imports without renaming, exports of constants, functions and classes); any other is a defect.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const IMPORT = /^import\s+(?:\{([^}]*)\}\s+from\s+)?(['"])([^'"]+)\2;?[ \t]*$/gm
const EXPORT_LIST = /^export\s*\{([^}]*)\};?[ \t]*$/gm
const EXPORT = /^export\s+(?=(?:async\s+)?(?:const|function|class)\s+([\w$]+))/gm
const SOURCE_MAP = /^\/\/# sourceMappingURL=.*$/gm

interface Joined {
  readonly name: string
  readonly text: string
}

/** @param main Path of the compiled main module. */
export function joinModules(main: string): string {
  const modules = new Map<string, Joined>()
  visit(main, modules, dirname(main), [])
  return `(() => {\n'use strict'\n${[...modules.values()].map(({ text }) => text).join('')}})()\n`
}

/** Depth first: a module stands after what it imports. */
function visit(file: string, modules: Map<string, Joined>, folder: string, path: readonly string[]): string {
  const known = modules.get(file)
  if (known !== undefined) return known.name
  assert.ok(!path.includes(file), `${file}: imports itself`)
  const source = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  const withImports = source.replace(IMPORT, (_, names: string | undefined, _quote, target: string) => {
    assert.ok(target.startsWith('.'), `${file}: imports ${target}: the page has modules of its own only`)
    const name = visit(join(dirname(file), target), modules, folder, [...path, file])
    return names === undefined ? '' : `const {${plainNames(names, file).join(', ')}} = ${name}`
  })
  const exported = [...source.matchAll(EXPORT_LIST)].flatMap(([, names = '']) => plainNames(names, file))
  for (const [, name = ''] of source.matchAll(EXPORT)) exported.push(name)
  const body = withImports
    .replace(EXPORT_LIST, '')
    .replace(EXPORT, '')
    .replace(SOURCE_MAP, '')
    .replace(/^\n+|\n+$/g, '')
  const left = /^(?:import|export)\b.*/m.exec(body)
  assert.equal(left, null, `${file}: "${left?.[0] ?? ''}" is a form the page does not use`)
  const name = `module${modules.size}`
  const title = relative(folder, file).split(sep).join('/')
  modules.set(file, { name, text: `// ${title}\nconst ${name} = (() => {\n${body}\nreturn { ${exported.join(', ')} }\n})()\n` })
  return name
}

function plainNames(list: string, file: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim())
  for (const name of names) assert.match(name, /^[\w$]*$/, `${file}: an import or export is renamed`)
  return names.filter((name) => name !== '')
}

/** The main module of the page, compiled beside this module. */
export function pageScript(): string {
  return joinModules(join(dirname(fileURLToPath(import.meta.url)), 'page', 'main.js'))
}
