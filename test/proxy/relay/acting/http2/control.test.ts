import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, claimResponse, get, later, ok, post, settled, talking, u32Bytes } from './peers.ts'

const acts: readonly never[] = []

/** A talk in which stream 1 of the client is 5 at the server. */
async function shifted() {
  const verdict = later<{ type: 'pass'; acts: readonly never[] }>()
  const at = talking({ request: id => (id === 1 ? claimRequest(() => verdict.promise) : undefined) })
  at.fromClient(at.client.preface, at.client.headers(1, post('/1')), at.client.headers(3, get('/3'), true))
  verdict.resolve({ type: 'pass', acts })
  await settled()
  at.atServer()
  return at
}

test('frames that name streams name those of their receiver', async () => {
  const at = await shifted()
  at.fromClient(
    frameBytes(2, 0, 1, Buffer.concat([u32Bytes(2 ** 31 + 3), ascii('\x01')])),
    frameBytes(16, 0, 0, Buffer.concat([u32Bytes(1), ascii('u=1')])),
    frameBytes(2, 0, 99, Buffer.concat([u32Bytes(0), ascii('\x01')])),
    at.client.window(99, 1),
    at.client.reset(1),
  )
  assert.deepEqual(at.atServer(), [`PRIORITY 5 ${2 ** 31 + 3}`, 'PRIORITY_UPDATE 0 5', 'RST_STREAM 5 8'])
  at.fromServer(at.server.window(3, 5), at.server.reset(3, 2), at.server.window(77, 1))
  assert.deepEqual(at.atClient(), ['WINDOW_UPDATE 3 5', 'RST_STREAM 3 2'])
})

test('a RST_STREAM behind a whole response that still waits comes behind it to the client too (RFC 9113 8.1)', async () => {
  const verdict = later<{ type: 'pass'; acts: readonly never[] }>()
  const at = talking({ response: () => claimResponse(() => verdict.promise) })
  at.fromClient(at.client.preface, at.client.headers(1, post('/')))
  at.fromServer(at.server.headers(1, ok), at.server.data(1, 'all', true), at.server.reset(1, 0))
  assert.deepEqual(at.atClient(), [])
  verdict.resolve({ type: 'pass', acts })
  await settled()
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=200', 'DATA 1 all END', 'RST_STREAM 1 0'])
})

test('a GOAWAY without a last word, or of nobody’s business, passes as it is', async () => {
  const at = await shifted()
  at.fromServer(at.server.goaway(2 ** 31 - 1))
  at.fromClient(at.client.goaway(0))
  assert.deepEqual([at.atClient(), at.atServer()], [['GOAWAY 0 2147483647'], ['GOAWAY 0 0']])
})

test('an initial window that changes counts for the streams that are open', () => {
  const at = talking({ request: () => claimRequest({ type: 'change', acts, body: Buffer.alloc(100) }) })
  at.fromServer(at.server.settings([4, 10]))
  at.fromClient(at.client.preface, at.client.headers(1, post('/'), true))
  const sizes = () =>
    at
      .atServer()
      .filter(line => line.startsWith('DATA'))
      .map(line => line.length - 'DATA 1 '.length)
  assert.deepEqual(sizes(), [10])
  at.fromServer(at.server.settings([4, 30]))
  assert.deepEqual(sizes(), [20])
  at.fromServer(at.server.settings([4, 0]), at.server.window(1, 35))
  assert.deepEqual(sizes(), [5], '30 bytes were taken back, of 35')
})
