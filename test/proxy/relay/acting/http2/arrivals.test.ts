import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentOf } from '../../../../../src/proxy/relay/acting/http2/arrivals.ts'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, post, talking } from './peers.ts'

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
