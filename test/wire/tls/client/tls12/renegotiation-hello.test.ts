import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renegotiationHello } from '../../../../../src/wire/tls/client/tls12/renegotiation-hello.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { offer } from '../offer.ts'

test('a hello that renegotiates has our verify_data, and nothing of sessions, protocols and TLS 1.3', () => {
  const client = Buffer.alloc(12, 7)
  const suites = [0x1301, 0xc02f, 0x00ff]
  const opened = offer({ suites, alpn: ['h2'], without: [0xff01], and: [[49, Buffer.alloc(0)]] })
  const hello = readClientHello(renegotiationHello(opened, { client }))
  assert.deepEqual(hello.cipherSuites, [0x1301, 0xc02f])
  assert.equal(hello.sessionId.length, 0)
  assert.deepEqual(
    hello.extensions.map(({ type }) => type),
    [0xff01, 0, 23, 10, 11, 35, 22, 13],
  )
  assert.deepEqual(hello.extensions[0]?.data, Buffer.concat([Buffer.of(12), client]))
})
