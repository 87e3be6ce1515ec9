import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { exchangeOf, inFolder } from './samples.ts'

const body = Uint8Array.from({ length: 100 }, (_, index) => index)

const withBody = (
  write: (writer: ReturnType<typeof openCaptureWriter>) => void,
  read: (capture: ReturnType<typeof openCapture>) => void,
) =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    write(writer)
    writer.close()
    const capture = openCapture(path)
    read(capture)
    capture.close()
  })

test('any slice of a body reads the same however it was cut for the store', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 })
  const slices = fc.array(fc.tuple(fc.nat({ max: 110 }), fc.nat({ max: 110 })), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(cuts, slices, (at, asked) => {
      const ends = [...at.sort((a, b) => a - b), 100]
      withBody(
        writer => {
          writer.exchange(exchangeOf(1), undefined, body.subarray(0, ends[0]))
          ends.slice(1).forEach((end, index) => {
            writer.body(1, 'response', ends[index]!, body.subarray(ends[index], end))
          })
        },
        capture => {
          for (const [from, length] of asked) {
            const expected = Buffer.from(body.subarray(from, from + length))
            assert.deepEqual(Buffer.from(capture.body(1, 'response', from, length)), expected)
          }
          assert.equal(capture.bodyLength(1, 'response'), 100)
          assert.equal(capture.bodyLength(1, 'request'), 0)
        },
      )
    }),
    { numRuns: 30 },
  )
})

test('reading stops where a part was not kept, and goes on behind it when asked', () =>
  withBody(
    writer => {
      writer.exchange(exchangeOf(1), body.subarray(0, 10))
      writer.body(1, 'request', 20, body.subarray(20, 30))
    },
    capture => {
      assert.deepEqual([...capture.body(1, 'request', 8, 50)], [8, 9])
      assert.deepEqual([...capture.body(1, 'request', 12, 50)], [])
      assert.deepEqual([...capture.body(1, 'request', 28, 50)], [28, 29])
      assert.equal(capture.bodyLength(1, 'request'), 30)
    },
  ))

test('a body of an exchange that is not there is empty', () =>
  withBody(
    () => {},
    capture => {
      assert.equal(capture.body(9, 'request', 0, 10).length, 0)
      assert.equal(capture.bodyLength(9, 'request'), 0)
    },
  ))

test('the server’s bodies stand apart from the client’s', () => {
  withBody(
    writer => {
      writer.exchange(exchangeOf(1), undefined, Buffer.from('client'))
      writer.body(1, 'server-response', 0, Buffer.from('ser'))
      writer.body(1, 'server-response', 3, Buffer.from('ver'))
    },
    capture => {
      assert.equal(Buffer.from(capture.body(1, 'response', 0, 100)).toString(), 'client')
      assert.equal(Buffer.from(capture.body(1, 'server-response', 1, 100)).toString(), 'erver')
      assert.deepEqual([capture.bodyLength(1, 'server-response'), capture.bodyLength(1, 'server-request')], [6, 0])
    },
  )
})
