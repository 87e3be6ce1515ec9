import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { headLength } from '../../../src/proxy/dial/connect-client.ts'

test('a head is whole with its empty line, whatever ends its lines', () => {
  assert.equal(headLength(Buffer.from('HTTP/1.1 200 OK\r\nA: b\r\n\r\nrest')), 25)
  assert.equal(headLength(Buffer.from('HTTP/1.0 200\n\nrest')), 14)
  assert.equal(headLength(Buffer.from('HTTP/1.1 200 OK\r\nA: b\r\n')), undefined)
  for (const odd of ['HTTQ', 'SSH-2.0-x\r\n', 'HTTP/1.1 abc\r\n\r\n'])
    assert.throws(() => headLength(Buffer.from(odd)), odd)
})

test('of any bytes it says a length within them, that more are needed, or that they are none', () => {
  const begun = fc.constantFrom('', 'HTTP/1.1 ', 'HTTP/1.1 200 OK\r\n')
  fc.assert(
    fc.property(begun, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
      const bytes = Buffer.concat([Buffer.from(start), rest])
      let length: number | undefined
      try {
        length = headLength(bytes)
      } catch {
        return
      }
      assert.ok(length === undefined || (length > 0 && length <= bytes.length))
    }),
  )
})
