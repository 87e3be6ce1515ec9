import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../src/model/connection.ts'
import type { Direction } from '../../src/model/party.ts'
import { HelloWatch } from '../../src/recorder/hello-watch.ts'
import type { LegCapture } from '../../src/wire/tls/capture.ts'
import { split } from '../wire/tls/capture-edits.ts'
import { tlsPair } from '../wire/tls/record-pair.ts'
import { recordedStream } from '../wire/tls/recorded-streams.ts'
import { identity } from '../wire/tls/test-certificates.ts'

const open: Connection = { id: 7, openedAt: 1, client: {}, problems: [] }
const closed: Connection = { ...open, closed: { at: 9 } }
const agreedOn = (alpn: string) => ({ version: 'TLSv1.3', cipherSuite: 'x', alpn, resumed: false })
const capture = recordedStream('tls13-go')

/** Both directions of both legs in the order of arrival, from bytes that are used again; the answers of `push`. */
function pass(watch: HelloWatch, { chunks }: LegCapture, only?: Direction): boolean[] {
  const all = (['to-server', 'to-client'] as const).flatMap(direction =>
    only === undefined || only === direction ? chunks[direction].map(chunk => ({ direction, chunk })) : [],
  )
  all.sort((a, b) => a.chunk.at - b.chunk.at)
  return all.flatMap(({ direction, chunk }) =>
    (['client', 'upstream'] as const).map(leg => {
      const bytes = Buffer.from(chunk.bytes)
      const due = watch.push(leg, direction, { ...chunk, bytes })
      bytes.fill(0xee)
      return due
    }),
  )
}

test('facts are told once, when both hellos are whole, and nothing is kept then', () => {
  const watch = new HelloWatch()
  pass(watch, capture, 'to-server')
  assert.equal(watch.news(open), undefined)
  assert.ok(pass(watch, capture, 'to-client').includes(true))
  const facts = watch.news(open)!
  assert.match(facts.clientJa4!, /^t13/)
  assert.deepEqual([facts.upstreamJa4, facts.differs, facts.clientGroup], [facts.clientJa4, false, facts.upstreamGroup])
  assert.equal(watch.news(closed), undefined)
  assert.ok(!pass(watch, capture).includes(true), 'no more is read')
})

test('hellos in pieces of one byte are read as whole ones are', () => {
  const [whole, pieces] = [new HelloWatch(), new HelloWatch()]
  const ends = (['to-server', 'to-client'] as const).reduce((cut, side) => split(cut, side, 1), capture)
  pass(whole, capture)
  pass(pieces, ends)
  assert.deepEqual(pieces.news(open), whole.news(open))
})

test('hellos that are never whole are read when the connection is over, and not more than a few times before', () => {
  const watch = new HelloWatch()
  pass(watch, capture, 'to-server')
  let read = 0
  for (let offset = 0; offset < 100; offset++) {
    if (watch.push('client', 'to-client', { at: 5, offset, bytes: Uint8Array.of([22, 3, 3, 64, 0][offset] ?? 0) }))
      read++
    assert.equal(watch.news(open), undefined)
  }
  assert.equal(read, 16)
  const { clientJa4, ...rest } = watch.news(closed)!
  assert.match(clientJa4!, /^t13/)
  assert.deepEqual(Object.keys(rest), ['upstreamJa4'])
})

test('what floods a leg is let go of, and what came first is told', () => {
  const watch = new HelloWatch()
  pass(watch, capture, 'to-server')
  for (let i = 0; i < 20; i++)
    watch.push('client', 'to-client', { at: 5, offset: i * 4096, bytes: new Uint8Array(4096).fill(22) })
  assert.ok(watch.news(open)?.clientJa4)
  assert.equal(watch.push('client', 'to-client', { at: 6, offset: 0, bytes: new Uint8Array(1) }), false)
})

test('bytes before TLS are no part of it, and a connection without TLS has no facts', () => {
  const connect = Buffer.from('CONNECT a.example:443 HTTP/1.1\r\n\r\n')
  const watch = new HelloWatch()
  watch.push('client', 'to-server', { at: 0, offset: 0, bytes: connect })
  const moved = capture.chunks['to-server'].map(chunk => ({ ...chunk, offset: chunk.offset + connect.length }))
  pass(watch, { ...capture, chunks: { ...capture.chunks, 'to-server': moved } })
  const client = { tlsStartsAt: { toServer: connect.length, toClient: 0 } }
  assert.match(watch.news({ ...open, client })!.clientJa4!, /^t13/)
  const plain = new HelloWatch()
  plain.push('client', 'to-server', { at: 0, offset: 0, bytes: connect })
  assert.equal(plain.news(closed), undefined)
  assert.ok(watch.seen && !plain.seen)
})

test('legs whose ALPN differs differ, though TLS 1.3 hides it, once both stand', () => {
  const watch = new HelloWatch()
  pass(watch, capture)
  const client = { agreed: agreedOn('http/1.1') }
  assert.equal(watch.news({ ...open, client })?.differs, false)
  assert.equal(watch.news({ ...open, client, upstream: { agreed: agreedOn('h2') } })?.differs, true)
})

test('the connection that the engine names is the origin, of the legs on which the session was taken', async () => {
  const pair = tlsPair({ server: identity('rsa') })
  const { session } = await pair.connect()
  const { capture: resumed } = await pair.connect({ session })
  for (const each of [capture, resumed]) {
    const watch = new HelloWatch()
    watch.earlier = 3
    pass(watch, each)
    const { clientResumes, upstreamResumes } = watch.news(open)!
    const origin = each === resumed ? 3 : undefined
    assert.deepEqual([clientResumes, upstreamResumes], [origin, origin])
  }
})
