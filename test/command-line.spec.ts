/** The command as a user meets it: what it prints, where, and the status it ends with. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { describePack, printManifest } from '../evidence/attest/manifest.js'
import { projectRoot } from '../bin/project.js'
import { CommandHome, type CommandEnd } from './command-home.js'
import { finisherProgram } from './finisher-program.js'

let place: CommandHome
let home = ''
const bulkhead = (...args: readonly string[]): CommandEnd => place.run(...args)

before(() => {
  place = new CommandHome()
  home = place.folder
})
after(() => place.remove())

const oneLineOf = (text: string) => /^[^\n]*\n$/u.test(text)

describe('Misuse is one line with a remedy, and ends with 2', () => {
  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no command', [], /^bulkhead: no command given; remedy: see "bulkhead --help"\n$/],
    ['an unknown command', ['asure'], /^bulkhead: unknown command "asure"; remedy: see "bulkhead --help"\n$/],
    ['control characters in a command', ['\u001b[31m\u202e'], /^bulkhead: unknown command "\\u001b\[31m\\u202e"; remedy/],
    ['an unknown option', ['verify', '--deep'], /^bulkhead: verify: unknown option '--deep'; remedy: see "bulkhead verify --help"\n$/],
    ['a missing operand', ['verify'], /^bulkhead: verify: no folder given; remedy/],
    ['a folder that is not there', ['verify', 'nowhere'], /^bulkhead: nowhere: no such folder; remedy/],
    ['a number that is none', ['assure', '--shards', 'many'], /^bulkhead: --shards "many": not a whole number from 1 to 16\n$/],
    ['no requirements', ['trace', '--out', 'x'], /^bulkhead: trace: no --requirements given; remedy/],
    ['two operands of three', ['trace', 'a', 'b'], /^bulkhead: trace: two operands instead of requirements, results and folder; remedy/],
    ['no message file', ['trace', '--profiles', 'p', '--out', 'x'], /^bulkhead: trace: no --messages given; remedy/],
    ['a message file that is not there', ['trace', '--messages', 'none.ndjson', '--out', 'x'], /none\.ndjson: no such file; remedy/],
    ['no file to import', ['import'], /^bulkhead: import: no file given; remedy/],
    ['no place for what is imported', ['import', 'package.json'], /^bulkhead: import: no --to given; remedy/],
    [
      'a file of no known format',
      ['import', 'bin/bulkhead', '--to', 'x.json'],
      /^bulkhead: bin\/bulkhead: is of no format that can be read here; /,
    ],
    [
      'a format that is none',
      ['import', 'a.xml', '--to', 'x', '--format', 'doc'],
      /^bulkhead: --format "doc": not one of bulkhead-yaml, csv, /,
    ],
    ['a file to import over', ['import', 'package.json', '--format', 'json', '--to', 'package.json'], /: is one of the files to read\n$/],
    ['no configuration', ['configure'], /^bulkhead: configure: no configuration given; remedy/],
    ['a configuration that is not there', ['configure', 'none.yaml'], /^bulkhead: none\.yaml: no such file; remedy/],
    ['an ELF file that is not there', ['machine', 'none.elf'], /^bulkhead: ENOENT: no such file or directory/],
    ['a memory size that is none', ['machine', '--memory', '1000', 'package.json'], /^bulkhead: --memory "1000": not a size such as 64MiB/],
    ['a file that is no ELF file', ['machine', 'package.json'], /^bulkhead: package\.json: /],
  ]
  for (const [what, args, line] of misuses)
    test(what, () => {
      const { status, out, err } = bulkhead(...args)
      assert.match(err, line)
      assert.deepEqual([status, out, oneLineOf(err)], [2, '', true])
    })
})

describe('Help and version', () => {
  test('--version names the version of package.json and takes little longer than Node takes to start', () => {
    const project = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { readonly version: string }
    assert.deepEqual(bulkhead('--version'), { status: 0, out: `bulkhead ${project.version}\n`, err: '' })
    const quickest = (start: () => unknown) =>
      Math.min(
        ...Array.from({ length: 7 }, () => {
          const begin = performance.now()
          start()
          return performance.now() - begin
        }),
      )
    // A share instead of milliseconds: other specs load the machine meanwhile. Node alone starts in less than a tenth of a second.
    const node = quickest(() => spawnSync(process.execPath, ['-e', '0']))
    const version = quickest(() => bulkhead('--version'))
    assert.ok(version < 3 * node, `${version} ms against ${node} ms of Node itself`)
  })

  test('every command in the help has a help of its own that begins with the same summary', () => {
    const rows = [...bulkhead('--help').out.matchAll(/^ {2}([a-z]+) {2,}(.+)$/gmu)]
    assert.deepEqual(
      rows.map(([, name]) => name),
      ['assure', 'trace', 'import', 'diff', 'impact', 'sample', 'init', 'verify', 'replay', 'machine'],
    )
    for (const [, name = '', summary = ''] of rows) {
      const { status, out } = bulkhead(name, '--help')
      assert.equal(status, 0)
      assert.ok(out.includes(`\n${summary[0]?.toUpperCase()}${summary.slice(1)}.\n`), out)
    }
  })

  test('help NAME is NAME --help', () => assert.equal(bulkhead('help', 'verify').out, bulkhead('verify', '--help').out))
})

describe('verify', () => {
  const pack = () => {
    const folder = mkdtempSync(join(home, 'pack-'))
    writeFileSync(join(folder, 'index.html'), '<p>evidence</p>')
    writeFileSync(join(folder, 'manifest.json'), printManifest(describePack(folder)))
    return folder
  }

  test('a pack as it was made is intact: exit 0', () => {
    const { status, out } = bulkhead('verify', pack())
    assert.equal(status, 0)
    assert.match(out, /^pack .*: intact\nmanifest   1 files, /)
    assert.match(out, /\nassurance  integrity only, signer unidentified\n/)
  })

  test('one changed byte is found and named: exit 1', () => {
    const folder = pack()
    writeFileSync(join(folder, 'index.html'), '<p>evidence.</p'.padEnd(15))
    const { status, out, err } = bulkhead('verify', folder)
    assert.deepEqual([status, err], [1, ''])
    assert.match(out, /^index\.html: has changed\n.*: not intact: 1 problem\n/)
    const { intact, problems } = JSON.parse(bulkhead('verify', '--json', folder).out) as {
      readonly intact: boolean
      readonly problems: unknown[]
    }
    assert.deepEqual([intact, problems.length], [false, 1])
  })

  test('a folder without a manifest is not intact', () => assert.equal(bulkhead('verify', mkdtempSync(join(home, 'bare-'))).status, 1))
})

describe('machine', () => {
  const program = (code: number) => {
    const file = join(home, `finish-${code}.elf`)
    writeFileSync(file, finisherProgram(code))
    return file
  }

  for (const engine of ['interpreter', 'translator', 'reference'])
    test(`ends with the status of the program, on the ${engine}`, () => {
      assert.equal(bulkhead('machine', '--engine', engine, program(0)).status, 0)
      assert.equal(bulkhead('machine', '--engine', engine, program(7)).status, 7)
    })

  test('--json states exit, instructions, cycles, engine and reason', () => {
    const { status, out } = bulkhead('machine', '--json', program(7))
    const { exit, instructions, engine, reason } = JSON.parse(out) as Record<string, unknown>
    assert.deepEqual(
      { status, exit, instructions, engine, reason },
      { status: 7, exit: 7, instructions: 4, engine: 'translator', reason: 'powered-off' },
    )
  })

  test('a program that does not end is stopped at the limit, and the answer is no', () => {
    const { status, err } = bulkhead('machine', '--max-instructions', '2', program(0))
    assert.equal(status, 1)
    assert.match(err, /the program did not end by itself: instruction-limit at pc 0x80000008 after 2 instructions\n$/)
  })
})

describe('trace', () => {
  test('a cut message file leaves no pack, and an older pack is not taken for the result', () => {
    const messages = join(home, 'cut.ndjson')
    writeFileSync(messages, '{"meta":{"protocolVersion":"32.0.0","implementation":{"name":"x"}}}\n')
    const out = join(home, 'traced')
    const end = bulkhead('trace', '--messages', messages, '--out', out, '--root', home)
    assert.equal(end.status, 2)
    assert.match(end.err, /^ +[\d.]+ s {2}judging\nbulkhead: cut\.ndjson/)
    assert.equal(existsSync(out), false)
  })
})

/** Samples of the Cucumber compatibility kit: a stranger's messages, from another implementation of Cucumber. */
const kit = process.env['BULKHEAD_DATA'] === undefined ? undefined : join(process.env['BULKHEAD_DATA'], 'cucumber/cck-30.0.0')

