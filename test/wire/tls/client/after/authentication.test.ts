import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import type { TlsClient } from '../../../../../src/wire/tls/client/tls-client.ts'
import { keyed } from '../certificate-of.ts'
import { extensionList, message, type Part, u16, vector8, vector16 } from '../offer.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { expandLabel, hmac, sha256 } from '../rogue/protection.ts'
import { content } from '../rogue/server.ts'
import { Server13 } from '../rogue/server13.ts'

const offered: Part = [49, Buffer.alloc(0)]
const always = { offer: { suites: [0x1301], groups: [29], and: [offered] } }
const identity = { certificates: [keyed('P-256').certificate], key: keyed('P-256').key }
const schemes: Part = [13, vector16(u16(0x0403))]

/** Asks for a certificate when it likes, and checks the answer as RFC 8446 4.4 says. */
class LateServer extends Server13 {
  secret: Buffer = Buffer.alloc(0)

  demand(name: string): void {
    const request = message(13, vector8(Buffer.from(name)), extensionList([schemes]))
    const before = this.heard.length
    this.send(content.handshake, request)
    const answer = this.heard.slice(before)
    assert.equal(answer.length, 1)
    const said = messagesIn(answer[0]!.content)
    const upTo = (count: number): Buffer => sha256(...this.transcript, request, ...said.slice(0, count))
    assert.equal(said[0]!.subarray(5, 5 + name.length).toString(), name)
    if (said.length === 3) {
      const over = Buffer.concat([Buffer.from(`${' '.repeat(64)}TLS 1.3, client CertificateVerify\0`), upTo(1)])
      assert.ok(verify('sha256', over, createPublicKey(identity.key), said[1]!.subarray(8)))
    }
    const finished = hmac(expandLabel(this.secret, 'finished', Buffer.alloc(0)), upTo(said.length - 1))
    assert.deepEqual(said.at(-1)!.subarray(4), finished)
    this.answers.push(said.map(bytes => bytes[0]!))
  }

  readonly answers: number[][] = []

  /** What comes behind the handshake is not for its transcript. */
  protected override heardMessage(bytes: Buffer): void {
    if (!this.clientFinished) super.heardMessage(bytes)
    else if (bytes[0] === 24) {
      this.secret = expandLabel(this.secret, 'traffic upd', Buffer.alloc(0))
      const { transcript } = this
      super.heardMessage(bytes)
      this.transcript = transcript
    }
  }
}

function messagesIn(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + bytes.readUIntBE(at + 1, 3)
    found.push(bytes.subarray(at, end))
    at = end
  }
  return found
}

function late(told: { identity?: typeof identity }, act: (server: LateServer, client: TlsClient) => void): number[][] {
  const server = new LateServer()
  const keyLog = (line: string): void => {
    const [label, , secret] = line.trim().split(' ')
    if (label === 'CLIENT_TRAFFIC_SECRET_0') server.secret = Buffer.from(secret!, 'hex')
  }
  const { error } = encounter(
    server,
    (s, client) => {
      s.handshake()
      act(s, client)
    },
    { ...always, client: { ...told, keyLog } },
  )
  assert.equal(error, undefined)
  return server.answers
}

test('each request is answered on top of the handshake, under the secret that stands', () => {
  const answers = late({ identity }, (s, client) => {
    s.demand('one')
    s.demand('two')
    client.updateKeys(false)
    s.demand('three')
  })
  assert.deepEqual(answers, [
    [11, 15, 20],
    [11, 15, 20],
    [11, 15, 20],
  ])
})

test('without an identity the certificate is empty', () => {
  assert.deepEqual(
    late({}, s => s.demand('one')),
    [[11, 20]],
  )
})

refuses(
  () => new Server13(),
  { offer: { ...always.offer, and: [] } },
  [
    [
      'a request behind the handshake that was not offered',
      10,
      s => {
        s.handshake()
        s.afterwards(13, vector8(Buffer.from('one')), extensionList([schemes]))
      },
    ],
  ],
  true,
)
