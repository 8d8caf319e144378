/** One benchmark program on one engine: prints what the program printed, and the number of its instructions. */
import { readFileSync } from 'node:fs'
import { switchOnRelaxedSimd } from '../../bin/machine/relaxed-simd.js'
import { bootElf, ENGINE_KINDS } from '../../kernel/testbench/bare-machine.js'

switchOnRelaxedSimd()
const [file = '', name] = process.argv.slice(2)
const engine = ENGINE_KINDS.find((kind) => kind === name)
if (engine === undefined) throw new Error(`no engine ${name ?? ''}; one of ${ENGINE_KINDS.join(', ')}`)
const result = bootElf({ elf: readFileSync(file), file, engine, output: (bytes) => void process.stdout.write(bytes) })
if (!result.ok) throw result.error
const { exit, instructions, reason } = result.value
if (exit !== 0) throw new Error(`${file}: ended by ${reason} with code ${exit ?? 'none'} after ${instructions} instructions`)
console.log(instructions)
