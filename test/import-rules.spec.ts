/** The import rules of .dependency-cruiser.cjs fire: each is broken once in a project of its own, and every rule must be broken. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { before, describe, test } from 'node:test'
import { projectRoot } from '../bin/project.js'

/** Rule, the module that breaks it, what it imports (a path, a package or a Node module). */
const broken: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['kernel-common-imports', 'kernel/common/units.ts', 'kernel/abi/calls.ts'],
  ['kernel-common-imports', 'kernel/common/digest.ts', 'node:crypto'],
  ['kernel-abi-imports', 'kernel/abi/codes.ts', 'kernel/separation/boot.ts'],
  ['kernel-devices-imports', 'kernel/devices/uart.ts', 'kernel/hardware/bus.ts'],
  ['kernel-hardware-imports', 'kernel/hardware/hart.ts', 'kernel/separation/boot.ts'],
  ['kernel-hardware-imports', 'kernel/hardware/disk.ts', 'node:fs'],
  ['kernel-separation-imports', 'kernel/separation/entry.ts', 'kernel/hardware/bus.ts'],
  ['kernel-separation-imports', 'kernel/separation/clock.ts', 'node:perf_hooks'],
  ['kernel-separation-imports', 'kernel/separation/ipc/port.ts', 'yaml'],
  ['kernel-separation-imports', 'kernel/separation/audit/file.ts', 'node:fs'],
  ['kernel-separation-config-imports', 'kernel/separation/config/compiler/place.ts', 'kernel/hardware/bus.ts'],
  ['kernel-separation-imports', 'kernel/separation/config/vector.ts', 'yaml'],
  ['privileged-code-imports-no-tool', 'kernel/separation/boot/rom.ts', 'kernel/separation/config/compiler/place.ts'],
  ['kernel-virtualization-imports', 'kernel/virtualization/vmm.ts', 'kernel/separation/boot.ts'],
  ['kernel-baselines-imports', 'kernel/baselines/type1.ts', 'kernel/separation/boot.ts'],
  ['kernel-programs-imports', 'kernel/programs/assemble.ts', 'kernel/hardware/bus.ts'],
  ['kernel-testbench-imports', 'kernel/testbench/system.ts', 'node:worker_threads'],
  ['oracle-sees-no-kernel-and-no-mmu', 'kernel/testbench/oracle/memory.ts', 'kernel/separation/boot.ts'],
  ['oracle-sees-no-kernel-and-no-mmu', 'kernel/testbench/oracle/pages.ts', 'kernel/hardware/mmu/sv39.ts'],
  ['evidence-imports-no-kernel', 'evidence/trace/link.ts', 'kernel/abi/calls.ts'],
  ['kernel-imports-no-evidence', 'kernel/testbench/judge.ts', 'evidence/trace/matrix.ts'],
  ['kernel-imports-no-test', 'kernel/testbench/trial.ts', 'test/trial-input.ts'],
  ['one-door-to-the-system', 'step-definitions/world.ts', 'kernel/separation/boot.ts'],
  ['command-reaches-the-system-through-the-testbench', 'bin/inspect.ts', 'kernel/hardware/bus.ts'],
  ['scenarios-write-no-evidence', 'step-definitions/report.ts', 'evidence/trace/matrix.ts'],
  ['only-the-command-starts-things', 'evidence/collect/run.ts', 'bin/start.ts'],
  ['no-processes-and-no-network-below-the-command', 'evidence/collect/fetch.ts', 'node:https'],
  ['evidence-rooms', 'evidence/model/view.ts', 'evidence/trace/matrix.ts'],
  ['evidence-items', 'evidence/items/item.ts', 'evidence/trace/matrix.ts'],
  ['readers-judge-nothing', 'evidence/exchange/results/tap.ts', 'evidence/trace/matrix.ts'],
  ['judging-renders-nothing', 'evidence/trace/table.ts', 'pdfkit'],
  ['rendering-judges-nothing', 'evidence/render/html.ts', 'evidence/trace/matrix.ts'],
  ['no-development-packages-in-the-product', 'bin/check.ts', 'fast-check'],
  ['product-imports-no-spec', 'bin/borrow.ts', 'evidence/trace/matrix.spec.ts'],
  ['resolvable', 'bin/lost.ts', 'bin/nowhere.ts'],
  ['declared-packages', 'bin/chance.ts', 'istanbul-lib-coverage'],
  ['no-cycles', 'bench/left.ts', 'bench/right.ts'],
]

