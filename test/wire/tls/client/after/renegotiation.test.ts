import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helloRequested } from '../../../../../src/wire/tls/client/after/renegotiation.ts'
import { keyed } from '../certificate-of.ts'
import { offer } from '../offer.ts'
import { opensslOrigin } from '../openssl/origin.ts'
import { stateOf } from '../state-of.ts'

const request = { type: 0, bytes: Buffer.alloc(4) }

function established(now: () => number, out: Buffer[]) {
  const state = stateOf({ versions: [0x0303] }, { now, out: bytes => out.push(bytes) })
  state.agreed.chain = { certificates: [Buffer.of(1)], rawKey: false }
  state.agreed.secureRenegotiation = true
  state.finished = { client: Buffer.alloc(12, 1), server: Buffer.alloc(12, 2) }
  return state
}
const declined = (bytes: Buffer | undefined): boolean => bytes?.subarray(-2).equals(Buffer.of(1, 100)) ?? false

test('three renegotiations in ten minutes are followed', () => {
  let now = 1_000_000
  const out: Buffer[] = []
  const state = established(() => now, out)
  for (let n = 0; n < 3; n++) assert.ok(helloRequested(state, request))
  assert.equal(helloRequested(state, request), undefined)
  assert.deepEqual(out.map(declined), [false, false, false, true])
  now += 600_001
  assert.ok(helloRequested(state, request))
})

test('without RFC 5746 the client declines', () => {
  const out: Buffer[] = []
  const state = established(Date.now, out)
  state.agreed.secureRenegotiation = false
  assert.equal(helloRequested(state, request), undefined)
  assert.deepEqual(out.map(declined), [true])
})

test('a HelloRequest is empty', () => {
  const bytes = Buffer.from('0000000100', 'hex')
  assert.throws(() => helloRequested(established(Date.now, []), { type: 0, bytes }), { alert: 50 })
})

for (const [name, version, suite] of [
  ['1.2', 0x0303, 0xc02f],
  ['1.2 with CBC', 0x0303, 0xc027],
  ['1.0', 0x0301, 0xc013],
] as const)
  test(`OpenSSL asks for a certificate in the midst of things, TLS ${name}`, async () => {
    const { key, certificate } = keyed('rsa')
    let refusal: Error | null = null
    const met = await opensslOrigin({}).meet({
      hello: offer({ versions: [version], suites: [suite] }),
      client: { identity: { key, certificates: [certificate] } },
      first: (_, socket) =>
        socket?.renegotiate({ requestCert: true, rejectUnauthorized: false }, error => (refusal = error)),
      data: [Buffer.alloc(40_000, 'data'), Buffer.from('and more')],
    })
    assert.deepEqual([met.error, refusal], [undefined, null])
    assert.equal(met.echoed.length, 40_008)
    assert.deepEqual(met.peer, certificate)
    assert.equal(met.keyLogs.client.length, 2)
  })
