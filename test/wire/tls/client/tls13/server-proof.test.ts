import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { keyed } from '../certificate-of.ts'
import { message, type Part, u16, u24, vector8, vector16, vector24 } from '../offer.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server13 } from '../rogue/server13.ts'

const and: readonly Part[] = [
  [5, Buffer.from('0100000000', 'hex')],
  [18, Buffer.alloc(0)],
  [20, vector8(Buffer.of(2, 0))],
  [27, vector8(u16(1))],
]
const always = { offer: { suites: [0x1301], groups: [29], and } }
const begun = (s: Server13, parts: readonly Part[] = []): void => {
  s.serverHello()
  s.encryptedExtensions(parts)
}
const stapled: Part = [5, Buffer.concat([Buffer.of(1), vector24(Buffer.from('response'))])]
const ended = (s: Server13): void => {
  s.certificateVerify()
  s.finished()
}

test('a Certificate with a stapled response, also compressed', () => {
  for (const compress of [false, true]) {
    const server = new Server13()
    const act = (s: Server13): void => {
      begun(s)
      const certificate = s.certificateMessage([s.identity.certificate], [stapled])
      const body = certificate.subarray(4)
      if (compress) s.say(message(25, u16(1), u24(body.length), vector24(deflateSync(body))))
      else s.say(certificate)
      ended(s)
    }
    const { error, client } = encounter(server, act, always)
    assert.equal(error, undefined)
    assert.deepEqual(client.chain, {
      certificates: [server.identity.certificate],
      rawKey: false,
      ocsp: Buffer.from('response'),
    })
    assert.equal(client.scheme, 0x0403)
  }
})

test('a bare key is a chain of one', () => {
  const server = new Server13()
  const spki = createPublicKey(server.identity.key).export({ format: 'der', type: 'spki' })
  const act = (s: Server13): void => {
    begun(s, [[20, Buffer.of(2)]])
    s.certificate([spki])
    ended(s)
  }
  const { client } = encounter(server, act, always)
  assert.deepEqual(client.chain, { certificates: [spki], rawKey: true })
})

refuses(() => new Server13(), always, [
  [
    'a signature by another key',
    51,
    s => {
      begun(s)
      s.certificate()
      s.certificateVerify(keyed('brainpoolP256r1').key)
    },
  ],
  [
    'a certificate whose key must not sign',
    47,
    s => {
      begun(s)
      s.certificate([keyed('P-256', { keyUsage: 0x20 }).certificate])
      s.certificateVerify()
    },
  ],
  [
    'an extension that does not belong to a certificate',
    110,
    s => {
      begun(s)
      s.certificate(undefined, [[10, vector16(u16(29))]])
    },
  ],
  [
    'timestamps that are none',
    50,
    s => {
      begun(s)
      s.certificate(undefined, [[18, vector16()]])
    },
  ],
  [
    'a compression that was not offered',
    47,
    s => {
      begun(s)
      s.say(message(25, u16(2), u24(10), vector24(Buffer.alloc(10))))
    },
  ],
  [
    'a compressed certificate that grows beyond a message',
    42,
    s => {
      begun(s)
      const entries = Buffer.concat([Buffer.of(0), vector24(Buffer.alloc(300_000))])
      s.say(message(25, u16(1), u24(entries.length), vector24(deflateSync(entries))))
    },
  ],
])
