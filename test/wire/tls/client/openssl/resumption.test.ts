import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Server } from 'node:tls'
import type { Session } from '../../../../../src/wire/tls/client/tls-client.ts'
import { type Offer, offer, preSharedKey } from '../offer.ts'
import { assertMet } from './expect-met.ts'
import { type Meeting, opensslOrigin } from './origin.ts'

const noTickets = 1 << 14 // SSL_OP_NO_TICKET

/** Keeps sessions by their id. */
function keeping(server: Server): void {
  const sessions = new Map<string, Buffer>()
  server.on('newSession', (id: Buffer, data: Buffer, done: () => void) => {
    sessions.set(id.toString('hex'), data)
    done()
  })
  server.on('resumeSession', (id: Buffer, done: (error: Error | null, data: Buffer | null) => void) =>
    done(null, sessions.get(id.toString('hex')) ?? null),
  )
}

const last = ({ sessions }: Meeting): Session => sessions.at(-1) ?? assert.fail('no session to resume')

for (const suite of [0x1301, 0x1302, 0x1303])
  test(`TLS 1.3 by a ticket, suite ${suite.toString(16)}`, async () => {
    const origin = opensslOrigin({})
    const first = await origin.meet({ hello: offer({ suites: [suite] }) })
    assertMet(first)
    assert.equal(first.sessions.length, 2)
    const second = await origin.meet({
      hello: offer({ suites: [suite], and: [preSharedKey] }),
      client: { session: last(first) },
    })
    assertMet(second)
    assert.deepEqual([second.client.resumed, second.socket?.isSessionReused()], [true, true])
    assert.deepEqual(second.client.chain, first.client.chain)
  })

test('TLS 1.3 by a ticket behind a HelloRetryRequest', async () => {
  const origin = opensslOrigin({ ecdhCurve: 'P-384' })
  const groups = [29, 24]
  const first = await origin.meet({ hello: offer({ groups }) })
  assertMet(first)
  const second = await origin.meet({ hello: offer({ groups, and: [preSharedKey] }), client: { session: last(first) } })
  assertMet(second)
  assert.deepEqual([second.client.resumed, second.client.retried], [true, true])
})

test('a ticket that the server does not know is no harm', async () => {
  const first = await opensslOrigin({}).meet({ hello: offer() })
  const second = await opensslOrigin({}).meet({
    hello: offer({ and: [preSharedKey] }),
    client: { session: last(first) },
  })
  assertMet(second)
  assert.equal(second.client.resumed, false)
})

test('the PSK of another suite with another hash is dropped behind a HelloRetryRequest, and not used before', async () => {
  const first = await opensslOrigin({}).meet({ hello: offer({ suites: [0x1302] }) })
  const origin = opensslOrigin({ ecdhCurve: 'P-384', ciphers: 'TLS_AES_128_GCM_SHA256' })
  for (const groups of [[24], [29, 24]]) {
    const hello = offer({ groups, suites: [0x1302, 0x1301], and: [preSharedKey] })
    const met = await origin.meet({ hello, client: { session: last(first) } })
    assertMet(met)
    assert.equal(met.client.resumed, false)
  }
})

const older: readonly (readonly [string, number, number])[] = [
  ['1.2', 0x0303, 0xc02f],
  ['1.2 with CBC', 0x0303, 0xc027],
  ['1.1', 0x0302, 0xc013],
  ['1.0', 0x0301, 0xc013],
]
for (const [name, version, suite] of older) {
  const told: Offer = { versions: [version], suites: [suite] }

  test(`TLS ${name} by a ticket`, async () => {
    const origin = opensslOrigin({})
    const first = await origin.meet({ hello: offer(told) })
    assertMet(first)
    for (const without of [[], [23]]) {
      const hello = offer({ ...told, sessionTicket: Buffer.alloc(192, 1), without })
      const second = await origin.meet({ hello, client: { session: last(first) } })
      if (without.length > 0) assert.equal(second.client.resumed, false)
      else {
        assertMet(second)
        assert.deepEqual([second.client.resumed, second.socket?.isSessionReused()], [true, true])
      }
    }
  })

  test(`TLS ${name} by a session id`, async () => {
    const origin = opensslOrigin({ secureOptions: noTickets }, keeping)
    const first = await origin.meet({ hello: offer(told) })
    assertMet(first)
    const second = await origin.meet({ hello: offer(told), client: { session: last(first) } })
    assertMet(second)
    assert.deepEqual([second.client.resumed, second.socket?.isSessionReused()], [true, true])
    const third = await origin.meet({
      hello: offer(told),
      client: { session: { ...last(first), sessionId: Buffer.alloc(32, 9) } },
    })
    assertMet(third)
    assert.equal(third.client.resumed, false)
  })
}
