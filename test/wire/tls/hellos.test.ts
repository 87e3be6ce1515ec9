import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { LegCapture } from '../../../src/wire/tls/capture.ts'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import type { Handshake } from '../../../src/wire/tls/handshake.ts'
import { readHellos } from '../../../src/wire/tls/hellos.ts'
import { bytesOf, directions, flip, split, truncate } from './capture-edits.ts'
import { certificateArguments, hasOpenssl, OpensslRelay } from './openssl-relay.ts'
import { tlsPair } from './record-pair.ts'
import { recordedStream } from './recorded-streams.ts'
import { identity } from './test-certificates.ts'
import { fixtureMessages, fixtureNames, fromHex } from './tls-fixtures.ts'

type Told = Pick<Handshake, 'clientHello' | 'serverHello' | 'negotiated'>

const settled = ({ clientHello, serverHello, negotiated }: Told): unknown => {
  const { version, cipherSuite, group, serverName, resumption } = negotiated
  return { clientHello, serverHello, version, cipherSuite, group, serverName, resumption }
}

/** Read both ways, with all keys and with none. */
function assertSame(capture: LegCapture, what = 'as it is'): void {
  const told = settled(readHellos({ ...capture, keyLog: [] }))
  assert.deepEqual({ what, told }, { what, told: settled(dissect(capture, { checks: false, fields: false })) })
}

/** A capture of records in clear. */
function inRecords(messages: readonly { direction: 'to-server' | 'to-client'; type: number; bytes: Uint8Array }[]) {
  const chunks: LegCapture['chunks'] = { 'to-server': [], 'to-client': [] }
  for (const [at, { direction, type, bytes }] of messages.entries()) {
    const before = chunks[direction].at(-1)
    const offset = before ? before.offset + before.bytes.length : 0
    const header = Buffer.from([type, 3, 3, bytes.length >> 8, bytes.length & 255])
    ;(chunks[direction] as unknown[]).push({ at, offset, bytes: Buffer.concat([header, bytes]) })
  }
  const headers = { 'to-server': [], 'to-client': [] }
  return { chunks, headers, keyLog: [], tlsStartsAt: { toServer: 0, toClient: 0 } } satisfies LegCapture
}

const types = { Handshake: 22, Alert: 21, ChangeCipherSpec: 20 }

/** A fixture may hold several connections, one after another. */
function connectionsOf(name: string): LegCapture[] {
  const connections: Parameters<typeof inRecords>[0][number][][] = []
  let finished = true
  for (const { bytes, protocol, context } of fixtureMessages(name)) {
    const type = protocol === 'Handshake' ? bytes[0] : undefined
    if (type === 1 && finished) {
      connections.push([])
      finished = false
    }
    finished ||= type === 20
    connections.at(-1)!.push({ direction: context.direction, type: types[protocol], bytes })
  }
  return connections.map(inRecords)
}

for (const name of fixtureNames)
  test(`the hellos of ${name} say what the whole handshake says`, () => {
    for (const capture of connectionsOf(name)) assertSame(capture)
  })

const streams = ['ssl30-aes128-sha', 'ssl30-3des-sha', 'tls13-go'] as const
for (const name of streams)
  test(`${name}: the same, however its bytes came, wherever they end, and whatever is wrong with them`, () => {
    const capture = recordedStream(name)
    assert.ok(readHellos(capture).complete)
    assertSame(capture)
    for (const direction of directions) {
      for (const size of [1, 3, 100]) assertSame(split(capture, direction, size), `${direction} by ${size}`)
      const { length } = bytesOf(capture, direction)
      for (let at = 0; at < length; at += 3) assertSame(truncate(capture, direction, at), `${direction} cut at ${at}`)
      const damage = fc.tuple(fc.nat({ max: Math.min(length - 1, 300) }), fc.integer({ min: 1, max: 255 }))
      fc.assert(fc.property(damage, ([at, mask]) => assertSame(flip(capture, direction, at, mask))))
    }
  })

