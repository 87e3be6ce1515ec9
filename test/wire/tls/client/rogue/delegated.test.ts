import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { certificateOf } from '../certificate-of.ts'
import { type Part, u16, u24, u32, vector16, vector24 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { Server13 } from './server13.ts'

/** RFC 9345 */
const day = 86_400
const offered: Part = [34, vector16(u16(0x0403), u16(0x0807))]
const schemes = [0x0403, 0x0503, 0x0804, 0x0807]
const now = Date.UTC(2026, 0, 4) // three days after notBefore
const always = { offer: { suites: [0x1301], groups: [29], schemes, and: [offered] }, client: { now: () => now } }

const delegates = Buffer.from('300f06092b06010401 82da4b2c 04020500'.replaceAll(' ', ''), 'hex')
const leaf = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const own = certificateOf(leaf.publicKey, { keyUsage: 0x80, extensions: [delegates] })
const credentialKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })

interface Told {
  readonly seconds?: number
  readonly scheme?: number
  readonly publicKey?: KeyObject
  readonly by?: KeyObject
  readonly algorithm?: number
  readonly context?: string
  readonly over?: Buffer
  readonly edit?: (credential: Buffer) => Buffer
}

function credential(told: Told = {}): Part {
  const { seconds = 5 * day, scheme = 0x0403, by = leaf.privateKey, algorithm = 0x0403 } = told
  const spki = (told.publicKey ?? credentialKey.publicKey).export({ format: 'der', type: 'spki' })
  const body = Buffer.concat([u32(seconds), u16(scheme), vector24(spki), u16(algorithm)])
  const context = `${' '.repeat(64)}${told.context ?? 'TLS, server delegated credentials'}\0`
  const signature = sign('sha256', Buffer.concat([Buffer.from(context), told.over ?? own, body]), by)
  const whole = Buffer.concat([body, vector16(signature)])
  return [34, told.edit ? told.edit(whole) : whole]
}

const flight =
  (part: () => Part, key = credentialKey.privateKey, scheme = 0x0403, certificate = own) =>
  (s: Server13): void => {
    s.serverHello()
    s.encryptedExtensions()
    s.certificate([certificate], [part()])
    s.certificateVerify(key, scheme)
    s.finished()
  }

test('the key of a delegated credential signs in place of the leaf', () => {
  for (const seconds of [3 * day + 1, 10 * day]) {
    const { error, secured, client } = encounter(
      new Server13(),
      flight(() => credential({ seconds })),
      always,
    )
    assert.deepEqual([error, secured, client.delegated], [undefined, true, true])
  }
})

const row = (what: string, alerts: Case<Server13>[1], ...told: Parameters<typeof flight>): Case<Server13> => [
  `a delegated credential ${what}`,
  alerts,
  flight(...told),
]
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ed25519 = generateKeyPairSync('ed25519')
const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
const without = certificateOf(leaf.publicKey, { keyUsage: 0x80 })
const unused = certificateOf(leaf.publicKey, { extensions: [delegates] })
const cannotSign = certificateOf(leaf.publicKey, { keyUsage: 0x20, extensions: [delegates] })

refuses(() => new Server13(), always, [
  row('that has expired', 47, () => credential({ seconds: 3 * day })),
  row('of no time', 47, () => credential({ seconds: 0 })),
  row('for more than seven days', 47, () => credential({ seconds: 10 * day + 1 })),
  row('for ever', 47, () => credential({ seconds: 0xffffffff })),
  row(
    'for a scheme that was not offered for it',
    47,
    () => credential({ scheme: 0x0503, publicKey: p384.publicKey }),
    p384.privateKey,
    0x0503,
  ),
  row('for a scheme of another key', 47, () => credential({ scheme: 0x0807 })),
  row('of an RSA key', 47, () => credential({ scheme: 0x0804, publicKey: rsa.publicKey }), rsa.privateKey, 0x0804),
  row(
    'and another scheme',
    47,
    () => credential({ publicKey: ed25519.publicKey, scheme: 0x0807 }),
    credentialKey.privateKey,
    0x0403,
  ),
  row('and a CertificateVerify by the leaf', 51, () => credential(), leaf.privateKey),
  row('by itself', 51, () => credential({ by: credentialKey.privateKey })),
  row('for another certificate', 51, () => credential({ over: without })),
  row('of a client', 51, () => credential({ context: 'TLS, client delegated credentials' })),
  row('signed by a scheme that was not offered', 47, () => credential({ algorithm: 0x0603 })),
  row('signed by a scheme of another key', 47, () => credential({ algorithm: 0x0804 })),
  row('whose signature is damaged', 51, () => credential({ edit: bytes => bytes.fill(7, bytes.length - 9) })),
  row('that is cut', 50, () => credential({ edit: bytes => bytes.subarray(0, -1) })),
  row('with bytes behind', 50, () => credential({ edit: bytes => Buffer.concat([bytes, u16(0)]) })),
  row('of no bytes', 50, () => credential({ edit: () => Buffer.alloc(0) })),
  row('whose key is none', alert.malformed.concat(51), () => credential({ edit: bytes => bytes.fill(0, 9, 60) })),
  row('of a leaf that must not delegate', 47, () => credential({ over: without }), undefined, undefined, without),
  row('of a leaf without key usage', 47, () => credential({ over: unused }), undefined, undefined, unused),
  row('of a leaf that may not sign', 47, () => credential({ over: cannotSign }), undefined, undefined, cannotSign),
  ['a delegated credential that was not offered', 110, flight(() => credential()), { offer: { and: [] } }],
  [
    'a delegated credential twice',
    alert.malformed,
    s => {
      s.serverHello()
      s.encryptedExtensions()
      s.certificate([own], [credential(), credential()])
      s.certificateVerify(credentialKey.privateKey)
      s.finished()
    },
  ],
])

test('a credential at another certificate than the leaf delegates nothing', () => {
  const server = new Server13()
  const act = (s: Server13): void => {
    s.serverHello()
    s.encryptedExtensions()
    const entry = (der: Buffer, part?: Part): Buffer =>
      Buffer.concat([vector24(der), vector16(...(part ? [u16(part[0]), vector16(part[1])] : []))])
    const list = vector24(entry(s.identity.certificate), entry(own, credential()))
    s.say(Buffer.concat([Buffer.of(11), u24(list.length + 1), Buffer.of(0), list]))
    s.certificateVerify(credentialKey.privateKey)
  }
  const { error, secured } = encounter(server, act, always)
  assert.deepEqual([error?.alert, secured], [51, false])
})
