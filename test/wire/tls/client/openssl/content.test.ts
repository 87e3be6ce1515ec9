import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'
import { test } from 'node:test'
import { namesOf } from '../../expect-handshake.ts'
import { identity } from '../../test-certificates.ts'
import { clientHellos } from '../../tls-fixtures.ts'
import { type Offer, offer } from '../offer.ts'
import { assertMet } from './expect-met.ts'
import { opensslOrigin } from './origin.ts'

const origin = opensslOrigin({})
const versions = [
  ['1.3', 0x0304, 0x1301],
  ['1.2', 0x0303, 0xc02f],
  ['1.2 with CBC', 0x0303, 0xc027],
  ['1.1', 0x0302, 0xc013],
  ['1.0', 0x0301, 0xc013],
] as const

for (const [name, version, suite] of versions) {
  const said: Offer = { versions: [version], suites: [suite] }

  test(`a megabyte each way, TLS ${name}`, async () => {
    const data = randomBytes(1_000_000)
    assertMet(await origin.meet({ hello: offer(said), data }), data)
  })

  test(`many writes of any size, TLS ${name}`, async () => {
    const data = Array.from({ length: 200 }, () => randomBytes(1 + randomInt(randomInt(2) === 0 ? 20 : 40_000)))
    assertMet(await origin.meet({ hello: offer(said), data }), Buffer.concat(data))
  })

  test(`max_fragment_length bounds the records of both sides, TLS ${name}`, async () => {
    const data = randomBytes(5_000)
    const met = await origin.meet({ hello: offer({ ...said, and: [[1, Buffer.of(2)]] }), data })
    const { records } = assertMet(met, data)
    for (const { length, innerType = 23 } of records.filter(({ type }) => type === 23))
      if (innerType === 23) assert.ok(length <= 1024 + 80, `a record of ${length} bytes`)
  })

  test(`small records of the server, TLS ${name}`, async () => {
    const data = randomBytes(20_000)
    const met = await origin.meet({ hello: offer(said), data, first: (_, socket) => socket?.setMaxSendFragment(512) })
    assertMet(met, data)
  })
}

test('keys are renewed by both sides in the middle of data', async () => {
  const data = Array.from({ length: 60 }, (_, n) => (n % 3 === 1 ? ('update' as const) : randomBytes(3_000)))
  const met = await origin.meet({ hello: offer(), data })
  const names = namesOf(assertMet(met, Buffer.concat(data.filter(one => one !== 'update'))))
  assert.equal(names.filter(name => name === '> key_update').length, 20)
  assert.equal(names.filter(name => name === '< key_update').length, 20)
})

test('the server picks a protocol of those offered, or none', async () => {
  const speaks = (...ALPNProtocols: string[]) => opensslOrigin({ ALPNProtocols })
  for (const [server, alpn] of [
    [speaks('h2', 'http/1.1'), 'h2'],
    [speaks('http/1.1'), 'http/1.1'],
    [origin, undefined],
  ] as const)
    for (const version of [0x0304, 0x0303]) {
      const met = await server.meet({ hello: offer({ versions: [version], alpn: ['http/1.1', 'h2'] }) })
      assertMet(met)
      assert.equal(met.client.alpn, alpn)
    }
  const { error } = await speaks('h3').meet({ hello: offer({ alpn: ['h2'] }) })
  assert.deepEqual([error?.received, error?.alert], [true, 120])
})

for (const [n, [name, hello]] of clientHellos.entries())
  test(`the hello of ${name}, no. ${n}`, async () => {
    const servers = [
      origin,
      opensslOrigin({ ...identity('ecdsa'), ecdhCurve: 'P-384:P-256' }),
      opensslOrigin({ maxVersion: 'TLSv1.2' }),
    ]
    for (const server of servers) {
      const met = await server.meet({ hello })
      if (met.error?.received) assert.ok([40, 70].includes(met.error.alert), met.error.message)
      else assertMet(met)
    }
  })
