import assert from 'node:assert/strict'
import http2, { type ServerHttp2Stream } from 'node:http2'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import type { Header, RequestHead } from '../../../src/model/exchange.ts'
import type { Said } from '../../../src/proxy/own/own-request.ts'
import { speakHttp2 } from '../../../src/proxy/own/speak-http2.ts'

const server = { scheme: 'https', host: 'a', port: 443 } as const
const none = new Uint8Array(0)
const pseudo: readonly Header[] = [
  [':method', 'PUT'],
  [':path', '/p?q'],
  [':authority', 'a'],
  [':scheme', 'https'],
]

const head = (fields: readonly Header[]): RequestHead => ({
  ...{ method: 'PUT', target: '/p?q', scheme: 'https', authority: 'a', path: '/p?q', version: 'HTTP/2' },
  headers: [...pseudo, ...fields],
})

function speaking(also: Partial<Said>, on: (stream: ServerHttp2Stream, raw: readonly string[]) => void) {
  const [stream, far] = duplexPair()
  const origin = http2.createServer()
  origin.on('session', session => session.on('error', () => {}))
  origin.on('stream', (asked, _headers, _flags, raw: string[]) => {
    asked.on('error', () => {})
    on(asked as ServerHttp2Stream, raw)
  })
  origin.emit('connection', far)
  return speakHttp2({ stream, server, head: head([]), body: none, ...also })
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).toString('latin1')
}

test('the fields keep their order and their duplicates; bodies and trailers go both ways', async () => {
  const fields: readonly Header[] = [
    ['z', '1'],
    ['a', '2'],
    ['z', '3'],
    ['content-length', '77'],
  ]
  const seen: { raw?: readonly string[]; body?: string; checksum?: unknown } = {}
  const answer = await speaking(
    { head: head(fields), body: Buffer.from('in'), trailers: [['checksum', 'c']] },
    (stream, raw) => {
      seen.raw = raw
      stream.on('trailers', ({ checksum }) => {
        seen.checksum = checksum
      })
      stream.setEncoding('utf8').on('data', part => {
        seen.body = (seen.body ?? '') + part
      })
      stream.once('end', () => {
        stream.additionalHeaders({ ':status': 103, early: 'yes' })
        stream.respond({ ':status': 201, b: '2', a: '1' }, { waitForTrailers: true })
        stream.once('wantTrailers', () => stream.sendTrailers({ late: 'yes' }))
        stream.end('made')
      })
    },
  )
  assert.equal(await textOf(answer.body), 'made')
  assert.deepEqual(seen.raw, [...pseudo, ...fields.slice(0, 3), ['content-length', '2']].flat())
  assert.deepEqual([seen.body, seen.checksum], ['in', 'c'])
  assert.deepEqual([answer.head.status, answer.head.version, answer.informational[0]?.status], [201, 'HTTP/2', 103])
  assert.deepEqual(answer.trailers?.(), [['late', 'yes']])
})

test('a stream that is reset before or in its answer says so', async () => {
  await assert.rejects(
    speaking({}, stream => stream.close(http2.constants.NGHTTP2_REFUSED_STREAM)),
    /without answering/,
  )
  const cut = await speaking({}, stream => {
    stream.respond({ ':status': 200 })
    stream.write('half')
    setTimeout(() => stream.destroy(new Error('no more')), 20)
  })
  await assert.rejects(textOf(cut.body), /broke off/)
})

test('an answer is whole though nobody reads it before its stream is closed', async () => {
  const answer = await speaking({}, stream => {
    stream.respond({ ':status': 200 })
    stream.end('small')
  })
  await new Promise(resolve => setTimeout(resolve, 30))
  assert.equal(await textOf(answer.body), 'small')
})
