/** `node bin/reference.js`: writes what docs/reference derives from the program: commands, schemas, formats. */
import { ensureBuilt } from './build.js'

const problem = await ensureBuilt({ progress: console.error })
if (problem !== undefined) {
  console.error(`bulkhead: ${problem}`)
  process.exitCode = 2
} else await import(new URL('../dist/bin/reference/write-reference.js', import.meta.url).href)
