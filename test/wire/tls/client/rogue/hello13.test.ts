import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message, type Part, u8, u16, vector8, vector16 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { helloMessage } from './server.ts'
import { Server13 } from './server13.ts'

const suites = [0x1301, 0x1302, 0xc02b]
const always = { offer: { suites, groups: [29, 23, 4588], shares: [29, 4588], alpn: ['h2'] } }
const make = (): Server13 => new Server13()

const zeros = (length: number): Buffer => Buffer.alloc(length)
const version = (value: number): Part => [43, u16(value)]
const right = version(0x0304)
const share = (group: number, key: Uint8Array): Part => [51, Buffer.concat([u16(group), vector16(key)])]
const group = (value: number): Part => [51, u16(value)]
const cookie: Part = [44, vector16(u8(1))]
const order8 = Buffer.from('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800', 'hex') // RFC 7748 7
const sentinel = (last: number): Buffer => Buffer.concat([Buffer.alloc(24, 5), Buffer.from('DOWNGRD'), u8(last)])
const body = (server: Server13): Buffer => helloMessage(server.helloParts()).subarray(4)

test('a server that does what is right is taken, with and without a HelloRetryRequest', () => {
  for (const retries of [false, true]) {
    const server = make()
    const act = (): void => {
      if (retries) server.retry()
      server.handshake()
      server.send(23, Buffer.from('hello'))
    }
    const { error, secured, data, client } = encounter(server, act, always)
    assert.deepEqual([error, secured, server.clientFinished, data.toString()], [undefined, true, true, 'hello'])
    assert.equal(client.retried, retries)
  }
})

const hellos: readonly Case<Server13>[] = [
  ['a suite that was not offered', 47, s => s.serverHello({ suite: 0x1303 })],
  ['a suite that nobody knows', 47, s => s.serverHello({ suite: 0x13ff })],
  ['a suite of TLS 1.2', 47, s => s.serverHello({ suite: 0xc02b })],
  ['GREASE for a suite', 47, s => s.serverHello({ suite: 0x1a1a }), { offer: { suites: [0x1a1a, 0x1301] } }],
  ['the null suite', 47, s => s.serverHello({ suite: 0 })],
  ['another session id', 47, s => s.serverHello({ sessionId: zeros(32) })],
  ['no session id where one was sent', 47, s => s.serverHello({ sessionId: zeros(0) })],
  ['a session id for none', 47, s => s.serverHello({ sessionId: zeros(32) }), { offer: { sessionId: zeros(0) } }],
  ['a session id of 33 bytes', alert.malformed, s => s.serverHello({ sessionId: zeros(33) })],
  ['compression', alert.malformed, s => s.serverHello({ compression: 1 })],
  ['a legacy_version of TLS 1.3', [47, 70], s => s.serverHello({ version: 0x0304 })],
  ['a legacy_version of TLS 1.1', [47, 70], s => s.serverHello({ version: 0x0302 })],
  ['no extensions at all', [47, 70, 109], s => s.serverHello({ extensions: [] })],
  ['an extension that nobody knows', alert.unsupportedExtension, s => s.serverHello({}, [[0xabcd, zeros(0)]])],
  ['the version twice', alert.malformed, s => s.serverHello({}, [right])],
  ['a PSK that was not offered', alert.unsupportedExtension, s => s.serverHello({}, [[41, u16(0)]])],
  ['a cookie', alert.misplaced, s => s.serverHello({}, [cookie])],
  ['ALPN in clear', alert.misplaced, s => s.serverHello({}, [[16, vector16(vector8(Buffer.from('h2')))]])],
  ['extended_master_secret', alert.misplaced, s => s.serverHello({}, [[23, zeros(0)]])],
  ['renegotiation_info', alert.misplaced, s => s.serverHello({}, [[0xff01, u8(0)]])],
  ['bytes behind the extensions', 50, s => s.say(message(2, body(s), u8(0)))],
  ['a ServerHello that is cut', 50, s => s.say(message(2, body(s).subarray(0, -3)))],
  ['an empty ServerHello', 50, s => s.say(message(2))],
  ['a flight that goes on in clear', 10, s => s.serverHello({}, [], message(8, u16(0)))],
  ['half a message behind it', 10, s => s.serverHello({}, [], u8(8))],
  ['EncryptedExtensions first', 10, s => s.encryptedExtensions()],
  ['a ClientHello', 10, s => s.say(message(1, body(s)))],
  ['the downgrade sentinel of TLS 1.2', 47, s => s.serverHello(older(0x0303, 1))],
  ['the downgrade sentinel of TLS 1.1', 47, s => s.serverHello(older(0x0303, 0))],
  ['SSL 3', 70, s => s.serverHello(older(0x0300, 9))],
]
const older = (version: number, last: number) => ({ version, suite: 0xc02b, extensions: [], random: sentinel(last) })

/** RFC 8446 4.2.1 */
const versions = [0x0300, 0x0302, 0x0303, 0x0305, 0x7f1c, 0x1a1a].map(
  (value): Case<Server13> => [
    `version ${value.toString(16)} by supported_versions`,
    alert.illegalParameter,
    s => s.serverHello({ extensions: [version(value), share(29, s.share)] }),
    { offer: { versions: [0x1a1a, 0x0304, 0x0303, 0x0302] } },
  ],
)

