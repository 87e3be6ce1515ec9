import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, get, post, talking } from './peers.ts'

test('only a stream that is new is a request; its id is the exchange', () => {
  const asked: string[] = []
  const at = talking({
    request: (id, head) => {
      asked.push(`${id} ${head.scheme} ${head.authority} ${head.path}`)
      return undefined
    },
  })
  const { client } = at
  at.fromClient(client.preface, client.headers(5, post('/a')), client.headers(5, [['x', 'y']], true))
  at.fromClient(client.headers(3, get('/late'), true), client.headers(4, get('/even'), true))
  at.fromClient(
    client.headers(
      7,
      [
        [':method', 'GET'],
        [':path', '/bare'],
      ],
      true,
    ),
  )
  assert.deepEqual(asked, ['5 https a.test /a', '7 https fallback.test /bare'])
  assert.equal(at.atServer().length, 5, 'all pass')
})

test('a block with more fields than are kept passes as the very bytes, and nobody is asked', () => {
  const at = talking({ request: () => assert.fail('nobody is asked') })
  const block = Buffer.concat([at.client.block([['x', 'y'.repeat(4000)]]), Buffer.alloc(400, 0xbe)])
  const frame = frameBytes(1, 5, 1, block)
  at.fromClient(at.client.preface, frame)
  assert.ok(at.bytes('to-server').subarray(24).equals(frame))
})

test('a stream that Parley answers leaves no trace in the server’s table', () => {
  const at = talking({
    request: id =>
      id === 1
        ? claimRequest({ type: 'answer', acts: [], answer: { status: 200, headers: [], body: ascii('') } })
        : undefined,
  })
  const { client } = at
  at.fromClient(
    client.preface,
    client.headers(1, get('/a', ['x', 'y']), true),
    client.headers(3, get('/a', ['x', 'y']), true),
  )
  assert.deepEqual(at.atServer(), ['HEADERS 3 END :method=GET :scheme=https :authority=a.test :path=/a x=y'])
})
