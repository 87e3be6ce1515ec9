import assert from 'node:assert/strict'
import { test } from 'node:test'
import { revocation } from '../../src/proxy/stapled.ts'

const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const time = (text: string): Buffer => tlv(0x18, Buffer.from(text))
const oid = (hex: string): Buffer => tlv(6, Buffer.from(hex, 'hex'))

/** An OCSP response about serial 0x0a0b, whose signature nobody checks. */
function response(status: Buffer): Buffer {
  const id = tlv(0x30, tlv(0x30, oid('2b0e03021a')), tlv(4), tlv(4), tlv(2, Buffer.from([10, 11])))
  const single = tlv(0x30, id, status, time('20260101000000Z'))
  const data = tlv(0x30, tlv(0xa2, tlv(4, Buffer.alloc(20))), time('20260101000000Z'), tlv(0x30, single))
  const basic = tlv(0x30, data, tlv(0x30, oid('2a8648ce3d040302')), tlv(3, Buffer.from([0])))
  const bytes = tlv(0xa0, tlv(0x30, oid('2b0601050507300101'), tlv(4, basic)))
  return tlv(0x30, tlv(10, Buffer.from([0])), bytes)
}
const revoked = response(tlv(0xa1, time('20250304000000Z')))
const good = response(tlv(0x80))
const certificate = (serialNumber: string) => ({ serialNumber }) as never

test('a response that says revoked is the server’s problem, with the day', () => {
  const problem = revocation(revoked, certificate('0A0B'))
  assert.equal(problem?.code, 'tls/certificate-revoked')
  assert.equal(problem?.blame, 'server')
  assert.match(problem?.message ?? '', /2025-03-04/)
})

test('a good response, one about another certificate and one that cannot be read say nothing', () => {
  assert.equal(revocation(good, certificate('0A0B')), undefined)
  assert.equal(revocation(revoked, certificate('0A0C')), undefined)
  for (let length = 0; length < revoked.length; length++)
    assert.equal(revocation(revoked.subarray(0, length), certificate('0A0B')), undefined)
})
