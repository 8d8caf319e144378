import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { EvidenceError } from '../../model/errors.js'
import { zipLimits, zipMembers } from './zip-archive.js'

interface Member {
  readonly name: string
  readonly data: Buffer
  readonly flags?: number
  readonly method?: number
  /** What the directory claims in place of the truth. */
  readonly claims?: { readonly size?: number; readonly crc?: number; readonly offset?: number }
}

/** PKWARE APPNOTE: local file header, data, central directory, end of central directory. */
function archive(members: readonly Member[]): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, flags = 0, method = 8, claims = {} } of members) {
    const packed = method === 8 ? deflateRawSync(data) : data
    const label = Buffer.from(name)
    const [head, entry] = [Buffer.alloc(30), Buffer.alloc(46)]
    head.writeUInt32LE(0x04034b50, 0)
    entry.writeUInt32LE(0x02014b50, 0)
    for (const [buffer, at] of [
      [head, 6],
      [entry, 8],
    ] as const) {
      buffer.writeUInt16LE(flags, at)
      buffer.writeUInt16LE(method, at + 2)
      buffer.writeUInt32LE(claims.crc ?? crc32(data), at + 8)
      buffer.writeUInt32LE(packed.length, at + 12)
      buffer.writeUInt32LE(claims.size ?? data.length, at + 16)
      buffer.writeUInt16LE(label.length, at + 20)
    }
    entry.writeUInt32LE(claims.offset ?? offset, 42)
    local.push(head, label, packed)
    directory.push(entry, label)
    offset += 30 + label.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, ...directory, end])
}

const text = Buffer.from('requirement '.repeat(100))
const readAll = (bytes: Uint8Array, limits = zipLimits) =>
  zipMembers(bytes, 'f.zip', limits).map((member) => [member.name, Buffer.from(member.read()).toString()])

describe('Archives of strangers are refused in one line', () => {
  const refusals: readonly (readonly [string, Buffer, string])[] = [
    ['a name that climbs out', archive([{ name: '../../etc/cron.d/x', data: text }]), 'unsafe-path'],
    ['an absolute name', archive([{ name: '/etc/x', data: text }]), 'unsafe-path'],
    ['a drive', archive([{ name: 'C:/x', data: text }]), 'unsafe-path'],
    ['folders by backslash', archive([{ name: 'a\\..\\..\\x', data: text }]), 'unsafe-path'],
    ['an encrypted member', archive([{ name: 'a', data: text, flags: 1 }]), 'malformed-archive'],
    ['a method other than deflate', archive([{ name: 'a', data: text, method: 12 }]), 'malformed-archive'],
    ['a member that unpacks to more than it says', archive([{ name: 'a', data: text, claims: { size: 10 } }]), 'malformed-archive'],
    ['a member that unpacks to less than it says', archive([{ name: 'a', data: text, claims: { size: 100_000 } }]), 'malformed-archive'],
    ['another checksum', archive([{ name: 'a', data: text, claims: { crc: 1 } }]), 'malformed-archive'],
    [
      'members that share their bytes',
      archive([
        { name: 'a', data: text },
        { name: 'b', data: text, claims: { offset: 0 } },
      ]),
      'malformed-archive',
    ],
    [
      'a name given twice',
      archive([
        { name: 'a', data: text },
        { name: 'a', data: text },
      ]),
      'malformed-archive',
    ],
    ['a cut archive', archive([{ name: 'a', data: text }]).subarray(0, -1), 'malformed-archive'],
    ['a size only ZIP64 can tell', archive([{ name: 'a', data: text, claims: { size: 0xffff_ffff } }]), 'too-large'],
    ['no archive', Buffer.from('PK\u0003\u0004 and then nothing of the kind'), 'malformed-archive'],
  ]
  for (const [what, bytes, code] of refusals)
    test(what, () =>
      assert.throws(
        () => readAll(bytes),
        (error) => error instanceof EvidenceError && error.code === code && /^f\.zip: [^\n]+; [^\n]+$/u.test(error.message),
      ),
    )

  test('a bomb: 1 MiB of zeros in 1 kB is refused by the limit before it is unpacked', () => {
    const bomb = archive([{ name: 'a', data: Buffer.alloc(1024 * 1024) }])
    assert.ok(bomb.length < 2048)
    assert.throws(() => readAll(bomb, { ...zipLimits, member: 1000 }), { code: 'too-large' })
    assert.throws(() => readAll(bomb, { ...zipLimits, total: 1000 }), { code: 'too-large' })
    assert.throws(() => readAll(bomb, { ...zipLimits, members: 0 }), { code: 'too-large' })
  })

  test('whatever single byte is changed: the same members, or one line; never another text', () => {
    const good = archive([
      { name: 'a.reqif', data: text },
      { name: 'b/c.xml', data: Buffer.from('<b/>'), method: 0 },
    ])
    const whole = JSON.stringify(readAll(good).map(([, content]) => content))
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(good)
        bytes[at] = (bytes[at] ?? 0) ^ change
        try {
          assert.equal(JSON.stringify(readAll(bytes).map(([, content]) => content)), whole)
        } catch (error) {
          assert.ok(error instanceof EvidenceError, String(error))
        }
      }),
      { seed: 1, numRuns: 2000 },
    )
  })
})

describe('What an exporter writes', () => {
  test('stored and deflated members, folders left out, UTF-8 names', () => {
    const bytes = archive([
      { name: 'd/', data: Buffer.alloc(0), method: 0 },
      { name: 'd/ü.reqif', data: text, flags: 0x0800 },
      { name: 'plain.xml', data: text, method: 0 },
    ])
    assert.deepEqual(readAll(bytes), [
      ['d/ü.reqif', text.toString()],
      ['plain.xml', text.toString()],
    ])
  })
})
