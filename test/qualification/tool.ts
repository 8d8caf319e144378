/** The installed command as a user starts it, on inputs written by the test, in a folder of its own that goes when the test ends. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { messageStream, type Scenario, type Status } from './message-stream.js'

export interface Answer {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** Counts by the names that `trace --json` documents. */
export type Counts = Readonly<Record<string, number>>

export interface TraceAnswer {
  readonly requirements: Counts
  readonly scenarios: Counts
  readonly steps: Counts
  readonly coverage: Readonly<Record<string, { readonly covered: number; readonly total: number } | null>>
  readonly states: Counts
  readonly defects: readonly { readonly kind: string; readonly id: string; readonly text: string }[]
}

const MAIN = pathToFileURL(join(import.meta.dirname, '../../bin/main.js')).href
const START = `import(${JSON.stringify(MAIN)}).then(({ main }) => main(process.argv[1], process.argv.slice(2))).then((code) => { process.exitCode = code })`

export class Tool {
  readonly folder = mkdtempSync(join(tmpdir(), 'bulkhead-kit-'))

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string): string {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), text)
    return name
  }

  has(name: string): boolean {
    return existsSync(this.path(name))
  }

  run(...args: readonly string[]): Answer {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', START, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
    })
    return { status, out: stdout, err: stderr }
  }

  /** Writes the inputs, traces them into `out` and returns the answer. Requirements REQ-1, REQ-2 unless given. */
  trace(inputs: Inputs): Answer & { readonly json: () => TraceAnswer } {
    const { requirements = 'ID,Text\nREQ-1,The system shall count.\n', results, coverage, policy, asOf, args = [] } = inputs
    const files = [
      ['--requirements', this.write('requirements.csv', requirements)],
      ...results.map(([name, text]) => ['--results', this.write(name, text)]),
      ...(coverage === undefined ? [] : [['--coverage', this.write(...coverage)]]),
      ...(policy === undefined ? [] : [['--policy', this.write('policy.yaml', policy)]]),
      ...(asOf === undefined ? [] : [['--as-of', asOf]]),
    ]
    const answer = this.run('trace', ...files.flat(), '--out', 'out', '--json', ...args)
    return { ...answer, json: () => this.parse(answer) }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  private parse({ out, err, status }: Answer): TraceAnswer {
    assert.notEqual(out, '', `no answer, status ${status}: ${err}`)
    return JSON.parse(out) as TraceAnswer
  }
}

export interface Inputs {
  readonly requirements?: string
  readonly results: readonly (readonly [name: string, text: string])[]
  readonly coverage?: readonly [name: string, text: string]
  readonly policy?: string
  readonly asOf?: string
  readonly args?: readonly string[]
}

/** One test of the kit: its name begins with the requirement it verifies. */
export function verifies(requirement: string, what: string, act: (tool: Tool) => void): void {
  void test(`tor~${requirement}~1: ${what}`, () => {
    const tool = new Tool()
    try {
      act(tool)
    } finally {
      tool.remove()
    }
  })
}

export const messages = (...scenarios: readonly Scenario[]): readonly [string, string] => ['results.ndjson', messageStream({ scenarios })]

/** A scenario that verifies REQ-1 unless other tags are given. */
export const scenario = (name: string, attempts: readonly (readonly Status[])[], more: Partial<Scenario> = {}): Scenario => ({
  name,
  attempts,
  tags: ['@REQ-1'],
  ...more,
})

export const passing = (name = 'counts', more: Partial<Scenario> = {}): Scenario => scenario(name, [['PASSED', 'PASSED']], more)
export const failing = (name = 'fails', more: Partial<Scenario> = {}): Scenario => scenario(name, [['PASSED', 'FAILED', 'SKIPPED']], more)