const shares: readonly (readonly [string, number | readonly number[], (server: Server13) => Part])[] = [
  ['of a group that was not offered', 47, () => share(24, zeros(97))],
  ['of a group that was offered without one', 47, () => share(23, zeros(65))],
  ['of no bytes', alert.malformed, () => share(29, zeros(0))],
  ['of X25519, zeros', 47, () => share(29, zeros(32))],
  ['of X25519, of order 8', 47, () => share(29, order8)],
  ['of X25519, 31 bytes', alert.malformed, s => share(29, s.share.subarray(1))],
  ['of X25519, 33 bytes', alert.malformed, s => share(29, Buffer.concat([s.share, u8(0)]))],
  ['of a hybrid, a short ciphertext', alert.malformed, () => share(4588, Buffer.alloc(1119, 9))],
  ['of a hybrid, no X25519', alert.malformed, () => share(4588, Buffer.alloc(1088, 9))],
  ['of a hybrid, X25519 of zeros', 47, () => share(4588, zeros(1120))],
  ['of a hybrid, too long', alert.malformed, () => share(4588, Buffer.alloc(1121, 9))],
  ['of a hybrid, X25519 alone', alert.malformed, s => share(4588, s.share)],
  ['as a client sends it', alert.malformed, s => [51, vector16(u16(29), vector16(s.share))]],
  ['of a group alone', alert.malformed, () => group(29)],
]

const retries: readonly Case<Server13>[] = [
  ['that changes nothing', 47, s => s.retry([])],
  ['to a group that was not offered', 47, s => s.retry([group(24)])],
  ['to a group whose share was sent', 47, s => s.retry([group(29)])],
  ['to a group whose share was sent, with a cookie', 47, s => s.retry([group(29), cookie])],
  ['to GREASE', 47, s => s.retry([group(0x2a2a)]), { offer: { groups: [0x2a2a, 29, 23], shares: [29] } }],
  ['with an empty cookie', 50, s => s.retry([[44, u16(0)]])],
  ['with a cookie of bad length', 50, s => s.retry([[44, Buffer.of(0, 9, 1)]])],
  [
    'twice',
    alert.unexpectedMessage,
    s => {
      s.retry([group(23)])
      s.retry()
    },
  ],
  ['without supported_versions', [47, 70, 109], s => s.retry([], { extensions: [group(23)] })],
  ['of TLS 1.2', [47, 70], s => s.retry([], { extensions: [version(0x0303), group(23)] })],
  ['with a suite that was not offered', 47, s => s.retry([group(23)], { suite: 0x1303 })],
  ['with a suite of TLS 1.2', 47, s => s.retry([group(23)], { suite: 0xc02b })],
  ['with another session id', 47, s => s.retry([group(23)], { sessionId: zeros(32) })],
  ['with compression', alert.malformed, s => s.retry([group(23)], { compression: 1 })],
  ['with a key share that is whole', alert.malformed, s => s.retry([share(23, zeros(65))])],
  ['with a group twice', alert.malformed, s => s.retry([group(23), group(23)])],
  ['with ALPN', alert.misplaced, s => s.retry([group(23), [16, vector16(vector8(Buffer.from('h2')))]])],
  ['with an extension that nobody knows', alert.unsupportedExtension, s => s.retry([group(23), [0xabcd, zeros(0)]])],
  [
    'and then another suite',
    47,
    s => {
      s.retry()
      s.serverHello({ suite: 0x1302 })
    },
  ],
  [
    'and then TLS 1.2',
    [47, 70],
    s => {
      s.retry()
      s.serverHello({ suite: 0xc02b, extensions: [] })
    },
  ],
  [
    'and then another group',
    47,
    s => {
      s.retry([group(23)])
      s.serverHello({ extensions: [right, share(29, s.share)] })
    },
  ],
  [
    'and then a point that is not on the curve',
    47,
    s => {
      s.retry([group(23)])
      s.serverHello({ extensions: [right, share(23, Buffer.concat([u8(4), Buffer.alloc(64, 1)]))] })
    },
  ],
  [
    'and then a compressed point',
    alert.malformed,
    s => {
      s.retry([group(23)])
      s.serverHello({ extensions: [right, share(23, Buffer.concat([u8(2), Buffer.alloc(32, 1)]))] })
    },
  ],
  [
    'and then the point at infinity',
    alert.malformed,
    s => {
      s.retry([group(23)])
      s.serverHello({ extensions: [right, share(23, zeros(1))] })
    },
  ],
  [
    'and then no key share',
    [47, 109],
    s => {
      s.retry([group(23)])
      s.serverHello({ extensions: [right] })
    },
  ],
  [
    'and then a flight without ServerHello',
    10,
    s => {
      s.retry()
      s.flight()
    },
  ],
  [
    'and goes on in the same record',
    10,
    s =>
      s.together(() => {
        s.retry()
        s.encryptedExtensions()
      }),
  ],
  ['below TLS 1.3', [47, 70, 110], s => s.retry(), { offer: { versions: [0x0303] } }],
]

refuses(make, always, hellos)
refuses(make, always, versions)
refuses(
  make,
  always,
  shares.map(([what, alerts, part]) => [
    `a key share ${what}`,
    alerts,
    s => s.serverHello({ extensions: [right, part(s)] }),
  ]),
)
refuses(
  make,
  always,
  retries.map(([what, ...rest]) => [`a HelloRetryRequest ${what}`, ...rest]),
)