/** The other half of the cycle. */
const back: readonly [from: string, to: string] = ['bench/right.ts', 'bench/left.ts']

/** Imports that the rules allow, in a tree of the same shape. */
const allowed: readonly (readonly [from: string, to: string])[] = [
  ['kernel/abi/codes.ts', 'kernel/common/units.ts'],
  ['kernel/hardware/machine.ts', 'kernel/devices/uart.ts'],
  ['kernel/separation/config/source/parse.ts', 'yaml'],
  ['kernel/separation/boot/measure.ts', 'node:crypto'],
  ['kernel/separation/config/source/parse.spec.ts', 'node:fs'],
  ['kernel/virtualization/vmm.ts', 'kernel/abi/codes.ts'],
  ['kernel/testbench/system.ts', 'kernel/hardware/machine.ts'],
  ['kernel/testbench/oracle/memory.ts', 'kernel/common/units.ts'],
  ['step-definitions/world.ts', 'kernel/testbench/system.ts'],
  ['test/kernel/flip.spec.ts', 'kernel/separation/boot/measure.ts'],
  ['kernel/separation/boot/measure.spec.ts', 'test/kernel/memory.ts'],
  ['evidence/render/pdf.ts', 'pdfkit'],
  ['bin/assure.ts', 'evidence/render/pdf.ts'],
]

interface Violation {
  readonly rule: { readonly name: string }
  readonly from: string
}

/** Writes a project whose modules import each other by type alone, and cruises it with the rules of this one. */
function cruise(imports: readonly (readonly [from: string, to: string])[]): readonly Violation[] {
  const root = mkdtempSync(join(tmpdir(), 'bulkhead-rules-'))
  try {
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) copyFileSync(join(projectRoot, name), join(root, name))
    for (const [, to] of imports) if (!isPath(to) && !to.startsWith('node:')) install(root, to)
    for (const [, to] of imports)
      if (isPath(to) && !to.includes('nowhere')) write(root, to, 'export interface Thing { readonly x: number }\n')
    for (const [from, to] of imports) write(root, from, `import type { Thing } from '${specifier(from, to)}'\nexport type Own = Thing\n`)
    const rooms = [
      ...new Set(
        imports
          .flat()
          .filter(isPath)
          .map((path) => path.split('/', 1).join()),
      ),
    ]
    const script = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [script, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--', ...rooms],
      {
        cwd: root,
        encoding: 'utf8',
      },
    )
    assert.ok(stdout.startsWith('{'), stderr)
    return (JSON.parse(stdout) as { readonly summary: { readonly violations: readonly Violation[] } }).summary.violations
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** A package of that name with nothing in it: rules judge names. */
function install(root: string, name: string): void {
  write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js', types: 'index.d.ts' }))
  write(root, `node_modules/${name}/index.js`, 'export {}\n')
  write(root, `node_modules/${name}/index.d.ts`, 'export interface Thing { readonly x: number }\n')
}

const isPath = (target: string) => target.endsWith('.ts')

function specifier(from: string, to: string): string {
  if (!isPath(to)) return to
  const path = relative(dirname(from), to).replace(/\.ts$/u, '.js')
  return path.startsWith('.') ? path : `./${path}`
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

describe('Import rules', () => {
  let violations: readonly Violation[] = []
  before(() => {
    violations = cruise([...broken.map(([, from, to]): [string, string] => [from, to]), back])
  })

  for (const [rule, from, to] of broken)
    test(`${rule}: ${from} may not import ${to}`, () =>
      assert.ok(
        violations.some((violation) => violation.rule.name === rule && violation.from === from),
        `the rule did not fire; fired for this file: ${
          violations
            .filter((v) => v.from === from)
            .map((v) => v.rule.name)
            .join(', ') || 'none'
        }`,
      ))

  test('every rule of the configuration is broken above', () => {
    const rules = createRequire(import.meta.url)(join(projectRoot, '.dependency-cruiser.cjs')) as {
      readonly forbidden: readonly { readonly name: string }[]
    }
    const tried = new Set(broken.map(([rule]) => rule))
    assert.deepEqual(
      rules.forbidden.map(({ name }) => name).filter((name) => !tried.has(name)),
      [],
    )
  })

  test('what the rooms are built on is allowed', () =>
    assert.deepEqual(
      cruise(allowed).map(({ rule, from }) => `${rule.name}: ${from}`),
      [],
    ))
})
