/**
 * Weaknesses planted in the compiled kernel, one at a time: the scenario of the requirement that each breaks must fail, and must
 * pass on the kernel as it is. A suite that misses a planted weakness would miss a real one. CC ATE_COV.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../../bin/project.js'

interface Weakness {
  readonly what: string
  /** Compiled module below kernel/separation, one line of it, and what takes its place. */
  readonly module: string
  readonly line: string
  readonly instead: string
  readonly feature: string
  /** The requirement whose scenario must fail. */
  readonly requirement: string
}

const weaknesses: readonly Weakness[] = [
  {
    what: 'sending asks for no right',
    module: 'ipc/port-send.js',
    line: 'if (!capability.send)',
    instead: 'if (false)',
    feature: 'flow/sampling-port',
    requirement: 'flow.deny-by-default',
  },
  {
    what: 'a delivered message stays in its slot',
    module: 'ipc/queuing-port.js',
    line: 'kernel.memory.setBytes(slotAt(kernel, object, port, head).address, new Uint8Array(slotBytes(port)));',
    instead: ';',
    feature: 'flow/queuing-port',
    requirement: 'residual.messages',
  },
  {
    what: 'a restart leaves the data of the former life',
    module: 'partitions/lifecycle.js',
    line: 'kernel.memory.setBytes(data.address, new Uint8Array(data.bytes));',
    instead: ';',
    feature: 'protection/failure',
    requirement: 'recovery.partition-restart',
  },
  {
    what: 'an argument may point anywhere',
    module: 'memory/user-memory.js',
    line: 'return address < USER_LIMIT && address + BigInt(length) <= USER_LIMIT;',
    instead: 'return true;',
    feature: 'flow/sampling-port',
    requirement: 'flow.argument-memory',
  },
  {
    what: 'windows are not padded to their start',
    module: 'scheduler/dispatch.js',
    line: 'padTo(kernel, first - resumeCycles);',
    instead: ';',
    feature: 'resources/time',
    requirement: 'time.window-start-exact',
  },
  {
    what: 'code may be written',
    module: 'memory/address-space.js',
    line: 'bytes: own.code.bytes, page: PAGE_BYTES, permissions: user(true, false, true)',
    instead: 'bytes: own.code.bytes, page: PAGE_BYTES, permissions: user(true, true, true)',
    feature: 'flow/memory',
    requirement: 'flow.memory-isolation',
  },
  {
    what: 'a refusal leaves no record',
    module: 'calls/dispatch-call.js',
    line: 'reportEvent(kernel, { event, subject: caller, outcome: code,',
    instead: 'void ({ event, subject: caller, outcome: code,',
    feature: 'audit/audit-trail',
    requirement: 'audit.record-content',
  },
  {
    what: 'what was measured does not matter',
    module: 'boot/power-on.js',
    line: 'if (!measurementsHold(memory, hostedDigest))',
    instead: 'if (false)',
    feature: 'protection/boot',
    requirement: 'boot.measured',
  },
]

/** The compiled project this spec is part of. */
const built = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

describe('Planted weaknesses', () => {
  let folder = ''

  before(() => {
    folder = mkdtempSync(join(projectRoot, 'dist-weakened-'))
    for (const room of ['kernel', 'step-definitions']) cpSync(join(built, room), join(folder, room), { recursive: true })
    mkdirSync(join(folder, 'bin'))
    const name = relative(projectRoot, folder)
    const imports = [`${name}/step-definitions/coverage.js`, `${name}/step-definitions/**/!(*.spec).js`]
    writeFileSync(join(folder, 'cucumber.mjs'), `export default ${JSON.stringify({ strict: true, import: imports })}\n`)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** True when every scenario of these requirements passes. */
  function passes(suspects: readonly Weakness[]): boolean {
    const cucumber = join(projectRoot, 'node_modules/@cucumber/cucumber/bin/cucumber.js')
    const config = relative(projectRoot, join(folder, 'cucumber.mjs'))
    const tags = suspects.map(({ requirement }) => `@REQ:${requirement}~1`).join(' or ')
    const select = ['--tags', tags, ...new Set(suspects.map(({ feature }) => `features/${feature}.feature`))]
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(BULKHEAD_|NODE_V8_)/u.test(name)))
    const { stdout } = spawnSync(process.execPath, [cucumber, '--config', config, '--format', 'summary', ...select], {
      cwd: projectRoot,
      encoding: 'utf8',
      env,
    })
    const [, count = '0', verdict = ''] = /^(\d+) scenarios? \((.*)\)$/mu.exec(stdout) ?? []
    assert.notEqual(count, '0', `no scenario of ${tags} ran: ${stdout.slice(0, 500)}`)
    return verdict === `${count} passed`
  }

  test('on the kernel as it is the scenarios pass', () => assert.equal(passes(weaknesses), true))

  for (const weakness of weaknesses)
    test(`${weakness.what}: scenarios of ${weakness.requirement} fail`, () => {
      const file = join(folder, 'kernel/separation', weakness.module)
      const sound = readFileSync(file, 'utf8')
      assert.equal(sound.split(weakness.line).length, 2, 'the line to weaken stands in the module once')
      writeFileSync(file, sound.replace(weakness.line, weakness.instead))
      try {
        assert.equal(passes([weakness]), false, 'on the weakened kernel')
      } finally {
        writeFileSync(file, sound)
      }
    })
})
