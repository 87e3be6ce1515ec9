import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyed } from '../certificate-of.ts'
import { message, type Part, u8, u16 } from '../offer.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { content, empty, type } from './server.ts'
import { Server12, suite } from './server12.ts'

const always = {
  offer: { suites: [0x1301, ...Object.values(suite)], groups: [23, 29], alpn: ['h2'] },
  client: { oldestVersion: 0x0301 },
}
const data = Buffer.from('data')
const extended: Part = [23, empty]
const make = (): Server12 => new Server12()

/** What a server says in a renegotiation, up to where it is the client's turn. */
function flight(server: Server12, extensions: readonly Part[] = [extended, server.bound]): void {
  server.serverHello({ extensions })
  server.certificate()
  server.keyExchange()
  server.done()
}

function finish(server: Server12): void {
  server.change()
  server.finished()
}

test('a server may renegotiate three times, and data goes on', () => {
  const server = make()
  const act = (s: Server12): void => {
    s.handshake()
    for (let n = 0; n < 3; n++) {
      s.clientFinished = false
      s.helloRequest()
      assert.deepEqual([...(s.client.extensions.get(0xff01) ?? [])].slice(1), [...s.bound[1]].slice(1, 13))
      s.send(content.data, data) // still under the keys of before
      flight(s)
      finish(s)
      s.send(content.data, data)
      assert.ok(s.clientFinished)
    }
  }
  const { error, data: heard, client } = encounter(server, act, always)
  assert.equal(error, undefined)
  assert.equal(heard.toString(), 'data'.repeat(6))
  client.write(data)
  assert.deepEqual(server.heard.at(-1)?.content, data)
})

test('a fourth time and without RFC 5746 the client declines', () => {
  for (const secure of [true, false]) {
    const server = make()
    const act = (s: Server12): void => {
      s.serverHello(secure ? undefined : { extensions: [extended] })
      s.certificate()
      s.keyExchange()
      s.done()
      finish(s)
      for (let n = 0; secure && n < 3; n++) {
        s.helloRequest()
        flight(s)
        finish(s)
      }
      s.helloRequest()
    }
    const { error, client } = encounter(server, act, always)
    assert.deepEqual([error, client.state], [undefined, 'open'])
    assert.deepEqual([...(server.heard.at(-1)?.content ?? [])], [1, 100])
  }
})

test('what is written meanwhile goes out under the keys of after', () => {
  const server = make()
  const act = (s: Server12, client: Parameters<Case<Server12>[2]>[1]): void => {
    s.handshake()
    s.helloRequest()
    assert.equal(client.write(data), false)
    client.close()
    flight(s)
    assert.ok(!s.heard.some(({ type }) => type === content.data))
    finish(s)
  }
  encounter(server, act, always)
  assert.deepEqual(
    server.heard.slice(-2).map(({ type, content }) => [type, content.toString('hex')]),
    [
      [content.data, data.toString('hex')],
      [content.alert, '0100'],
    ],
  )
})

type Act = (server: Server12) => unknown
const again = (what: string, alerts: Case<Server12>[1], act: Act): Case<Server12> => [
  `a renegotiation ${what}`,
  alerts,
  s => {
    s.handshake()
    s.helloRequest()
    act(s)
  },
]
const other = keyed('P-256', { keyUsage: 0x80 }) // the same key, another certificate

refuses(
  make,
  always,
  [
    again('bound to nothing', 40, s => flight(s, [extended, [0xff01, u8(0)]])),
    again('without renegotiation_info', 40, s => flight(s, [extended])),
    again('bound to zeros', 40, s => flight(s, [extended, [0xff01, Buffer.concat([u8(24), Buffer.alloc(24)])]])),
    again('bound to the client alone', 40, s =>
      flight(s, [extended, [0xff01, Buffer.concat([u8(12), s.bound[1].subarray(1, 13)])]]),
    ),
    again('without extended_master_secret', 40, s => flight(s, [s.bound])),
    again('to TLS 1.1', [47, 70], s => s.serverHello({ version: 0x0302, extensions: [extended, s.bound] })),
    again('to TLS 1.3', [47, 70, 110], s => s.serverHello({ suite: 0x1301, extensions: [[43, u16(0x0304)]] })),
    again('by a HelloRetryRequest', [10, 47, 70, 110], s =>
      s.serverHello({
        random: retryRandom,
        suite: 0x1301,
        extensions: [
          [43, u16(0x0304)],
          [44, Buffer.of(0, 1, 1)],
        ],
      }),
    ),
    again('with another protocol', [47, 110], s => s.serverHello({}, [[16, Buffer.from('0003026832', 'hex')]])),
    again('with another certificate', [42, 47], s => [
      s.serverHello({ extensions: [extended, s.bound] }),
      s.certificate([other.certificate]),
    ]),
    again('that begins with a ChangeCipherSpec', 10, s => s.changeCipherSpec()),
    again('whose ChangeCipherSpec is in clear', [10, 20], s => [flight(s), s.raw(Buffer.of(20, 3, 3, 0, 1, 1))]),
    again('whose ChangeCipherSpec is early', 10, s => [
      s.serverHello({ extensions: [extended, s.bound] }),
      s.changeCipherSpec(),
    ]),
    again('that is signed by another key', 51, s => {
      s.serverHello({ extensions: [extended, s.bound] })
      s.certificate()
      s.keyExchange(undefined, { edit: bytes => bytes.fill(1, 60) })
      s.done()
    }),
    again('with a wrong Finished', 51, s => [flight(s), s.change(), s.finished(Buffer.alloc(12))]),
    again('with data before the Finished', 10, s => [flight(s), s.change(), s.send(23, data)]),
    again(
      'that resumes',
      10,
      s => s.serverHello({ sessionId: Buffer.alloc(32, 1), extensions: [extended, s.bound] }) ?? s.change(),
    ),
    again('within a renegotiation, thousands of times', 10, s => {
      for (let n = 0; n < 5000; n++) s.helloRequest()
    }),
    again('that is a Finished', 10, s => s.finished()),
    again('by half a message and an alert', 10, s => [s.send(22, u8(2)), s.send(21, Buffer.of(1, 90))]),
    again('of 16 MB', [10, 47, 50], s => s.send(22, Buffer.of(type.serverHello, 255, 255, 255))),
    again('in which the server speaks for ever', [10, 80], s => {
      for (let n = 0; n < 5000; n++) s.send(21, Buffer.of(1, 90))
    }),
    [
      'a ServerHello behind the handshake, unasked',
      10,
      s => [s.handshake(), s.say(message(type.serverHello, Buffer.alloc(40)))],
    ],
  ],
  true,
)

const retryRandom = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex')
