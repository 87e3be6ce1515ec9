import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { claimResponse, get, ok, settled, talking, u32Bytes } from './peers.ts'

test('interim responses pass, and only the final one is claimed', () => {
  const asked: number[] = []
  const at = talking({
    response: (_, _request, { status }) => {
      asked.push(status)
      return undefined
    },
  })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  for (const status of ['100', '103', '103']) at.fromServer(at.server.headers(1, [[':status', status]]))
  at.fromServer(at.server.headers(1, ok), at.server.headers(1, [['x', 'y']], true))
  assert.deepEqual(asked, [200])
  assert.equal(at.atClient().length, 5)
})

test('a response that is promised may be changed, by what its promise asks for', () => {
  const at = talking({
    response: (id, { path }, head) =>
      id === 2 && path === '/pushed'
        ? claimResponse({
            type: 'change',
            acts: [],
            head: { ...head, headers: [...head.headers, ['x', 'y'] as Header] },
          })
        : undefined,
  })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  at.fromServer(frameBytes(5, 4, 1, Buffer.concat([u32Bytes(2), at.server.block(get('/pushed'))])))
  at.fromServer(at.server.headers(2, ok), at.server.data(2, 'p', true), at.server.headers(1, ok, true))
  assert.deepEqual(at.atClient(), [
    'PROMISE 1 2 :method=GET :scheme=https :authority=a.test :path=/pushed',
    'HEADERS 2 :status=200 x=y',
    'DATA 2 p END',
    'HEADERS 1 END :status=200',
  ])
})

test('trailers stay behind the body that is held', async () => {
  const at = talking({ response: () => claimResponse(async () => ({ type: 'pass', acts: [] })) })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  at.fromServer(at.server.headers(1, ok), at.server.data(1, 'body'), at.server.headers(1, [['x', 'y']], true))
  await settled()
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=200', 'DATA 1 body', 'HEADERS 1 END x=y'])
})
