import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { compileSystem } from '../../separation/config/compiler/compile.js'
import { kernelDataBytes } from '../../separation/config/validators/capacity.js'
import { decodeVector } from '../../separation/config/vector.js'
import { kernelLayout } from '../../separation/memory/kernel-layout.js'
import { KERNEL_DATA } from '../../separation/memory/physical-map.js'
import { packagePath } from '../../separation/config/source/package-path.js'

const SHIPPED = ['kernel/testbench/systems', 'examples'].flatMap((folder) =>
  readdirSync(packagePath(folder))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ file: `${folder}/${file}`, title: file.slice(0, -'.yaml'.length) })),
)

describe('Shipped systems', () => {
  test('are there', () => {
    assert.ok(SHIPPED.length >= 6)
  })

  for (const { file, title } of SHIPPED)
    test(`${file} compiles, and is called as its file`, () => {
      const { configuration, vector } = compileSystem(file, readFileSync(packagePath(file), 'utf8'))
      assert.equal(configuration.name, title)
      assert.deepEqual(decodeVector(vector), { ok: true, value: configuration })
    })

  test('need no more kernel data than the validator kernel-data assumes, nor does a system of many deep queues', () => {
    const names = Array.from({ length: 20 }, (_, i) => `p${i}`)
    const many = `system: many
revision: 1
memory: 4 MiB
majorFrame: 400000
partitions:
${names.map((name) => `  - { name: ${name}, code: 4 KiB, data: 4 KiB }\n`).join('')}
ports:
${names.map((_, i) => `  - { name: q${i}, kind: queuing, message: 1, depth: 256, from: p0, to: [p1] }\n`).join('')}
schedule:
${names.map((name, i) => `  - { partition: ${name}, at: ${i * 20_000}, length: 20000 }\n`).join('')}
policy: { flows: [{ from: p0, to: p1 }, { from: p1, to: p0 }] }
`
    const texts = [...SHIPPED.map(({ file }) => readFileSync(packagePath(file), 'utf8')), many]
    for (const { configuration } of texts.map((text) => compileSystem('system.yaml', text))) {
      const taken = kernelLayout(configuration).end - KERNEL_DATA.address
      assert.ok(taken <= kernelDataBytes(configuration), `${configuration.name} takes ${taken} bytes`)
    }
  })
})
