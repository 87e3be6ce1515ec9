import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { handshake } from '../../../../../src/wire/tls/client/framing.ts'
import {
  fitting,
  ownCertificate,
  ownProof,
  readRequest,
} from '../../../../../src/wire/tls/client/tls12/client-proof.ts'
import { type KeyKind, keyed } from '../certificate-of.ts'
import { u16, vector8, vector16, vector24 } from '../offer.ts'
import { stateOf } from '../state-of.ts'

const identityOf = (kind: KeyKind) => ({ certificates: [keyed(kind).certificate], key: keyed(kind).key })
const none = handshake(11, vector24())
const clientOf = (kind: KeyKind, version = 0x0303) =>
  stateOf({ versions: [version] }, { identity: identityOf(kind), oldestVersion: 0x0301 })

test('a request has types and schemes', () => {
  const client = stateOf({ versions: [0x0303] })
  const read = (types: readonly number[], schemes: readonly number[]) => {
    const bytes = handshake(13, Buffer.concat([vector8(Buffer.from(types)), vector16(...schemes.map(u16)), vector16()]))
    return readRequest(client, { type: 13, bytes })
  }
  assert.deepEqual(read([1, 64], [0x0403]), { types: [1, 64], schemes: [0x0403] })
  assert.throws(() => read([], [0x0403]), { alert: 50 })
  assert.throws(() => read([1], []), { alert: 50 })
})

test('a certificate is shown if its type and a scheme fit, and its key signs all messages so far', () => {
  const client = clientOf('P-256')
  client.transcript.add(Buffer.from('what was said'))
  const request = { types: [1, 64], schemes: [0x0804, 0x0403] }
  const { certificate, key } = keyed('P-256')
  const own = fitting(client, request)!
  assert.deepEqual(ownCertificate(own), handshake(11, vector24(vector24(certificate))))
  const proof = ownProof(client, own)
  assert.equal(proof.readUInt16BE(4), 0x0403)
  assert.ok(verify('sha256', Buffer.from('what was said'), createPublicKey(key), proof.subarray(8)))
})

test('nothing that fits is an empty certificate and no proof', () => {
  for (const [client, request] of [
    [stateOf({ versions: [0x0303] }), { types: [1, 64], schemes: [0x0403] }],
    [clientOf('P-256'), { types: [1], schemes: [0x0403] }],
    [clientOf('P-256'), { types: [64], schemes: [0x0804] }],
    [clientOf('rsa-pss', 0x0302), { types: [1], schemes: [] }],
  ] as const) {
    assert.equal(fitting(client, request), undefined)
    assert.deepEqual(ownCertificate(undefined), none)
  }
})

test('before TLS 1.2 no scheme is named', () => {
  const client = clientOf('rsa', 0x0302)
  const proof = ownProof(client, fitting(client, { types: [1], schemes: [] })!)
  assert.equal(proof.readUInt16BE(4), 256)
  assert.equal(proof.length, 4 + 2 + 256)
})
