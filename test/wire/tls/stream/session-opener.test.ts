import assert from 'node:assert/strict'
import { constants, privateDecrypt } from 'node:crypto'
import { test } from 'node:test'
import type { SecureVersion } from 'node:tls'
import fc from 'fast-check'
import type { LegCapture } from '../../../../src/wire/tls/capture.ts'
import { dissect } from '../../../../src/wire/tls/dissect.ts'
import { noEncryptThenMac, tlsPair } from '../record-pair.ts'
import { recordedStream } from '../recorded-streams.ts'
import { identity } from '../test-certificates.ts'
import { inTime, keysIn, telling } from './session-telling.ts'

const rsa = identity('rsa')

function read(capture: LegCapture, keyLog = capture.keyLog) {
  const session = telling(keysIn(keyLog), capture.tlsStartsAt)
  for (const { direction, at, bytes } of inTime(capture)) session.opener.push(direction, at, bytes)
  session.opener.end()
  return session
}

/** What the whole recording has, by the reader of whole recordings. */
function contentOf(capture: LegCapture): readonly string[] {
  const content: string[] = []
  dissect(capture, {
    content: (direction, _at, bytes) =>
      bytes.length > 0 && content.push(`${direction === 'to-server' ? '>' : '<'} ${Buffer.from(bytes).toString()}`),
  })
  return content
}

const isContent = (line: string) => /^[<>] (?!alert$)/.test(line)

const suites: readonly (readonly [SecureVersion, string, number?])[] = [
  ...['TLS_AES_128_GCM_SHA256', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_CCM_8_SHA256'].map(
    name => ['TLSv1.3', name] as const,
  ),
  ...['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305', 'AES128-CCM', 'AES256-CCM8', 'AES128-SHA256'].map(
    name => ['TLSv1.2', name] as const,
  ),
  ['TLSv1.2', 'AES128-SHA', noEncryptThenMac],
  ...(['TLSv1.1', 'TLSv1'] as const).flatMap(version => [
    [version, 'AES128-SHA'] as const,
    [version, 'ECDHE-RSA-AES256-SHA', noEncryptThenMac] as const,
  ]),
]
for (const [version, name, secureOptions = 0] of suites)
  test(`${version} with ${name}${secureOptions ? ' and MAC then encrypt' : ''} is opened as it passes`, async () => {
    const ciphers = version === 'TLSv1.3' ? `${name}:AES128-SHA:@SECLEVEL=0` : `${name}:@SECLEVEL=0`
    const options = { ciphers, minVersion: version, maxVersion: version, secureOptions } as const
    const both = { ...options, ALPNProtocols: ['h2'] }
    const { capture } = await tlsPair({ server: { ...rsa, ...both } }).connect(both)
    const { told, kept, headers } = read(capture)
    assert.deepEqual(told.filter(isContent), ['> ping', '< pong'])
    assert.deepEqual(told.filter(isContent), contentOf(capture))
    assert.match(
      told
        .filter(line => line !== 'keys')
        .slice(0, 2)
        .join(),
      /^hello api.example.test,secured 30[1-4] h2$/,
    )
    const again = dissect({ ...capture, chunks: kept, headers })
    assert.deepEqual(
      again.messages.map(({ name }) => name).sort(),
      dissect(capture)
        .messages.map(({ name }) => name)
        .sort(),
    )
  })

for (const name of ['ssl30-3des-sha', 'ssl30-aes128-sha', 'tls13-go'])
  test(`the recorded ${name} is opened as the reader of whole recordings does`, () => {
    const capture = recordedStream(name)
    assert.deepEqual(read(capture).told.filter(isContent), contentOf(capture))
  })

