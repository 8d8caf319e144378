/**
 * Speed of each engine on the programs of bench/programs, beside QEMU with the same ELF files: medians of wall clock with start-up.
 * Nothing is asserted but that all peers compute the same and all engines count the same instructions.
 * `node dist/bench/engines.js [--against-qemu] [--turns=5] [--engine=NAME ...] [--share=1] [PART OF A PROGRAM'S NAME ...]`
 * --share divides the work of every program, for a quick look.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../bin/project.js'
import { BENCH_PROGRAMS, type BenchProgram } from './engines/bench-programs.js'
import { buildProgram, COMPILER, installedVersion } from './engines/build-program.js'
import { enginePeers, QEMU, qemuPeer, type Peer } from './engines/peers.js'
import { meanLines, programLines } from './engines/report.js'
import { checkAgreement, measure, type Build } from './engines/side-by-side.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'against-qemu': { type: 'boolean', default: false },
    turns: { type: 'string', default: '5' },
    engine: { type: 'string', multiple: true, default: [] },
    share: { type: 'string', default: '1' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'))
try {
  bench(choosePeers(), choosePrograms())
} finally {
  rmSync(folder, { recursive: true })
}

function choosePeers(): Peer[] {
  const engines = enginePeers().filter(({ name }) => values.engine.length === 0 || values.engine.includes(name))
  if (!values['against-qemu']) return engines
  const version = installedVersion(QEMU)
  console.log(version ?? `${QEMU} is not installed: the engines are measured alone`)
  return version === undefined ? engines : [...engines, qemuPeer]
}

function choosePrograms(): BenchProgram[] {
  const compiler = installedVersion(COMPILER)
  console.log(compiler ?? `${COMPILER} is not installed: programs in C are left out`)
  const chosen = BENCH_PROGRAMS.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)))
  return chosen.filter(({ language }) => language === 'assembly' || compiler !== undefined)
}

function bench(peers: readonly Peer[], programs: readonly BenchProgram[]): void {
  const build: Build = (program, rounds) => buildProgram(program, rounds, join(projectRoot, 'bench/programs'), folder)
  console.log(`medians of ${values.turns} runs, wall clock with start-up, Node ${process.version}; MIPS: million instructions per second`)
  const all = programs.map((program) => {
    checkAgreement(program, peers, build)
    const figures = measure(program, peers, Number(values.turns), Number(values.share), build)
    console.log(programLines({ program, figures }).join('\n'))
    return { program, figures }
  })
  for (const line of meanLines(all)) console.log(line)
}
