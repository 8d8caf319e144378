/**
 * What the configuration tools cost by the number of partitions: user CPU in milliseconds and its share per partition, the best of
 * several runs in one process. Usage: node dist/bench/configuration.js [RUNS]
 */
import { analyse } from '../kernel/separation/config/compiler/compile.js'
import { readSource } from '../kernel/separation/config/source/system-source.js'
import { decodeVector, encodeVector } from '../kernel/separation/config/vector.js'
import { chainOfPartitions } from '../test/kernel/chain-of-partitions.js'

const SIZES = [16, 64, 256, 1024]
const runs = Number(process.argv[2] ?? 5)

function milliseconds(work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage()
    work()
    return process.cpuUsage(before).user / 1000
  })
  return Math.min(...times)
}

process.stdout.write('partitions  read ms  validate and compile ms  encode and decode ms  ms per partition\n')
for (const count of SIZES) {
  const text = chainOfPartitions(count)
  const source = readSource('chain.yaml', text)
  const { configuration, findings } = analyse(source)
  if (configuration === undefined || findings.length > 0) throw new Error(`the chain of ${count} is refused: ${findings[0]?.what ?? ''}`)
  const read = milliseconds(() => void readSource('chain.yaml', text))
  const compile = milliseconds(() => void analyse(source))
  const code = milliseconds(() => void decodeVector(encodeVector(configuration)))
  const cells = [read, compile, code, (read + compile + code) / count].map((value) => value.toFixed(2).padStart(10))
  process.stdout.write(`${String(count).padStart(10)}${cells.join('')}\n`)
}
