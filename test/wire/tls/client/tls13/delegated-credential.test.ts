import assert from 'node:assert/strict'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import type { WireChunk } from '../../../../../src/wire/tls/capture.ts'
import type { Session } from '../../../../../src/wire/tls/client/session.ts'
import { signed } from '../../../../../src/wire/tls/client/signing.ts'
import { dissect } from '../../../../../src/wire/tls/dissect.ts'
import { type KeyKind, keyed } from '../certificate-of.ts'
import { type Part, preSharedKey, u16, vector16, vector24 } from '../offer.ts'
import { type Case, encounter, refuses } from '../rogue/encounter.ts'
import { Server13 } from '../rogue/server13.ts'

const start = Date.UTC(2026, 0, 1) // when the leaf becomes valid
const now = start + 100 * 86_400_000
const day = 86_400
// SEQUENCE { OID 1.3.6.1.4.1.44363.44, OCTET STRING { NULL } }: RFC 9345 4.2
const mayDelegate = Buffer.from('300f06092b0601040182da4b2c04020500', 'hex')

interface Credential {
  readonly kind?: KeyKind
  readonly scheme?: number
  /** Seconds from now. */
  readonly ends?: number
  readonly signer?: KeyObject
  readonly algorithm?: number
  readonly leaf?: Buffer
  readonly edit?: (data: Buffer) => Buffer
}

const leaf = keyed('P-256', { keyUsage: 0x80, extensions: [mayDelegate] }).certificate

function credential(told: Credential = {}): Buffer {
  const { kind = 'P-384', scheme = 0x0503, ends = day, algorithm = 0x0403, edit = same => same } = told
  const seconds = Buffer.alloc(4)
  seconds.writeUInt32BE((now - start) / 1000 + ends)
  const spki = createPublicKey(keyed(kind).key).export({ format: 'der', type: 'spki' })
  const cred = Buffer.concat([seconds, u16(scheme), vector24(spki), u16(algorithm)])
  const context = `${' '.repeat(64)}TLS, server delegated credentials\0`
  const over = Buffer.concat([Buffer.from(context), told.leaf ?? leaf, cred])
  return edit(Buffer.concat([cred, vector16(signed(told.signer ?? keyed('P-256').key, algorithm, over))]))
}

const offered: Part = [34, vector16(u16(0x0503), u16(0x0403), u16(0x0804))]
const always = { offer: { suites: [0x1301], groups: [29], and: [offered] }, client: { now: () => now } }

const flight =
  (told: Credential = {}, by: { kind?: KeyKind; scheme?: number } = {}) =>
  (s: Server13): void => {
    s.serverHello()
    s.encryptedExtensions()
    s.certificate([told.leaf ?? leaf], [[34, credential(told)]])
    s.certificateVerify(keyed(by.kind ?? told.kind ?? 'P-384').key, by.scheme ?? told.scheme ?? 0x0503)
    s.finished()
  }

test('a key to which the leaf delegates signs in its place', () => {
  const server = new Server13()
  const { error, secured, client } = encounter(server, flight(), always)
  assert.deepEqual([error, secured, client.delegated, client.scheme], [undefined, true, true, 0x0503])
  assert.deepEqual(client.chain?.certificates, [leaf])
  assert.equal(encounter(new Server13(), flight({ ends: 7 * day }), always).secured, true)
})

test('a session ends with the credential that proved it, and so does one that resumes it', () => {
  const sessions: Session[] = []
  const client = { now: () => now, resumable: (session: Session) => sessions.push(session) }
  const first = new Server13()
  const act = (s: Server13): void => {
    flight({ ends: 3600 })(s)
    s.ticket(7200)
  }
  encounter(first, act, { ...always, client })
  const resume = (at: number) => {
    const server = new Server13()
    server.psk = first.resumption
    const again = (s: Server13): void => {
      s.serverHello({}, [[41, u16(0)]])
      s.encryptedExtensions()
      s.finished()
      s.ticket(7200)
    }
    const and = [offered, preSharedKey]
    const session = sessions[0]!
    return encounter(server, again, { offer: { ...always.offer, and }, client: { ...client, now: () => at, session } })
  }
  assert.equal(resume(now + 3_599_999).client.resumed, true)
  assert.deepEqual(
    sessions.map(({ provedUntil }) => provedUntil),
    [now + 3_600_000, now + 3_600_000],
  )
  assert.equal(resume(now + 3_600_000).client.resumed, false)
})