const rsa = identity('rsa')
const tls12 = { maxVersion: 'TLSv1.2' } as const
const kinds = {
  'TLS 1.3': { server: {}, client: { ALPNProtocols: ['h2'] } },
  'a HelloRetryRequest': { server: { ecdhCurve: 'P-384' }, client: { ecdhCurve: 'X25519:P-384' } },
  'TLS 1.2 with ECDHE': { server: { ...tls12, ecdhCurve: 'P-256', ALPNProtocols: ['h2'] }, client: {} },
  'TLS 1.2 with RSA': { server: { ...tls12, ciphers: 'AES128-SHA:@SECLEVEL=0' }, client: { ciphers: 'AES128-SHA' } },
  'TLS 1.0': {
    server: { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' },
    client: { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' },
  },
  'no version in common': { server: { minVersion: 'TLSv1.3' }, client: tls12 },
  'a certificate that is refused': { server: {}, client: { rejectUnauthorized: true } },
} as const
for (const [kind, { server, client }] of Object.entries(kinds))
  test(`${kind}: the hellos say what the whole handshake says`, async () => {
    const { capture } = await tlsPair({ server: { ...rsa, ...server } }).connect(client)
    assertSame(capture)
    assert.ok(capture.chunks['to-server'].length > 0)
    assert.equal(readHellos(capture).complete, readHellos(capture).serverHello !== undefined)
  })

for (const [kind, version, keepSessions, options, resumption] of [
  ['a PSK', 'TLSv1.3', false, {}, 'psk'],
  ['a ticket', 'TLSv1.2', false, {}, 'ticket'],
  ['a session id', 'TLSv1.2', true, { secureOptions: 1 << 14 }, 'session-id'],
] as const)
  test(`${kind} that was taken shows in the hellos`, async () => {
    const pair = tlsPair({ server: { ...rsa, maxVersion: version, ...options }, keepSessions })
    const { capture: first, session } = await pair.connect()
    const { capture } = await pair.connect({ session })
    for (const each of [first, capture]) assertSame(each)
    assert.equal(readHellos(first).negotiated.resumption, 'none')
    assert.equal(readHellos(capture).negotiated.resumption, resumption)
  })

test('early data between two ClientHellos is passed over', {
  skip: hasOpenssl ? false : 'openssl is not installed',
}, async () => {
  await using relay = new OpensslRelay()
  const [session, early] = [join(relay.folder, 'session'), join(relay.folder, 'early')]
  writeFileSync(early, 'GET / HTTP/1.0\r\n\r\n')
  const server = [...certificateArguments('rsa'), '-early_data', '-max_early_data', '4096']
  await relay.start(...server)
  await relay.run({ client: ['-sess_out', session] })
  const client = ['-groups', 'X25519:P-384', '-sess_in', session, '-early_data', early]
  const accepted = await relay.run({ client })
  await relay.start(...server, '-groups', 'P-384')
  const retried = await relay.run({ client })
  for (const each of [accepted, retried]) assertSame(each)
  assert.equal(readHellos(accepted).negotiated.resumption, 'psk')
  assert.equal(readHellos(retried).clientHello?.earlyData, false)
})

const random = '11'.repeat(32)
const clientHello = `01 00002b 0303 ${random} 00 0002 1301 01 00 0000`

test('what is hostile or of a draft is read as the whole handshake is', () => {
  const to = (direction: 'to-server' | 'to-client', type: number, hex: string) => {
    return { direction, type, bytes: fromHex(hex) }
  }
  const hello = to('to-server', 22, clientHello)
  const draft18 = to('to-client', 22, `02 000028 7f12 ${random} 1301 0000`.replace('000028', '000026'))
  const draftRetry = to('to-client', 22, '06 00000c 7f16 1301 0006 0033 0002 0017'.replace('0006 0033', '0006 0033'))
  const sealed = to('to-client', 20, '01')
  const cases = [
    [],
    [hello],
    [hello, draft18],
    [hello, draftRetry, hello],
    [hello, sealed, draft18],
    [hello, to('to-client', 20, '02'), draft18],
    [draft18, hello],
    [to('to-server', 22, '01 000002 0303'), draft18],
    [hello, to('to-client', 22, '02 000002 0303'), sealed],
    [hello, to('to-client', 21, '0228')],
    [to('to-server', 22, '02 ffffff'), hello],
    [to('to-server', 23, '00'), hello, draft18],
    [to('to-server', 80, '00'), draft18],
  ]
  for (const [index, messages] of cases.entries()) assertSame(inRecords(messages), `case ${index}`)
})

test('a hello in SSL 2.0 form is one', () => {
  const hello = fromHex(
    `802e 01 0303 0003 0000 0020 002f00 ${random}`.replace('002f00', '00002f').replace('802e', '802c'),
  )
  const capture = inRecords([])
  const chunks = { ...capture.chunks, 'to-server': [{ at: 0, offset: 0, bytes: hello }] }
  assertSame({ ...capture, chunks })
  assert.deepEqual(readHellos({ ...capture, chunks }).clientHello?.cipherSuites, [0x2f])
})