describe("trace on a stranger's messages", { skip: kit === undefined ? 'BULKHEAD_DATA is not set' : false }, () => {
  const samples: readonly (readonly [sample: string, status: number, line: RegExp])[] = [
    ['minimal', 0, /^1 of 1 scenario: passed$/m],
    ['undefined', 1, /^gate not met Scenarios: /m],
    ['pending', 1, /^gate not met Scenarios: /m],
    ['retry', 1, /: passed only when retried$/m],
    ['skipped', 1, /^gate not met Scenarios: /m],
    ['global-hooks-afterall-error', 1, /^gate not met Run: no failure outside a scenario; /m],
  ]
  for (const [sample, status, line] of samples)
    test(`sample ${sample} ends with ${status}, and its pack verifies`, () => {
      const end = bulkhead('trace', '--messages', join(kit ?? '', sample, `${sample}.ndjson`), '--out', `traced-${sample}`)
      assert.match(end.out, line)
      assert.equal(end.status, status)
      assert.equal(bulkhead('verify', `traced-${sample}`).status, 0)
    })

  test('a run in which nothing was executed leaves no pack', () => {
    const messages = join(kit ?? '', 'test-run-exception/test-run-exception.ndjson')
    const { status, err } = bulkhead('trace', '--messages', messages, '--out', 'traced-nothing')
    assert.match(err, /\nbulkhead: [^\n]*none of 1 scenarios was executed[^\n]*\n$/)
    assert.deepEqual([status, existsSync(place.path('traced-nothing'))], [2, false])
  })
})

describe('A defect', () => {
  test('is one line and a crash record; the stack is in the record', () => {
    const broken = join(home, 'dist/bin/commands/verify.js')
    const whole = readFileSync(broken, 'utf8')
    writeFileSync(broken, `${whole.replace('return verdict.passed ? 0 : 1', 'return verdict.absent.thing')}\n`)
    try {
      const { status, err } = bulkhead('verify', mkdtempSync(join(home, 'defect-')))
      assert.equal(status, 2)
      assert.match(err, /^bulkhead: defect: TypeError: [^\n]*; record: [^\n]*crash-[0-9a-f]{12}\.txt; remedy: report it with that file\n$/)
      const [, record = ''] = /record: (\S+\.txt)/u.exec(err) ?? []
      assert.match(readFileSync(record, 'utf8'), /TypeError: [^]*\n\s+at /)
    } finally {
      writeFileSync(broken, whole)
    }
  })
})

test('a reader that closes the pipe is no failure', () => {
  const script = `node bin/bulkhead assure --help | head -n 1; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: home })
  assert.deepEqual([stdout, stderr], ['Usage: bulkhead assure [options]\n0\n', ''])
})
