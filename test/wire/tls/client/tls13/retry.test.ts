import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { type Part, u16, vector16 } from '../offer.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server13 } from '../rogue/server13.ts'

const ech: Part = [0xfe0d, Buffer.from('an offer of none')]
const always = { offer: { suites: [0x1301], groups: [23, 29, 65_000], shares: [23], and: [ech] } }
const toX25519: Part = [51, u16(29)]
const cookie: Part = [44, vector16(Buffer.from('cookie'))]

test('a second hello has the share and the cookie that were asked for', () => {
  for (const asked of [[toX25519], [toX25519, cookie], [toX25519, [0xfe0d, Buffer.alloc(8)]]] as const) {
    const server = new Server13()
    const hellos: Uint8Array[] = []
    const act = (s: Server13): void => {
      s.retry(asked)
      s.handshake()
    }
    const message = (toServer: boolean, bytes: Uint8Array): void => {
      if (toServer && bytes[0] === 1) hellos.push(bytes)
    }
    const { error, secured, client } = encounter(server, act, { ...always, client: { message } })
    assert.deepEqual([error, secured, client.retried, client.group], [undefined, true, true, 29])
    const second = readClientHello(hellos[1]!)
    assert.deepEqual(
      second.keyShares?.map(({ group }) => group),
      [29],
    )
    assert.equal(
      second.extensions.some(({ type }) => type === 44),
      asked.length === 2 && asked[1] === cookie,
    )
    assert.ok(server.clientFinished)
  }
})

refuses(() => new Server13(), always, [
  ['a HelloRetryRequest that changes nothing', 47, s => s.retry([])],
  ['a HelloRetryRequest for a share that was sent', 47, s => s.retry([[51, u16(23)]])],
  ['a HelloRetryRequest for a group that was not offered', 47, s => s.retry([[51, u16(24)]])],
  ['a HelloRetryRequest for a group that nobody here speaks', 40, s => s.retry([[51, u16(65_000)]])],
  ['a cookie that is none', 50, s => s.retry([toX25519, [44, Buffer.of(0, 0)]])],
  ['an ECH confirmation of seven bytes', 50, s => s.retry([toX25519, [0xfe0d, Buffer.alloc(7)]])],
])
