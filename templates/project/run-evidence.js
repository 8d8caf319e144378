/** Runs the scenarios and traces what came of them, failures too: the evidence never shows an older run than the last one. */
import { rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

const npm = (script) => spawnSync('npm', ['run', '--silent', script], { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 2

rmSync('results', { recursive: true, force: true })
const tests = npm('test')
const trace = npm('trace')
process.exitCode = trace === 0 ? tests : trace
