import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Window } from '../../../../../src/proxy/relay/acting/http2/window.ts'

test('as long as bytes only pass, sender and receiver count the same', () => {
  const window = new Window(100)
  window.pass(60)
  assert.deepEqual([window.room, window.debt, window.giveBack(), window.grant(60)], [40, 0, 0, 60])
  assert.equal(window.room, 100)
})

test('what ends here is given back, and what Parley writes is withheld from what is granted', () => {
  const window = new Window(100)
  window.take(30)
  assert.deepEqual([window.giveBack(), window.giveBack()], [30, 0])
  window.write(50)
  assert.equal(window.fits(60), false)
  assert.deepEqual([window.grant(20), window.grant(40), window.room], [0, 10, 110])
})

test('an overrun is what was sent beyond all that was ever given, and room that SETTINGS took back was given', () => {
  const window = new Window(100)
  window.keep(90)
  assert.equal(window.overrun, -10)
  window.keep(30)
  assert.equal(window.overrun, 20)
  window.resize(-50)
  assert.equal(window.overrun, 20)
  window.grant(50)
  assert.equal(window.overrun, -30)
})

const amount = fc.integer({ min: 1, max: 40 })
const step = fc.oneof(
  fc.record({ send: amount, way: fc.constantFrom('pass', 'take', 'keep') }),
  fc.record({ write: amount }),
  fc.record({ release: amount }),
  fc.record({ consume: amount }),
  fc.record({ resize: fc.integer({ min: -30, max: 30 }) }),
)

test('whatever happens in whatever order, no window is overrun, and when all has gone on nobody is short of any', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const size = { value: 100 }
      const window = new Window(size.value)
      let believes = size.value // the sender's own count
      let buffered = 0 // at the receiver, not consumed
      let queue = 0 // of the sender, at Parley, still in its window
      const arrive = (bytes: number): void => {
        buffered += bytes
        assert.ok(window.room >= Math.min(0, size.value - buffered), 'Parley knows the room')
      }
      const back = (): void => {
        believes += window.giveBack()
      }
      const release = (most: number): void => {
        const bytes = Math.min(queue, most, window.room)
        if (bytes <= 0) return
        queue -= bytes
        window.free(bytes)
        window.write(bytes)
        arrive(bytes)
        assert.ok(buffered <= size.value, 'the window is not overrun by what was kept')
        back()
      }
      const consume = (most: number): void => {
        const bytes = Math.min(buffered, most)
        buffered -= bytes
        if (bytes > 0) believes += window.grant(bytes)
      }
      for (const at of steps) {
        if ('send' in at) {
          const bytes = Math.min(at.send, believes)
          if (bytes <= 0) continue
          believes -= bytes
          if (at.way === 'pass' && queue === 0 && window.fits(bytes)) {
            window.pass(bytes)
            arrive(bytes)
          } else if (at.way === 'take') window.take(bytes)
          else {
            window.keep(bytes)
            queue += bytes
          }
          back()
        } else if ('write' in at) {
          const bytes = Math.min(at.write, window.room)
          if (bytes <= 0) continue
          window.write(bytes)
          arrive(bytes)
          assert.ok(buffered <= size.value, 'the window is not overrun by what Parley writes')
        } else if ('release' in at) release(at.release)
        else if ('consume' in at) consume(at.consume)
        else {
          size.value += at.resize
          window.resize(at.resize)
          believes += at.resize
        }
      }
      if (size.value <= 0) return
      for (let i = 0; i < 1000 && (queue > 0 || buffered > 0); i++) {
        consume(50)
        release(50)
      }
      assert.deepEqual([queue, buffered], [0, 0], 'nothing starves')
      assert.deepEqual(
        [window.room, believes, window.debt],
        [size.value, size.value, 0],
        'nobody is short of any window',
      )
    }),
    { numRuns: 500 },
  )
})
