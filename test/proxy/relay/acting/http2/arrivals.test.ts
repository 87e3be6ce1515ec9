import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentOf } from '../../../../../src/proxy/relay/acting/http2/arrivals.ts'
import type { RequestVerdict } from '../../../../../src/rules/verdict.ts'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, claimResponse, get, later, ok, post, talking } from './peers.ts'

test('the content of a DATA frame is what its padding leaves', () => {
  const content = (flags: number, payload: string) => {
    const bytes = contentOf(frameBytes(0, flags, 1, ascii(payload)))
    return bytes && Buffer.from(bytes).toString('latin1')
  }
  assert.equal(content(0, 'abc'), 'abc')
  assert.equal(content(8, '\x02abc\0\0'), 'abc')
  assert.equal(content(8, '\x00'), '')
  assert.equal(content(8, '\x03abc'), '')
  assert.equal(content(8, '\x04abc'), undefined)
  assert.equal(content(8, ''), undefined)
})

test('what waits for a verdict keeps its place in the stream’s window, and none in the connection’s', () => {
  const at = talking({ request: () => claimRequest(() => new Promise(() => {})) })
  at.fromClient(at.client.preface, at.client.headers(1, post('/')), at.client.data(1, 'hello'))
  assert.deepEqual(at.atClient(), ['WINDOW_UPDATE 0 5'])
  at.fromClient(at.client.reset(1), at.client.data(1, 'late'))
  assert.deepEqual(at.atClient(), ['WINDOW_UPDATE 0 4'])
})

test('a sender that minds no window fills no memory: its stream is over, and the connection is not', () => {
  for (const direction of ['to-server', 'to-client'] as const) {
    const never = () => new Promise<never>(() => {})
    const at = talking(
      direction === 'to-server' ? { request: () => claimRequest(never) } : { response: () => claimResponse(never) },
    )
    at.fromClient(at.client.preface, at.client.headers(1, post('/')))
    const [send, from] = direction === 'to-server' ? [at.fromClient, at.client] : [at.fromServer, at.server]
    if (direction === 'to-client') send(at.server.headers(1, ok))
    const frame = from.data(1, 'x'.repeat(16_384))
    const mayWait = (65_535 + 1024 * 1024) / 16_384
    for (let sent = 0; sent < Math.floor(mayWait); sent++) send(frame)
    assert.deepEqual(
      [...at.atServer(), ...at.atClient()].filter(line => line.startsWith('RST')),
      [],
      direction,
    )
    send(frame, frame)
    const resets = [at.atClient(), at.atServer()].map(lines => lines.filter(line => line.startsWith('RST')))
    assert.deepEqual(resets, [['RST_STREAM 1 3'], direction === 'to-client' ? ['RST_STREAM 1 3'] : []], direction)
    at.fromClient(at.client.headers(3, get('/next'), true))
    if (direction === 'to-client') assert.match(at.atServer().at(-1) ?? '', /^HEADERS 3 END/)
  }
})

test('empty DATA frames, which no window bounds, do not wait for a verdict; the one that ends the body does', async () => {
  const verdict = later<RequestVerdict>()
  const at = talking({ request: () => claimRequest(() => verdict.promise) })
  const empty = at.client.data(1, '')
  at.fromClient(at.client.preface, at.client.headers(1, post('/')), empty, at.client.data(1, 'a'), empty, empty)
  at.fromClient(at.client.data(1, '', true))
  verdict.resolve({ type: 'pass', acts: [] })
  await new Promise(resolve => setImmediate(resolve))
  assert.deepEqual(at.atServer().slice(1), ['DATA 1 a', 'DATA 1  END'])
})
