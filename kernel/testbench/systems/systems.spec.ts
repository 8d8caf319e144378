import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { compileSystem } from '../../separation/config/compiler/compile.js'
import { decodeVector } from '../../separation/config/vector.js'
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

  test('those of the scenarios are the evaluated configurations of the security target', () => {
    const target = readFileSync(packagePath('evidence/profiles/security-target.yaml'), 'utf8')
    const files = SHIPPED.map(({ file }) => file).filter((file) => file.startsWith('kernel/'))
    assert.deepEqual(
      files.filter((file) => !target.includes(`file: ${file}\n`)),
      [],
    )
  })
})
