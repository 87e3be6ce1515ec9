import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message, type Part, u8, u16, vector8, vector16 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { helloMessage } from './server.ts'
import { Server12, suite } from './server12.ts'

const suites = [0x1301, 0x1302, ...Object.values(suite)]
const always = {
  offer: { suites, groups: [29, 23], alpn: ['h2', 'http/1.1'], and: [[5, Buffer.from('0100000000', 'hex')]] as Part[] },
}
const only12 = { offer: { versions: [0x0303] } }
const zeros = (length: number): Buffer => Buffer.alloc(length)
const alpn = (...names: string[]): Part => [16, vector16(...names.map(name => vector8(Buffer.from(name))))]
const secure: Part = [0xff01, u8(0)]
const sentinel = (last: number): Buffer => Buffer.concat([Buffer.alloc(24, 5), Buffer.from('DOWNGRD'), u8(last)])
const id = Buffer.alloc(32, 7)

test('a server of TLS 1.2 that does what is right is taken', () => {
  for (const chosen of [suite.ecdheEcdsa, suite.ecdheRsa, suite.rsa])
    for (const extensions of [[], [secure], undefined]) {
      const server = new Server12(chosen)
      const act = (): void => {
        server.serverHello(extensions && { extensions })
        server.certificate()
        if (chosen !== suite.rsa) server.keyExchange()
        server.done()
        server.change()
        server.finished()
        server.send(23, Buffer.from('hello'))
      }
      const { error, secured, data, client } = encounter(server, act, always)
      assert.deepEqual([error, secured, server.clientFinished, data.toString()], [undefined, true, true, 'hello'])
      assert.deepEqual([client.version, client.extendedMasterSecret], [0x0303, extensions === undefined])
    }
})

const cases: readonly Case<Server12>[] = [
  ['a suite that was not offered', 47, s => s.serverHello({ suite: 0xc030 })],
  ['a suite of TLS 1.3', 47, s => s.serverHello({ suite: 0x1301 })],
  ['the null suite', 47, s => s.serverHello({ suite: 0 })],
  [
    'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
    47,
    s => s.serverHello({ suite: 0x00ff }),
    { offer: { suites: [...suites, 0x00ff] } },
  ],
  ['TLS_FALLBACK_SCSV', 47, s => s.serverHello({ suite: 0x5600 }), { offer: { suites: [...suites, 0x5600] } }],
  [
    'a suite of TLS 1.2 in TLS 1.1',
    [47, 70],
    s => s.serverHello({ version: 0x0302 }),
    { offer: { versions: [0x0303, 0x0302] } },
  ],
  ['compression', alert.malformed, s => s.serverHello({ compression: 1 })],
  ['TLS 1.3 by legacy_version', [47, 70], s => s.serverHello({ version: 0x0304 })],
  ['TLS 1.1, which was not offered', 70, s => s.serverHello({ version: 0x0302 })],
  ['SSL 3', 70, s => s.serverHello({ version: 0x0300 }), only12],
  ['version 0', 70, s => s.serverHello({ version: 0 })],
  ['the downgrade sentinel of TLS 1.2', 47, s => s.serverHello({ random: sentinel(1) })],
  ['the downgrade sentinel of TLS 1.1', 47, s => s.serverHello({ random: sentinel(0) })],
  ['the session id of the client', 47, s => s.serverHello({ sessionId: s.client.sessionId })],
  ['a session id of 33 bytes', alert.malformed, s => s.serverHello({ sessionId: zeros(33) })],
  ['an extension that nobody knows', 110, s => s.serverHello({}, [[0xabcd, zeros(0)]])],
  [
    'encrypt_then_mac that was not offered',
    110,
    s => s.serverHello({}, [[22, zeros(0)]]),
    { offer: { without: [22] } },
  ],
  ['extended_master_secret that was not offered', 110, s => s.serverHello(), { offer: { without: [23] } }],
  ['renegotiation_info that was not offered', 110, s => s.serverHello(), { offer: { without: [0xff01] } }],
  ['a ticket that was not offered', 110, s => s.serverHello({}, [[35, zeros(0)]]), { offer: { without: [35] } }],
  ['renegotiation_info twice', alert.malformed, s => s.serverHello({}, [secure])],
  [
    'renegotiation_info of another connection',
    [40, 47],
    s => s.serverHello({ extensions: [[0xff01, vector8(zeros(12))]] }),
  ],
  [
    'renegotiation_info without a length',
    alert.malformed.concat(40),
    s => s.serverHello({ extensions: [[0xff01, zeros(0)]] }),
  ],
  ['extended_master_secret with a body', alert.malformed, s => s.serverHello({ extensions: [[23, u8(0)]] })],
  ['a session ticket with a body', alert.malformed, s => s.serverHello({}, [[35, u8(0)]])],
  ['status_request with a body', alert.malformed, s => s.serverHello({}, [[5, u8(1)]])],
  ['point formats without uncompressed', alert.malformed, s => s.serverHello({}, [[11, vector8(u8(1))]])],
  ['point formats of none', alert.malformed, s => s.serverHello({}, [[11, vector8()]])],
  ['supported_versions of TLS 1.2', 47, s => s.serverHello({}, [[43, u16(0x0303)]])],
  ['a key share', alert.misplaced, s => s.serverHello({}, [[51, Buffer.concat([u16(29), vector16(zeros(32))])]])],
  ['a PSK', alert.misplaced, s => s.serverHello({}, [[41, u16(0)]])],
  ['signature_algorithms', alert.misplaced, s => s.serverHello({}, [[13, vector16(u16(0x0403))]])],
  ['a protocol that was not offered', 47, s => s.serverHello({}, [alpn('h3')])],
  ['two protocols', alert.malformed, s => s.serverHello({}, [alpn('h2', 'http/1.1')])],
  ['no protocol', alert.malformed, s => s.serverHello({}, [alpn()])],
  ['extensions of no bytes and more', 50, s => s.say(message(2, helloMessage(parts(s)).subarray(4), u16(0), u8(1)))],
  ['a ServerHello that is cut', 50, s => s.say(message(2, helloMessage(parts(s)).subarray(4, 30)))],
  ['a Certificate first', 10, s => s.certificate()],
  [
    'a ServerHello twice',
    10,
    s => {
      s.serverHello()
      s.serverHello()
    },
  ],
  ['a HelloRetryRequest without its extension', [10, 47, 70, 109], s => s.serverHello({ random: retryRandom })],
  ...[1, 3, 9, 32, 255].map(
    (code): Case<Server12> => [
      `max_fragment_length of ${code} for 2`,
      47,
      s => {
        s.serverHello({}, [[1, u8(code)]])
        s.certificate()
        s.keyExchange()
        s.done()
      },
      { offer: { and: [[1, u8(2)]] } },
    ],
  ),
]

const parts = (server: Server12) => ({
  version: 0x0303,
  random: server.random,
  sessionId: id,
  suite: server.suite,
  compression: 0,
  extensions: [],
})
const retryRandom = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex') // RFC 8446 4.1.3

refuses(
  () => new Server12(),
  always,
  cases.map(([what, ...rest]) => [`TLS 1.2: ${what}`, ...rest]),
)
