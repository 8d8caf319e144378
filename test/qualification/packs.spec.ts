/** Tool operational requirements, "Packs". */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { appendFileSync, readdirSync, rmSync } from 'node:fs'
import { describe } from 'node:test'
import { messages, passing, verifies, type Tool } from './tool.js'

/** A file of the pack that is not its manifest. */
function someFile(tool: Tool): string {
  const file = readdirSync(tool.path('out'), { withFileTypes: true }).find((entry) => entry.isFile() && entry.name.endsWith('.csv'))
  assert.ok(file !== undefined)
  return tool.path(`out/${file.name}`)
}

function keys(tool: Tool, name: string): { readonly secret: string; readonly open: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    secret: tool.write(`${name}.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    open: tool.write(`${name}.pub`, publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  }
}

const traced = (tool: Tool, ...args: readonly string[]): void =>
  assert.equal(tool.trace({ results: [messages(passing())], args }).status, 0)

describe('Packs', () => {
  verifies('whole-pack-accepted', 'as it was written', (tool) => {
    traced(tool)
    assert.equal(tool.run('verify', 'out').status, 0)
  })
  verifies('altered-file-found', 'one byte more', (tool) => {
    traced(tool)
    appendFileSync(someFile(tool), '\n')
    assert.equal(tool.run('verify', 'out').status, 1)
  })
  verifies('missing-file-found', 'one file less', (tool) => {
    traced(tool)
    rmSync(someFile(tool))
    assert.equal(tool.run('verify', 'out').status, 1)
  })
  verifies('added-file-found', 'one file more', (tool) => {
    traced(tool)
    tool.write('out/added.txt', 'not listed\n')
    assert.equal(tool.run('verify', 'out').status, 1)
  })
  verifies('signature-checked', 'with the right key, another key, and an altered pack', (tool) => {
    const [mine, other] = [keys(tool, 'mine'), keys(tool, 'other')]
    traced(tool, '--sign', mine.secret)
    assert.equal(tool.run('verify', 'out', '--key', mine.open).status, 0)
    assert.equal(tool.run('verify', 'out', '--key', other.open).status, 1)
    appendFileSync(someFile(tool), '\n')
    assert.equal(tool.run('verify', 'out', '--key', mine.open).status, 1)
  })
  verifies('signature-checked', 'a key is given and the pack is not signed', (tool) => {
    const mine = keys(tool, 'mine')
    traced(tool)
    assert.equal(tool.run('verify', 'out', '--key', mine.open).status, 1)
  })
  verifies('signer-unidentified', 'the reader gives no key', (tool) => {
    const mine = keys(tool, 'mine')
    traced(tool, '--sign', mine.secret)
    const answer = tool.run('verify', 'out')
    assert.equal(answer.status, 0)
    assert.match(answer.out, /signer unidentified/u)
  })
})
