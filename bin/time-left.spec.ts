import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TimeLeft } from './time-left.js'

describe('Time left', () => {
  test('is not told before anything was done, nor when all is', () => {
    const left = new TimeLeft()
    assert.equal(left.after(10, 0), undefined)
    assert.equal(left.after(20, 0), undefined)
    assert.equal(left.after(30, 1), undefined)
  })

  test('goes by what was done since the first mark, which need not be the start', () => {
    const left = new TimeLeft()
    left.after(10, 0.25)
    assert.equal(left.after(20, 0.5), 20)
    assert.equal(left.after(30, 0.75), 10)
  })

  test('begins anew when a share falls back: that is other work', () => {
    const left = new TimeLeft()
    left.after(0, 0)
    left.after(100, 0.5)
    assert.equal(left.after(110, 0), undefined)
    assert.equal(left.after(115, 0.5), 5)
  })

  test('is not told of a share that has never moved', () => {
    const left = new TimeLeft()
    left.after(0, 0.5)
    assert.equal(left.after(60, 0.5), undefined)
  })
})