test('an RSA line of the key log opens a session as well, with the hash of an extended master secret', async () => {
  const options = { ciphers: 'AES128-GCM-SHA256:@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const
  const { capture } = await tlsPair({ server: { ...rsa, ...options } }).connect(options)
  const value = dissect(capture).messages.find(({ name }) => name === 'client_key_exchange')!.value
  const encrypted = value.name === 'client_key_exchange' ? Buffer.from(value.encryptedPreMaster!) : Buffer.alloc(0)
  const secret = privateDecrypt({ key: rsa.key, padding: constants.RSA_PKCS1_PADDING }, encrypted)
  const line = `RSA ${encrypted.subarray(0, 8).toString('hex')} ${secret.toString('hex')}`
  assert.deepEqual(read(capture, [line]).told.filter(isContent), ['> ping', '< pong'])
})

test('without keys the handshake in clear is told, and nothing is opened', async () => {
  const { capture } = await tlsPair({ server: rsa }).connect()
  assert.deepEqual(read(capture, []).told, ['hello api.example.test'])
})

test('it is the same wherever the segments are cut', async () => {
  const { capture } = await tlsPair({ server: { ...rsa, maxVersion: 'TLSv1.2' } }).connect()
  const whole = read(capture).told
  for (const size of [1, 5, 100]) {
    const session = telling(keysIn(capture.keyLog))
    for (const { direction, at, bytes } of inTime(capture))
      for (let from = 0; from < bytes.length; from += size)
        session.opener.push(direction, at, Buffer.from(bytes.subarray(from, from + size)))
    assert.deepEqual(session.told, whole)
  }
})

test('an answer that was captured before its question waits for it', async () => {
  const { capture } = await tlsPair({ server: rsa }).connect()
  const session = telling(keysIn(capture.keyLog))
  const chunks = inTime(capture)
  const answer = chunks.findIndex(({ direction }) => direction === 'to-client')
  const mixed = [chunks[answer]!, ...chunks.slice(0, answer), ...chunks.slice(answer + 1)]
  for (const { direction, at, bytes } of mixed) session.opener.push(direction, at, bytes)
  assert.deepEqual(session.told.filter(isContent), ['> ping', '< pong'])
})

const size = 16_384
const blob = Buffer.concat(Array.from({ length: 20 }, (_, i) => Buffer.alloc(size, 65 + i)))

for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
  test(`behind a hole ${version} goes on, and says how much of the content was in it`, async () => {
    const pair = tlsPair({ server: { ...rsa, maxVersion: version }, request: blob.toString() })
    const { capture } = await pair.connect()
    const records = dissect(capture).records.filter(({ length }) => length > size)
    assert.equal(records.length, 20)
    for (const [cutFrom, cutTo, lost] of [
      ...[
        [0, 0, 6],
        [3, 3, 7],
        [9, 2000, 7],
        [9, 0, 6],
      ],
    ] as const) {
      const session = telling(keysIn(capture.keyLog))
      const [from, to] = [records[8]!.offset + cutFrom, records[14]!.offset + cutTo]
      for (const { direction, at, offset, bytes } of inTime(capture)) {
        const inside = (place: number) => Math.min(Math.max(place - offset, 0), bytes.length)
        const [start, end] = direction === 'to-server' ? [inside(from), inside(to)] : [0, 0]
        session.opener.push(direction, at, bytes.subarray(0, start))
        if (end > start) session.opener.gap(direction, at, end - start)
        session.opener.push(direction, at, bytes.subarray(end))
      }
      const lines = session.told.filter(line => line.startsWith('>') && !line.endsWith('alert'))
      const missing = lines.map(line => Number(/^> (\d+) missing$/.exec(line)?.[1] ?? 0))
      const kept = lines.filter(line => !line.endsWith('missing')).map(line => line.slice(2))
      const gone = Array.from({ length: lost }, (_, i) => i + 8)
      const left = Array.from({ length: 20 }, (_, i) => i).filter(i => !gone.includes(i))
      assert.equal(
        missing.reduce((sum, length) => sum + length, 0),
        lost * size,
        `${cutFrom} ${cutTo}`,
      )
      assert.equal(kept.join(''), left.map(i => String.fromCharCode(65 + i).repeat(size)).join(''))
    }
  })

test('no damage makes it throw', async () => {
  const { capture } = await tlsPair({ server: rsa }).connect()
  const chunks = inTime(capture)
  const total = chunks.reduce((sum, { bytes }) => sum + bytes.length, 0)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(total - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(chunks.length),
      (edits, drop) => {
        const session = telling(keysIn(capture.keyLog))
        let place = 0
        for (const [index, { direction, at, bytes }] of chunks.entries()) {
          const changed = Buffer.from(bytes)
          for (const [where, value] of edits)
            if (where >= place && where < place + bytes.length) changed[where - place] = value
          place += bytes.length
          if (index === drop) session.opener.gap(direction, at, bytes.length)
          else session.opener.push(direction, at, changed)
        }
        session.opener.end()
      },
    ),
    { numRuns: 200 },
  )
})

test('a ClientHello in SSL 2.0 form is the hello of its session', () => {
  const challenge = '000102030405060708090a0b0c0d0e0f'
  const session = telling(keysIn([`CLIENT_RANDOM ${'00'.repeat(16)}${challenge} ${'ab'.repeat(48)}`]))
  session.opener.push(
    'to-server',
    1,
    Buffer.from(`8022010301000900000010000035 00000a010080${challenge}`.replaceAll(' ', ''), 'hex'),
  )
  session.opener.end()
  assert.deepEqual(session.told, ['keys', 'hello undefined'])
})

for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
  test(`in ${version} a question that is missing is told before its answer`, async () => {
    const { capture } = await tlsPair({ server: { ...rsa, maxVersion: version } }).connect()
    const question = dissect(capture).records.findLast(
      ({ direction, type, innerType = type, opened }) => direction === 'to-server' && innerType === 23 && opened,
    )!
    const session = telling(keysIn(capture.keyLog))
    for (const { direction, at, offset, bytes } of inTime(capture)) {
      const start = direction === 'to-server' ? question.offset - offset : bytes.length
      if (start < 0 || start >= bytes.length) {
        session.opener.push(direction, at, bytes)
        continue
      }
      session.opener.push(direction, at, bytes.subarray(0, start))
      session.opener.gap(direction, at, 5 + question.length)
      session.opener.push(direction, at, bytes.subarray(start + 5 + question.length))
    }
    session.opener.end()
    assert.deepEqual(session.told.filter(isContent), ['> 4 missing', '< pong'])
  })