test('the dissector finds both signatures right', () => {
  const server = new Server13()
  const chunks = { 'to-server': [] as WireChunk[], 'to-client': [] as WireChunk[] }
  const keyLog: string[] = []
  const keep = (direction: keyof typeof chunks, bytes: Uint8Array): void => {
    const offset = chunks[direction].reduce((sum, chunk) => sum + chunk.bytes.length, 0)
    chunks[direction].push({ at: now, offset, bytes: Buffer.from(bytes) })
  }
  const out = (bytes: Buffer): void => {
    keep('to-server', bytes)
    server.hear(Buffer.from(bytes))
  }
  const client = { ...always.client, out, keyLog: (line: string) => keyLog.push(line.trim()) }
  const act = (s: Server13): void => {
    const { deliver } = s
    s.deliver = bytes => {
      keep('to-client', bytes)
      deliver(bytes)
    }
    flight()(s)
  }
  encounter(server, act, { ...always, client })
  const headers = { 'to-server': [], 'to-client': [] }
  const { messages } = dissect({ chunks, headers, keyLog, tlsStartsAt: { toServer: 0, toClient: 0 } })
  const checks = messages.flatMap(({ checks }) => checks)
  assert.deepEqual(
    checks.map(({ name, passed }) => [name, passed]),
    [
      ['signature', true],
      ['signature', true],
      ['verify_data', true],
      ['verify_data', true],
    ],
  )
  assert.match(checks[0]!.detail, /ec key of the certificate, over the delegated credential/)
  assert.match(checks[1]!.detail, /ec key of the delegated credential, over the sha256 of all/)
})

const plain = (kind: KeyKind, keyUsage?: number): Buffer =>
  keyed(kind, keyUsage === undefined ? { extensions: [mayDelegate] } : { keyUsage }).certificate
const cases: readonly (readonly [string, number, Case<Server13>[2], Part?])[] = [
  ['that has expired', 47, flight({ ends: 0 })],
  ['for more than seven days', 47, flight({ ends: 7 * day + 1 })],
  ['of a certificate without DelegationUsage', 47, flight({ leaf: plain('P-256', 0x80) })],
  ['of a certificate without digitalSignature', 47, flight({ leaf: plain('P-256') })],
  ['for a scheme that was not offered', 47, flight({ kind: 'P-521', scheme: 0x0603 })],
  ['whose key is not for its scheme', 47, flight({ kind: 'P-256', scheme: 0x0503 }, { kind: 'P-384' })],
  ['with an RSA key', 47, flight({ kind: 'rsa', scheme: 0x0804 })],
  ['that another key has signed', 51, flight({ signer: keyed('brainpoolP256r1').key })],
  ['by a CertificateVerify of another scheme', 47, flight({}, { kind: 'P-256', scheme: 0x0403 })],
  ['by a CertificateVerify of the leaf', 51, flight({}, { kind: 'brainpoolP256r1' })],
  ['that is cut', 50, flight({ edit: data => data.subarray(0, -1) })],
  ['that is empty', 50, flight({ edit: () => Buffer.alloc(0) })],
  [
    'with another lifetime than was signed',
    51,
    flight({ edit: data => Buffer.concat([u16(0x0084), data.subarray(2)]) }),
  ],
]
refuses(
  () => new Server13(),
  always,
  cases.map(([what, alert, act]) => [`a delegated credential ${what}`, alert, act] as const),
)
refuses(() => new Server13(), { ...always, offer: { ...always.offer, and: [] } }, [
  ['a delegated credential that was not asked for', 110, flight()],
])
