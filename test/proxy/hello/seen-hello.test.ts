import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seeHello } from '../../../src/proxy/hello/seen-hello.ts'
import { helloMessage } from '../hello-bytes.ts'

test('a hello is seen with its bytes, what they say, and its shape', () => {
  const message = helloMessage()
  const seen = seeHello(message)
  assert.equal(seen?.message, message)
  assert.deepEqual(seen.hello.cipherSuites, [0x1301, 0x1302, 0xc02b])
  assert.ok(seen.shape)
})

test('a hello that is cut anywhere is not seen, and no cut throws', () => {
  const message = helloMessage()
  for (let length = 0; length < message.length; length++)
    assert.equal(seeHello(message.subarray(0, length)), undefined, `cut at ${length}`)
})

test('no bytes make it throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => void seeHello(Buffer.from(bytes))))
  const whole = helloMessage()
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
      const damaged = Buffer.from(whole)
      damaged[at] = value
      seeHello(damaged)
    }),
  )
})
