import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import fc from 'fast-check'
import { isSealedBy, readPrivateKey, readPublicKey, sealEnvelope } from './dsse-envelope.js'
import { signatureName, writeManifest } from './manifest.js'
import { judgeSignature, signPack } from './pack-signature.js'
import { judgePack, verdictLines } from './pack-verdict.js'
import { verifyPack } from './verify-pack.js'

const own = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ed25519')

let folder = ''
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'bulkhead-')), 'pack')
  mkdirSync(folder)
  writeFileSync(join(folder, 'index.html'), '<p>report')
  writeManifest(folder)
  signPack(folder, own.privateKey)
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const envelope = (): string => readFileSync(join(folder, signatureName), 'utf8')
const rewrite = (text: string): void => writeFileSync(join(folder, signatureName), text)

describe('A signature of a pack', () => {
  test('by a key that only the pack vouches for identifies nobody', () => {
    const verdict = judgePack(folder, null)
    assert.equal(verdict.signature.kind, 'unidentified')
    assert.equal(verdict.assurance, 'integrity only, signer unidentified')
    assert.ok(verdict.passed)
  })

  test('by the key the verifier brought identifies its holder; by another it is worthless', () => {
    assert.equal(judgeSignature(folder, own.publicKey).kind, 'identified')
    const verdict = judgePack(folder, other.publicKey)
    assert.equal(verdict.signature.kind, 'invalid')
    assert.ok(!verdict.passed)
    assert.equal(verdict.assurance, 'integrity only, signer unidentified')
  })

  test('that is not there fails a verifier who brought a key, and no other', () => {
    rmSync(join(folder, signatureName))
    assert.ok(judgePack(folder, null).passed)
    assert.ok(!judgePack(folder, own.publicKey).passed)
  })

  test('made over another manifest is worthless', () => {
    writeFileSync(join(folder, 'index.html'), '<p>another report')
    writeManifest(folder)
    assert.deepEqual(verifyPack(folder), [])
    assert.deepEqual(judgeSignature(folder, own.publicKey), { kind: 'invalid', what: 'is about another manifest' })
  })

  test('is not listed by a manifest that is written anew', () => {
    writeManifest(folder)
    assert.deepEqual(verifyPack(folder), [])
    assert.ok(!readFileSync(join(folder, 'manifest.json'), 'utf8').includes(signatureName))
  })

  test('with any character of its envelope changed is worthless or still says the same', () => {
    const text = envelope()
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', '0', '"', '{', ' ', 'é'), (at, character) => {
        rewrite(text.slice(0, at) + character + text.slice(at + 1))
        const state = judgeSignature(folder, own.publicKey)
        const unchanged = JSON.stringify(parsed(envelope()), null, 0) === JSON.stringify(parsed(text), null, 0)
        const hintOnly = payloadOf(envelope()) === payloadOf(text)
        assert.ok(state.kind === 'invalid' || unchanged || hintOnly, `${at} ${character}: ${state.kind}`)
      }),
      { seed: 8, numRuns: 300 },
    )
    rewrite(text)
  })

  test('the page names what a check does not show, and fits a page whatever is wrong', () => {
    const problems = Array.from({ length: 500 }, (_, index) => ({
      kind: 'extra' as const,
      path: `f${index}`,
      what: 'is not in the manifest',
    }))
    const lines = [...verdictLines('pack', { ...judgePack(folder, null), problems, intact: false, passed: false })]
    assert.ok(lines.length < 60)
    assert.ok(lines.some((line) => line.startsWith('not shown')))
    assert.ok(lines.includes('and 460 more problems; --json lists all'))
  })
})

describe('The envelope', () => {
  test('signs the pre-authentication encoding of DSSE', () => {
    const encoded = Buffer.from('DSSEv1 29 http://example.com/HelloWorld 11 hello world')
    const sig = sign(null, encoded, own.privateKey).toString('base64')
    const foreign = {
      payloadType: 'http://example.com/HelloWorld',
      payload: Buffer.from('hello world').toString('base64'),
      signatures: [{ keyid: '', sig }],
    }
    assert.ok(isSealedBy(foreign, own.publicKey))
    assert.deepEqual(sealEnvelope(foreign.payloadType, Buffer.from('hello world'), own.privateKey).signatures[0]?.sig, sig)
    assert.ok(!isSealedBy({ ...foreign, payloadType: 'http://example.com/HelloWorlds' }, own.publicKey))
  })

  test('only Ed25519 keys in PEM are taken, and no private key where a public one belongs', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = { type: 'pkcs8', format: 'pem' } as const
    assert.throws(() => readPrivateKey('k', rsa.privateKey.export(pem) as string), {
      code: 'unsuitable-key',
      message: /holds a key of type rsa/,
    })
    assert.throws(() => readPrivateKey('k', 'no key'), { code: 'unsuitable-key' })
    assert.throws(() => readPublicKey('k', own.privateKey.export(pem) as string), { code: 'unsuitable-key', message: /private key/ })
    assert.throws(() => readPublicKey('k', ''), { code: 'unsuitable-key' })
  })
})

function payloadOf(text: string): unknown {
  const value = parsed(text)
  return typeof value === 'object' && value !== null && 'payload' in value ? value.payload : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
