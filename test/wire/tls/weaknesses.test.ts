import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HandshakeMessage } from '../../../src/wire/tls/handshake.ts'
import { negotiatedFrom } from '../../../src/wire/tls/negotiated.ts'
import { Progress } from '../../../src/wire/tls/progress.ts'
import type { MessageValue } from '../../../src/wire/tls/values.ts'
import { weaknesses } from '../../../src/wire/tls/weaknesses.ts'
import { clientHello, serverHello } from './hello-values.ts'

const part = (type: number) => ({ type, data: new Uint8Array(0), start: 0 })
const secure = [part(0xff01)]

function found(hello: object, ...more: readonly MessageValue[]) {
  const progress = new Progress()
  const said: MessageValue[] = [
    { name: 'client_hello', hello: clientHello({ cipherSuites: [0xc02f, 0x00ff] }) },
    { name: 'server_hello', hello: serverHello({ extensions: secure, ...hello }) },
    ...more,
  ]
  const messages = said.map(value => {
    const direction = value.name === 'client_hello' ? 'to-server' : 'to-client'
    progress.see(value, direction)
    return { direction, name: value.name, value, records: [0] } as unknown as HandshakeMessage
  })
  return weaknesses({ messages, negotiated: negotiatedFrom(messages, progress) }, progress)
}
const codes = (hello: object, ...more: readonly MessageValue[]) => found(hello, ...more).map(({ code }) => code)

test('what is as it should be is not named', () => {
  assert.deepEqual(codes({ cipherSuite: 0xc02f }), [])
  assert.deepEqual(codes({ cipherSuite: 0x1301, selectedVersion: 0x0304, extensions: [] }), [])
  assert.deepEqual(weaknesses({ messages: [], negotiated: negotiatedFrom([], new Progress()) }, new Progress()), [])
})

test('a suite is named for what is weak in it', () => {
  assert.deepEqual(codes({ cipherSuite: 0x009c }), ['no-forward-secrecy'])
  assert.deepEqual(codes({ cipherSuite: 0xc013 }), ['cbc'])
  assert.deepEqual(codes({ cipherSuite: 0x000a }), ['no-forward-secrecy', 'small-blocks', 'cbc'])
  assert.deepEqual(codes({ cipherSuite: 0xc011 }), ['broken-cipher'])
  assert.deepEqual(codes({ cipherSuite: 0xc018 }), ['anonymous', 'cbc'])
  assert.match(found({ cipherSuite: 0xc013 })[0]!.message, /without encrypt_then_mac/)
  assert.match(found({ cipherSuite: 0xc013, extensions: [part(22), ...secure] })[0]!.message, /with encrypt_then_mac/)
})

test('an old version is named, and a server without RFC 5746', () => {
  const [old] = found({ cipherSuite: 0xc013, legacyVersion: 0x0301 })
  assert.deepEqual([old?.code, old?.at], ['old-version', 1])
  assert.match(old!.message, /TLS 1\.0/)
  assert.deepEqual(codes({ cipherSuite: 0xc02f, extensions: [] }), ['no-secure-renegotiation'])
})

test('SHA-1 is named in a key exchange and in a CertificateVerify', () => {
  for (const algorithm of [0x0201, 0x0403]) {
    const exchange = { name: 'server_key_exchange', exchange: { algorithm } } as MessageValue
    const verify = { name: 'certificate_verify', verify: { algorithm, signature: new Uint8Array(0) } } as MessageValue
    const weak = found({ cipherSuite: 0xc02f }, exchange, verify)
    assert.deepEqual(
      weak.map(({ at }) => at),
      algorithm === 0x0201 ? [2, 3] : [],
    )
  }
})
