import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, get, later, post, settled, talking, u32Bytes } from './peers.ts'

const acts = [{ by: 'rule', did: 'it' }]

test('where the path of a request is changed, its pseudo-header is, and the server’s side is told', () => {
  const at = talking({
    request: () =>
      claimRequest(({ head }) => ({
        type: 'change',
        acts,
        head: { ...head, path: '/b', target: '/b', authority: 'b.test' },
      })),
  })
  at.fromClient(at.client.preface, at.client.headers(1, get('/a'), true))
  assert.deepEqual(at.atServer(), ['HEADERS 1 END :method=GET :scheme=https :authority=b.test :path=/b'])
  const events = at.told.map(([, event]) => event)
  assert.deepEqual(events[0], { type: 'acted', act: acts[0] })
  const request = events[1]
  assert.ok(request?.type === 'server-request')
  assert.deepEqual([request.head.path, request.head.authority, request.body], ['/b', 'b.test', 'same'])
})

test('half a request, then a reset towards both', () => {
  const at = talking({ request: () => claimRequest({ type: 'change', acts: [], cut: { after: 2, how: 'reset' } }) })
  at.fromClient(at.client.preface, at.client.headers(1, post('/')), at.client.data(1, 'body', true))
  assert.deepEqual(at.atServer().slice(1), ['DATA 1 bo', 'RST_STREAM 1 8'])
  assert.ok(at.atClient().includes('RST_STREAM 1 8'))
})

test('a request that is released when the server takes no more may be tried again', async () => {
  const verdict = later<{ type: 'pass'; acts: readonly never[] }>()
  const at = talking({ request: id => (id === 3 ? claimRequest(() => verdict.promise) : undefined) })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true), at.client.headers(3, get('/'), true))
  at.fromServer(at.server.goaway(1))
  verdict.resolve({ type: 'pass', acts: [] })
  await settled()
  assert.equal(at.atServer().length, 1)
  assert.deepEqual(at.atClient().at(-1), 'RST_STREAM 3 7')
})

test('a stream that depends on another depends on what that one is at the server', async () => {
  const verdict = later<{ type: 'pass'; acts: readonly never[] }>()
  const at = talking({ request: id => (id === 1 ? claimRequest(() => verdict.promise) : undefined) })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true), at.client.headers(3, get('/'), true))
  verdict.resolve({ type: 'pass', acts: [] })
  await settled()
  const priority = Buffer.concat([u32Bytes(2 ** 31 + 1), ascii('\x10')])
  at.fromClient(frameBytes(1, 0x25, 7, Buffer.concat([priority, at.client.block(get('/'))])))
  const bytes = at.bytes('to-server')
  assert.ok(bytes.includes(Buffer.concat([u32Bytes(2 ** 31 + 5), ascii('\x10')])))
})
