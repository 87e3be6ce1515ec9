import { generateKeyPairSync } from 'node:crypto'
import { certificateOf, keyed } from '../certificate-of.ts'
import { message, type Part, u8, u16, vector8, vector16, vector24 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, refuses } from './encounter.ts'
import { type } from './server.ts'
import { Server13, signed } from './server13.ts'

const schemes = [0x0403, 0x0503, 0x0603, 0x0804, 0x0401, 0x0203, 0x0201]
const always = {
  offer: {
    suites: [0x1301],
    groups: [29, 23],
    schemes,
    alpn: ['h2', 'http/1.1'],
    and: [
      [1, u8(2)],
      [27, vector8(u16(2))],
      [28, u16(0x4001)],
    ] as Part[],
  },
}
const zeros = (length: number): Buffer => Buffer.alloc(length)
const alpn = (...names: string[]): Part => [16, vector16(...names.map(name => vector8(Buffer.from(name))))]
const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const flipped = (bytes: Buffer): Buffer =>
  bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)) as Buffer

/** EncryptedExtensions with these, and all is right behind them. */
const extensions = (what: string, alerts: Case<Server13>[1], ...parts: readonly Part[]): Case<Server13> => [
  `EncryptedExtensions with ${what}`,
  alerts,
  s => {
    s.encryptedExtensions(parts)
    s.certificate()
    s.certificateVerify()
    s.finished()
  },
]
/** A Certificate and what proves it, all right around them. */
const proof = (what: string, alerts: Case<Server13>[1], act: (server: Server13) => void): Case<Server13> => [
  what,
  alerts,
  s => {
    s.encryptedExtensions()
    act(s)
    s.finished()
  },
]
const verified = (what: string, alerts: Case<Server13>[1], act: (server: Server13) => void): Case<Server13> =>
  proof(`a CertificateVerify ${what}`, alerts, s => {
    s.certificate()
    act(s)
  })
const certified = (what: string, alerts: Case<Server13>[1], act: (server: Server13) => Buffer): Case<Server13> =>
  proof(`a Certificate ${what}`, alerts, s => {
    s.say(act(s))
    s.certificateVerify()
  })
const finished = (what: string, alerts: Case<Server13>[1], act: (server: Server13) => void): Case<Server13> => [
  `a Finished ${what}`,
  alerts,
  s => {
    s.encryptedExtensions()
    s.certificate()
    s.certificateVerify()
    act(s)
  },
]
const requested = (what: string, alerts: Case<Server13>[1], act: (server: Server13) => void): Case<Server13> =>
  proof(`a CertificateRequest ${what}`, alerts, s => {
    act(s)
    s.certificate()
    s.certificateVerify()
  })

