import { type KeyKind, keyed } from '../certificate-of.ts'
import { message, type Part, u8, u16, vector8, vector16, vector24 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, refuses } from './encounter.ts'
import { record } from './protection.ts'
import { content, empty, type } from './server.ts'
import { Server12, suite } from './server12.ts'

const asksForStatus: Part = [5, Buffer.from('0100000000', 'hex')]
const offer = { suites: Object.values(suite), groups: [29, 23], schemes: [0x0403, 0x0804, 0x0401] }
const always = { offer: { ...offer, versions: [0x0303], and: [asksForStatus] } }

const data = Buffer.from('data')
const zeros = (length: number): Buffer => Buffer.alloc(length)
const flipped = (bytes: Buffer): Buffer =>
  bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)) as Buffer
const times = (count: number, act: () => void): void => {
  for (let n = 0; n < count; n++) act()
}
const bad = alert.malformed.concat(alert.badCertificate)

type Act = (server: Server12) => unknown
type Row = (what: string, alerts: Case<Server12>[1], act: Act) => Case<Server12>

/** Behind the ServerHello. */
const first: Row = (what, alerts, act) => [
  what,
  alerts,
  s => {
    s.serverHello()
    act(s)
  },
]
/** Behind the Certificate. */
const second: Row = (what, alerts, act) =>
  first(what, alerts, s => {
    s.certificate()
    act(s)
  })
/** Between ServerKeyExchange and ServerHelloDone. */
const third: Row = (what, alerts, act) =>
  second(what, alerts, s => {
    s.keyExchange()
    act(s)
    s.done()
  })
/** Behind the ServerHelloDone and what the client said to it. */
const turn: Row = (what, alerts, act) => [
  what,
  alerts,
  s => {
    s.flight()
    act(s)
  },
]
/** Behind the server's ChangeCipherSpec. */
const changed: Row = (what, alerts, act) =>
  turn(what, alerts, s => {
    s.change()
    act(s)
  })

const showing = (kind: KeyKind, keyUsage?: number): Act => {
  return s => {
    const { key, certificate } = keyed(kind, keyUsage === undefined ? undefined : { keyUsage })
    s.certificate([certificate])
    if (s.suite !== suite.rsa) s.keyExchange(undefined, { key })
    s.done()
  }
}

