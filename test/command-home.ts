/**
 * A project folder of its own for tests of the command: the modules under test, wherever they were compiled to, behind the entry
 * point of the project. What a test breaks there is broken nowhere else.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../bin/project.js'

export interface CommandEnd {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

const COPIED = ['bin', 'docs/qualification', 'kernel', 'evidence', 'templates', 'package.json', 'cucumber.js', 'tsconfig.json']

export class CommandHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'bulkhead-command-'))

  constructor() {
    for (const name of COPIED) cpSync(join(projectRoot, name), join(this.folder, name), { recursive: true })
    cpSync(new URL('..', import.meta.url), join(this.folder, 'dist'), { recursive: true })
    symlinkSync(join(projectRoot, 'node_modules'), join(this.folder, 'node_modules'))
    this.stampCurrent()
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string): string {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), text)
    return this.path(name)
  }

  run(...args: readonly string[]): CommandEnd {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.path('bin/bulkhead'), ...args], {
      encoding: 'utf8',
      cwd: this.folder,
      env: { ...process.env, BULKHEAD_DEBUG: '' },
    })
    return { status, out: stdout, err: stderr }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }

  /** What was compiled is current: no build may start under a test. */
  private stampCurrent(): void {
    const script = `import('${pathToFileURL(this.path('bin/build.js')).href}').then((build) => process.stdout.write(build.sourcesDigest()))`
    const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
    this.write('dist/.sources.sha256', stdout)
  }
}
