import assert from 'node:assert/strict'
import { privateDecrypt } from 'node:crypto'
import { test } from 'node:test'
import { encryptPreMaster } from '../../../../../src/wire/tls/client/tls12/key-exchange.ts'
import { keyed } from '../certificate-of.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { dhParams, Server12, suite } from '../rogue/server12.ts'
import { stateOf } from '../state-of.ts'

const always = { offer: { versions: [0x0303], suites: Object.values(suite), groups: [23, 29, 4588] } }

for (const [name, of] of Object.entries(suite))
  test(`${name}`, () => {
    const server = new Server12(of)
    const { error, secured } = encounter(server, s => s.handshake(), always)
    assert.deepEqual([error, secured, server.clientFinished], [undefined, true, true])
  })

test('the pre-master secret of RSA names the version of the hello, and is new each time', () => {
  const state = stateOf({ versions: [0x0303, 0x0302] })
  state.agreed.chain = { certificates: [keyed('rsa').certificate], rawKey: false }
  const decrypted = [1, 2].map(() => {
    const { preMaster, message } = encryptPreMaster(state)
    const plain = privateDecrypt({ key: keyed('rsa').key, padding: 1 }, message.subarray(2))
    assert.deepEqual(plain, preMaster)
    return plain
  })
  assert.equal(decrypted[0]!.length, 48)
  assert.deepEqual([...decrypted[0]!.subarray(0, 2)], [3, 3])
  assert.notDeepEqual(decrypted[0], decrypted[1])
  state.agreed.chain = { certificates: [keyed('P-256').certificate], rawKey: false }
  assert.throws(() => encryptPreMaster(state), { alert: 42 })
})

const begun = (act: (server: Server12) => void) => (server: Server12) => {
  server.serverHello()
  server.certificate()
  act(server)
}

refuses(() => new Server12(), always, [
  ['a curve that was not offered', 47, begun(s => s.keyExchange(s.curveParams(24)))],
  ['a group that is for TLS 1.3 alone', 47, begun(s => s.keyExchange(s.curveParams(4588)))],
  ['a curve that is spelled out', 50, begun(s => s.keyExchange(s.curveParams(23, s.share, 1)))],
  ['parameters of another connection', 51, begun(s => s.keyExchange(undefined, { random: Buffer.alloc(32) }))],
])

test('SHA-1 signs a key exchange only where older versions are allowed, or the client takes nothing else', () => {
  for (const [schemes, oldestVersion, code] of [
    [[0x0403, 0x0203], 0x0303, 'weak-signature'],
    [[0x0403, 0x0203], 0x0302, undefined],
    [[0x0203], 0x0303, undefined],
  ] as const) {
    const sha1 = { offer: { ...always.offer, schemes } }
    const server = new Server12()
    const client = { oldestVersion }
    const { error } = encounter(
      server,
      begun(s => s.keyExchange(undefined, { scheme: 0x0203 })),
      { ...sha1, client },
    )
    assert.equal(error?.code, code)
    assert.equal(server.alert, code && 40)
  }
})

test('a wrong signature is told apart from a wrong Finished', () => {
  const { error } = encounter(
    new Server12(),
    begun(s => s.keyExchange(undefined, { random: Buffer.alloc(32) })),
    always,
  )
  assert.equal(error?.code, 'bad-signature')
})

refuses(() => new Server12(suite.dheRsa), always, [
  [
    'a prime of 1,024 bits, though zeros go before it',
    71,
    begun(s =>
      s.keyExchange(dhParams(Buffer.concat([Buffer.alloc(128), Buffer.alloc(128, 255)]), Buffer.of(2), Buffer.of(4))),
    ),
  ],
])