const cases: readonly Case<Server13>[] = [
  extensions('what nobody knows', alert.unsupportedExtension, [0xabcd, zeros(0)]),
  extensions('early_data that was not offered', alert.unsupportedExtension, [42, zeros(0)]),
  extensions('GREASE', alert.unsupportedExtension, [0x3a3a, zeros(0)]),
  extensions('ALPN twice', alert.malformed, alpn('h2'), alpn('h2')),
  extensions('a protocol that was not offered', alert.illegalParameter, alpn('h3')),
  extensions('two protocols', alert.malformed, alpn('h2', 'http/1.1')),
  extensions('no protocol', alert.malformed, alpn()),
  extensions('a protocol without a name', alert.malformed, alpn('')),
  extensions('a key share', alert.misplaced, [51, Buffer.concat([u16(29), vector16(zeros(32))])]),
  extensions('supported_versions', alert.misplaced, [43, u16(0x0304)]),
  extensions('signature_algorithms', alert.misplaced, [13, vector16(u16(0x0403))]),
  extensions('extended_master_secret', alert.misplaced, [23, zeros(0)]),
  extensions('a session ticket', alert.misplaced, [35, zeros(0)]),
  extensions('renegotiation_info', alert.misplaced, [0xff01, u8(0)]),
  extensions('encrypt_then_mac', alert.misplaced, [22, zeros(0)]),
  extensions('point formats', alert.misplaced, [11, vector8(u8(0))]),
  extensions('compress_certificate', alert.misplaced, [27, vector8(u16(2))]),
  extensions('a record_size_limit of 63', alert.malformed, [28, u16(63)]),
  extensions('a record_size_limit of one byte', alert.malformed, [28, u8(100)]),
  extensions('a server name with a name in it', alert.malformed, [0, vector16(u8(0), vector16(Buffer.from('a')))]),
  ...[1, 3, 9, 32, 255].map(code => extensions(`max_fragment_length of ${code} for 2`, 47, [1, u8(code)])),
  ['EncryptedExtensions that are cut', 50, s => s.say(message(type.encryptedExtensions, Buffer.of(0, 5, 0, 16)))],
  ['EncryptedExtensions with bytes behind', 50, s => s.say(message(type.encryptedExtensions, u16(0), u8(0)))],
  ['EncryptedExtensions without a body', 50, s => s.say(message(type.encryptedExtensions))],
  ['no EncryptedExtensions', 10, s => s.certificate()],

  certified('without certificates', 50, s => s.certificateMessage([])),
  certified('with a context', 47, s => s.certificateMessage([s.identity.certificate], [], u8(1))),
  certified('that is no certificate', 42, s => s.certificateMessage([Buffer.from('300a0201', 'hex')])),
  certified('of no bytes', alert.malformed.concat(42), s => s.certificateMessage([zeros(0)])),
  certified('with an extension out of place', alert.misplaced, s =>
    s.certificateMessage([s.identity.certificate], [alpn('h2')]),
  ),
  certified('that is cut', 50, () => message(type.certificate, u8(0), Buffer.of(0, 9, 9, 0))),
  certified('with bytes behind', 50, s =>
    message(type.certificate, s.certificateMessage([s.identity.certificate]).subarray(4), u8(0)),
  ),
  certified('whose key may not sign', [43, 47], () =>
    message(type.certificate, u8(0), vector24(vector24(keyed('P-256', { keyUsage: 0x20 }).certificate), u16(0))),
  ),
  proof('a Certificate with a whole status that nobody asked for', alert.unsupportedExtension, s => {
    s.certificate([s.identity.certificate], [[5, Buffer.from('0100000430020500', 'hex')]])
    s.certificateVerify()
  }),
  proof('a Certificate twice', 10, s => {
    s.certificate()
    s.certificate()
    s.certificateVerify()
  }),
  proof('no Certificate', 10, s => s.certificateVerify()),
  proof('no CertificateVerify', 10, s => s.certificate()),
  proof('neither Certificate nor CertificateVerify', 10, () => {}),

  verified('twice', 10, s => {
    s.certificateVerify()
    s.certificateVerify()
  }),
  verified('by another key', 51, s => s.certificateVerify(other.privateKey)),
  verified('whose signature is damaged', 51, s => s.certificateVerify(undefined, undefined, flipped)),
  verified('without a signature', alert.malformed.concat(51), s =>
    s.certificateVerify(undefined, undefined, () => zeros(0)),
  ),
  verified('as of a client', 51, s =>
    s.say(message(15, u16(0x0403), vector16(signed(s.identity.key, s.soFar, 0x0403, 'client')))),
  ),
  verified('over an earlier transcript', 51, s =>
    s.say(message(15, u16(0x0403), vector16(signed(s.identity.key, zeros(32))))),
  ),
  verified('with bytes behind', 50, s =>
    s.say(message(15, u16(0x0403), vector16(signed(s.identity.key, s.soFar)), u8(0))),
  ),
  verified('without a body', 50, s => s.say(message(15))),
  verified('by a scheme that was not offered', 47, s => s.certificateVerify(undefined, 0x0806)),
  verified('by a scheme that nobody knows', 47, s => s.certificateVerify(undefined, 0xfefe)),
  verified('by P-384 and a key of P-256', 47, s => s.certificateVerify(undefined, 0x0503)),
  verified('by RSA and a key of P-256', 47, s => s.certificateVerify(keyed('rsa').key, 0x0804)),
  verified('by ECDSA with SHA-1', 47, s => s.certificateVerify(undefined, 0x0203)),
  proof('a CertificateVerify by PKCS #1', 47, s => {
    s.certificate([keyed('rsa').certificate])
    s.certificateVerify(keyed('rsa').key, 0x0401)
  }),
  proof('a CertificateVerify by PKCS #1 with SHA-1', 47, s => {
    s.certificate([keyed('rsa').certificate])
    s.certificateVerify(keyed('rsa').key, 0x0201)
  }),
  proof('a CertificateVerify of P-256 and a key of RSA', 47, s => {
    s.certificate([keyed('rsa').certificate])
    s.certificateVerify()
  }),
  proof('a CertificateVerify of P-256 and a key of P-384', 47, s => {
    s.certificate([keyed('P-384').certificate])
    s.certificateVerify(keyed('P-384').key)
  }),
  proof('a key of another certificate of the chain', 51, s => {
    s.certificate([certificateOf(other.publicKey), s.identity.certificate])
    s.certificateVerify()
  }),

  finished('that is wrong', 51, s => s.finished(flipped(s.verifyData))),
  finished('of zeros', 51, s => s.finished(zeros(32))),
  finished('that is short', [50, 51], s => s.finished(s.verifyData.subarray(0, 31))),
  finished('that is long', [50, 51], s => s.finished(Buffer.concat([s.verifyData, u8(0)]))),
  finished('that is empty', [50, 51], s => s.finished(zeros(0))),
  finished('of twelve bytes', [50, 51], s => s.finished(s.verifyData.subarray(0, 12))),
  ['a Finished at once', 10, s => s.finished()],
  ['a KeyUpdate before the Finished', 10, s => s.keyUpdate()],
  ['a ticket before the Finished', 10, s => s.ticket()],
  ['data before the Finished', 10, s => s.send(23, Buffer.from('data'))],
  ['a ServerHello again', 10, s => s.say(message(2, zeros(40)))],
  ['a ServerHelloDone', 10, s => s.say(message(14))],
  ['a message that nobody knows', 10, s => s.say(message(99))],

  requested('without schemes', 109, s => s.certificateRequest([])),
  requested('with no schemes in it', alert.malformed.concat(109), s => s.certificateRequest([[13, u16(0)]])),
  requested('with a context', alert.malformed, s => s.certificateRequest(undefined, u8(1))),
  requested('with schemes twice', alert.malformed, s =>
    s.certificateRequest([
      [13, vector16(u16(0x0403))],
      [13, vector16(u16(0x0403))],
    ]),
  ),
  requested('twice', 10, s => {
    s.certificateRequest()
    s.certificateRequest()
  }),
  requested('that is cut', 50, s => s.say(message(13, Buffer.of(0, 0, 9)))),
  proof('a CertificateRequest behind the Certificate', 10, s => {
    s.certificate()
    s.certificateRequest()
    s.certificateVerify()
  }),
]

refuses(
  () => new Server13(),
  always,
  cases.map(([what, alerts, act]) => [
    what,
    alerts,
    s => {
      s.serverHello()
      act(s, undefined as never)
    },
  ]),
)
