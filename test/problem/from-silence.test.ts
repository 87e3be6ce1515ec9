import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LegClosed } from '../../src/model/connection.ts'
import { codeOfSilence } from '../../src/problem/from-silence.ts'
import type { TlsRecord } from '../../src/wire/tls/handshake.ts'
import { certificateOf, helloOf, makeHandshake, makeHello, openedAt, type Said } from '../compare/make.ts'

const finished: Said = ['to-server', { name: 'finished', verifyData: new Uint8Array(32) }, 10]
const said = [helloOf(makeHello()), certificateOf('to-client'), finished]
const closed = (at: number, by: LegClosed['by'] = 'client') => ({ at: openedAt + at, by, how: 'fin' }) as const
const record = (innerType?: number): TlsRecord => ({
  direction: 'to-server',
  at: openedAt + 11,
  offset: 0,
  type: 23,
  version: 0x0303,
  length: 40,
  encrypted: true,
  opened: innerType !== undefined,
  ...(innerType !== undefined && { innerType }),
})

const codeAfter = (ms: number, records: readonly TlsRecord[] = [], by: LegClosed['by'] = 'client') =>
  codeOfSilence('client', closed(ms, by), makeHandshake(said, { records }))

test('a client that hangs up right after its Finished distrusts the certificate', () => {
  assert.equal(codeAfter(12), 'tls/client-closed-after-certificate')
  assert.equal(codeAfter(12, [record(22), record(21)]), 'tls/client-closed-after-certificate')
})

test('a client that sent something, waited, or was hung up on does not', () => {
  assert.equal(codeAfter(12, [record(23)]), undefined)
  assert.equal(codeAfter(12, [record()]), undefined)
  assert.equal(codeAfter(5000), undefined)
  assert.equal(codeAfter(12, [], 'parley'), undefined)
})

test('a resumed handshake shows no certificate to distrust', () => {
  const handshake = makeHandshake([helloOf(makeHello()), finished])
  assert.equal(codeOfSilence('client', closed(12), handshake), undefined)
})

test('a server that closes after the handshake has simply closed', () => {
  assert.equal(codeOfSilence('upstream', closed(12, 'server'), makeHandshake(said)), undefined)
})

test('a leg that is still open, or never spoke TLS, is silent for a reason', () => {
  assert.equal(codeOfSilence('client', undefined, makeHandshake(said, { outcome: 'pending' })), undefined)
  assert.equal(codeOfSilence('client', closed(12), makeHandshake([], { outcome: 'pending' })), undefined)
})
