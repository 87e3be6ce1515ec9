import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import { ssl3Expand, ssl3HandshakeHash, ssl3Mac } from '../../../src/wire/tls/ssl3.ts'
import { flip } from './capture-edits.ts'
import { assertSound, checksIn } from './expect-handshake.ts'
import { recordedStream } from './recorded-streams.ts'

for (const name of ['ssl30-aes128-sha', 'ssl30-3des-sha'])
  test(`SSL 3.0 by Java (${name}): every record opens, both Finished and CertificateVerify hold`, () => {
    const handshake = dissect(recordedStream(name))
    assertSound(handshake)
    assert.equal(handshake.negotiated.version, 0x0300)
    assert.ok(checksIn(handshake).includes('to-server certificate_verify signature true'))
    assert.deepEqual(
      [...new Set(handshake.keys.map(key => key.source))],
      ['RFC 6101 5.6.7.1', 'RFC 6101 6.1', 'RFC 6101 6.2.2'],
    )
  })

test('a damaged CertificateVerify of SSL 3.0 is caught', () => {
  const capture = recordedStream('ssl30-aes128-sha')
  const verify = dissect(capture).messages.find(message => message.name === 'certificate_verify')!
  const record = dissect(capture).records[verify.records[0]!]!
  const damaged = dissect(flip(capture, 'to-server', record.offset + 5 + record.length - 1))
  assert.ok(checksIn(damaged).includes('to-server certificate_verify signature false'))
})

test('what is stretched, hashed and authenticated has the length of its hashes', () => {
  const secret = new Uint8Array(48)
  assert.equal(ssl3Expand(secret, new Uint8Array(64), 104).length, 104)
  assert.deepEqual(ssl3Expand(secret, secret, 16), ssl3Expand(secret, secret, 48).subarray(0, 16))
  const { md5, sha1 } = ssl3HandshakeHash([secret], secret, 'CLNT')
  assert.deepEqual([md5.length, sha1.length], [16, 20])
  assert.equal(ssl3Mac('sha1', secret, secret, secret).length, 20)
})
