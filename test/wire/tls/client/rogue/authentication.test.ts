import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import type { TlsClient } from '../../../../../src/wire/tls/client/tls-client.ts'
import { keyed } from '../certificate-of.ts'
import { type Part, u8, u16, vector16 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { content, type } from './server.ts'
import { Server13 } from './server13.ts'

/** Client authentication behind the handshake of TLS 1.3: RFC 8446 4.6.2. */
const offered: Part = [49, Buffer.alloc(0)]
const { key, certificate } = keyed('P-384')
const always = {
  offer: { suites: [0x1301], groups: [29], and: [offered] },
  client: { identity: { key, certificates: [certificate] } },
}
const schemes = (...numbers: number[]): Part => [13, vector16(...numbers.map(u16))]
const times = (count: number, act: () => void): void => {
  for (let n = 0; n < count; n++) act()
}

/** The types of the messages in the last record that the client said. */
function lastMessages(server: Server13): Buffer[] {
  const bytes = server.heard.at(-1)!.content
  const messages: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUIntBE(at + 1, 3)) messages.push(bytes.subarray(at))
  return messages
}

test('a client that offered it shows its certificate, each time on top of the handshake alone', () => {
  const server = new Server13()
  const act = (s: Server13): void => {
    s.handshake()
    for (const context of [u8(1), Buffer.from('another'), u8(1)]) {
      s.ticket()
      s.ask(context, [schemes(0x0403, 0x0503)])
      const [own, proof, end, ...more] = lastMessages(s)
      assert.deepEqual([own?.[0], proof?.[0], end?.[0], more.length], [11, 15, 20, 0])
      assert.ok(own!.subarray(5, 5 + own![4]!).equals(context))
      assert.ok(own!.includes(certificate))
      assert.ok(s.clientFinished)
      s.keyUpdate(1)
      s.send(content.data, Buffer.from('data'))
    }
  }
  const { error, client } = encounter(server, act, always)
  assert.equal(error, undefined)
  client.write(Buffer.from('on it goes'))
  assert.equal(server.heard.at(-1)?.content.toString(), 'on it goes')
})

test('its signature is over what the server saw', () => {
  const server = new Server13()
  let over: Uint8Array = u8(0)
  const act = (s: Server13): void => {
    s.handshake()
    s.ask(u8(1), [schemes(0x0503)])
    over = s.soFarWithout(2)
  }
  encounter(server, act, always)
  const proof = lastMessages(server)[1]!
  const signature = proof.subarray(8, 8 + proof.readUInt16BE(6))
  const signed = Buffer.concat([Buffer.alloc(64, 32), Buffer.from('TLS 1.3, client CertificateVerify\0'), over])
  assert.ok(verify('sha384', signed, createPublicKey(key), signature))
})

test('a client that has none that fits says so', () => {
  for (const client of [{}, always.client]) {
    const server = new Server13()
    const act = (s: Server13): void => {
      s.handshake()
      s.ask(u8(9), [schemes(0x0804)])
    }
    const { error } = encounter(server, act, { offer: always.offer, client })
    assert.equal(error, undefined)
    assert.deepEqual(
      lastMessages(server).map(([kind]) => kind),
      [11, 20],
    )
    assert.equal(lastMessages(server)[0]!.subarray(0, 9).toString('hex'), '0b0000050109000000')
    assert.ok(server.clientFinished)
  }
})

const asked = (
  what: string,
  alerts: Case<Server13>[1],
  act: (server: Server13, client: TlsClient) => unknown,
): Case<Server13> => [
  `a CertificateRequest behind the handshake ${what}`,
  alerts,
  (s, client) => {
    s.handshake()
    act(s, client)
  },
]

refuses(
  () => new Server13(),
  always,
  [
    asked('without schemes', alert.missingExtension, s => s.ask(u8(1), [])),
    asked('for no scheme', alert.malformed, s => s.ask(u8(1), [[13, u16(0)]])),
    asked('that is cut', 50, s => s.afterwards(type.certificateRequest, u8(9))),
    asked('with bytes behind', 50, s => s.afterwards(type.certificateRequest, u8(0), u16(0), u8(0))),
    asked('with schemes twice', alert.malformed, s => s.ask(u8(1), [schemes(0x0403), schemes(0x0403)])),
    asked('thousands of times', 10, s => times(2000, () => s.ask())),
    asked('with a Certificate', 10, s => [s.ask(), s.certificate()]),
  ],
  true,
)
