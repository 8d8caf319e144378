import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { CodeBuffer } from './code-buffer.js'
import { FunctionBody } from './function-body.js'
import { encodeModule } from './module.js'
import { I32, I64 } from './opcodes.js'

function written(write: (to: CodeBuffer) => void): number[] {
  const to = new CodeBuffer()
  write(to)
  return [...to.written()]
}
const unsignedLeb = (value: number): number[] => written((to) => to.unsigned(value))
const signedLeb = (value: bigint): number[] => written((to) => to.signed64(value))

describe('LEB128, WebAssembly Core 1.0, "Integers"', () => {
  test('624485 is e5 8e 26, as in the DWARF standard’s example', () => assert.deepEqual(unsignedLeb(624485), [0xe5, 0x8e, 0x26]))
  test('-123456 is c0 bb 78', () => assert.deepEqual(signedLeb(-123456n), [0xc0, 0xbb, 0x78]))
  test('64 needs a second byte, because bit 6 is the sign', () => assert.deepEqual(signedLeb(64n), [0xc0, 0x00]))

  test('decoding gives every 64-bit value back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const decoded = signedLeb(value).reduceRight((sum, byte) => (sum << 7n) | BigInt(byte & 0x7f), 0n)
        const bits = signedLeb(value).length * 7
        assert.equal(BigInt.asIntN(bits, decoded), value)
      }),
      { seed: 0x1eb },
    )
  })
})

describe('Emitted modules', () => {
  const valid = (body: FunctionBody): boolean => WebAssembly.validate(encodeModule([{ name: 'run', parameters: 2, body }]))

  test('a body that leaves nothing on the stack is refused by the validator', () => {
    assert.equal(valid(new FunctionBody([I32, I32])), false)
  })

  test('blocks, loops, branch tables and locals validate', () => {
    const body = new FunctionBody([I32, I32])
    const counter = body.local(I64)
    body.i64(-1n).set(counter)
    body.block((done) => {
      body.loop((again) => {
        body.get(counter).op('i64.eqz').branchIf(done)
        body.block((first) => {
          body.block((second) => {
            body.get(body.parameter(0)).branchTable([first, second], done)
          })
          body.branch(again)
        })
      })
    })
    body.get(body.parameter(1))
    assert.equal(valid(body), true)
  })

  test('a local that was released is given out again, one of another type is not', () => {
    const body = new FunctionBody([I32, I32])
    const first = body.local(I64)
    body.release([first])
    assert.notEqual(body.local(I32).index, first.index)
    assert.equal(body.local(I64).index, first.index)
  })
})