const cases: readonly Case<Server12>[] = [
  first('a Certificate without certificates', 50, s => s.certificate([])),
  first('a Certificate that is none', bad, s => s.certificate([Buffer.from('300a0201', 'hex')])),
  first('a Certificate of no bytes', bad, s => s.certificate([empty])),
  first('a Certificate that is cut', 50, s => s.say(message(11, Buffer.of(0, 0, 9, 0)))),
  first('a Certificate with bytes behind', 50, s =>
    s.say(message(11, vector24(vector24(s.identity.certificate)), u8(0))),
  ),
  first('a Certificate of RSA for a suite of ECDSA', [42, 43, 47], showing('rsa')),
  first('a Certificate whose key may not sign', [43, 47], showing('P-256', 0x20)),
  first('a Certificate of a curve that was not offered', [40, 42, 43, 47], showing('P-384')),
  first('no Certificate', 10, s => s.keyExchange()),
  second('a Certificate twice', 10, s => s.certificate()),
  second('a CertificateStatus that was not announced', 10, s => s.say(message(22, Buffer.of(1, 0, 0, 1, 48)))),
  second('a CertificateRequest before the ServerKeyExchange', 10, s => s.certificateRequest()),
  second('a ChangeCipherSpec before the ServerKeyExchange', 10, s => s.changeCipherSpec()),

  third('a CertificateRequest twice', 10, s => {
    s.certificateRequest()
    s.certificateRequest()
  }),
  third('a CertificateRequest without types', 50, s => s.say(message(13, vector8(), vector16(u16(0x0403)), u16(0)))),
  third('a CertificateRequest without schemes', 50, s => s.say(message(13, vector8(u8(64)), vector16(), u16(0)))),
  third('a CertificateRequest that is cut', 50, s => s.say(message(13, vector8(u8(64)), u16(9)))),
  third('a ChangeCipherSpec before the ServerHelloDone', 10, s => s.changeCipherSpec()),
  third('a Finished before the ServerHelloDone', 10, s => s.finished()),
  third('a ServerHelloDone with a body', 50, s => s.say(message(14, u8(0)))),
  third('a ServerHelloDone twice', 10, s => s.done()),

  ['more behind the ServerHelloDone', 10, s => s.together(() => [s.flight(), s.finished()])],
  ['half a message behind the ServerHelloDone', 10, s => s.together(() => [s.flight(), s.say(u8(20))])],
  ['a ChangeCipherSpec before the ServerHello', 10, s => s.changeCipherSpec()],
  first('a ChangeCipherSpec behind the ServerHello', 10, s => s.changeCipherSpec()),
  first('a ChangeCipherSpec within a message', 10, s => [s.send(22, u8(11)), s.changeCipherSpec()]),
  first('an alert within a message', 10, s => [s.send(22, u8(11)), s.send(21, Buffer.of(1, 90))]),
  first('a handshake record without bytes', 10, s => s.send(22, empty)),
  first('thousands of HelloRequests', 10, s => times(5000, () => s.send(22, message(0)))),
  first('a HelloRequest with a body', [10, 47, 50], s => s.send(22, message(0, u8(0)))),
  first('thousands of warnings', 10, s => times(5000, () => s.send(21, Buffer.of(1, 90)))),
  first('a message of 16 MB', [10, 47, 50], s => {
    s.send(22, Buffer.of(11, 255, 255, 255))
    times(300, () => s.send(22, zeros(16_384)))
  }),

  turn('a Finished in clear', 10, s => s.finished()),
  turn('a ChangeCipherSpec of two bytes', 10, s => s.raw(record(20, u16(257)))),
  turn('a ChangeCipherSpec of 2', 10, s => s.raw(record(20, u8(2)))),
  turn('a ChangeCipherSpec of no bytes', 10, s => s.raw(record(20, empty))),
  turn('data in clear before the Finished', 10, s => s.send(23, data)),
  turn('a ticket that was not announced', 10, s => s.say(message(type.newSessionTicket, zeros(4), vector16(data)))),
  turn('a ServerHello again', 10, s => s.serverHello()),
  turn('a heartbeat', 10, s => s.send(content.heartbeat, Buffer.of(1, 64, 0))),
  turn('a Finished under no keys', 20, s => {
    s.changeCipherSpec()
    s.raw(record(22, message(20, s.verifyData)))
  }),
  changed('a ChangeCipherSpec twice', 10, s => s.raw(record(20, u8(1)))),
  changed('a wrong Finished', 51, s => s.finished(flipped(s.verifyData))),
  changed('a Finished of zeros', 51, s => s.finished(zeros(12))),
  changed('a Finished of eleven bytes', [50, 51], s => s.finished(s.verifyData.subarray(1))),
  changed('a Finished of 13 bytes', [50, 51], s => s.finished(Buffer.concat([s.verifyData, u8(0)]))),
  changed('a Finished of no bytes', [50, 51], s => s.finished(empty)),
  changed('data before the Finished', 10, s => s.send(23, data)),
  [
    'a ticket that was announced and does not come',
    10,
    s => {
      s.serverHello({}, [[35, empty]])
      s.certificate()
      s.keyExchange()
      s.done()
      s.change()
    },
  ],
]

const rsa: readonly Case<Server12>[] = [
  second('RSA with a ServerKeyExchange', 10, s => s.keyExchange()),
  first('RSA and a key of P-256', [42, 43, 47], showing('P-256')),
  first('RSA and a key of RSA-PSS', [42, 43, 47], showing('rsa-pss')),
  first('RSA and a key that may not encipher', [43, 47], showing('rsa', 0x80)),
]

refuses(() => new Server12(), always, cases)
refuses(() => new Server12(suite.rsa), always, rsa)
