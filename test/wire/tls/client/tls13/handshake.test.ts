import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offer, type Part, u16 } from '../offer.ts'
import { assertMet } from '../openssl/expect-met.ts'
import { opensslOrigin } from '../openssl/origin.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server13 } from '../rogue/server13.ts'

const modern = { offer: { suites: [0x1301], groups: [29] } }

test('with every hash the secrets are those of OpenSSL, and the dissector finds all of it right', async () => {
  for (const suite of [0x1301, 0x1302, 0x1303]) {
    const met = await opensslOrigin({}).meet({ hello: offer({ suites: [suite], versions: [0x0304] }) })
    const { negotiated } = assertMet(met)
    assert.equal(negotiated.cipherSuite, suite)
  }
})

test('the chain is judged behind Finished, and nothing is said before the verdict', () => {
  const server = new Server13()
  let heard = 0
  const verify = (): 'asked' => {
    heard = server.heard.length
    return 'asked'
  }
  const { client } = encounter(
    server,
    (s, client) => {
      s.handshake()
      assert.equal(s.heard.length, heard)
      client.judge(undefined)
      assert.ok(s.clientFinished)
    },
    { ...modern, client: { verify } },
  )
  assert.equal(client.state, 'open')
})

const selected: Part = [41, u16(0)]
refuses(() => new Server13(), modern, [
  ['a PSK that was not offered', [47, 110], s => s.serverHello({}, [selected])],
  [
    'a CertificateRequest with a context during the handshake',
    47,
    s => {
      s.serverHello()
      s.encryptedExtensions()
      s.certificateRequest(undefined, Buffer.from('context'))
    },
  ],
  [
    'data in the flight of the server',
    10,
    s => {
      s.serverHello()
      s.send(23, Buffer.from('data'))
    },
  ],
  [
    'a change_cipher_spec that is sealed',
    10,
    s => {
      s.serverHello()
      s.send(20, Buffer.of(1))
    },
  ],
])
