import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Claims } from '../../../../../src/rules/claims.ts'
import { acts, chunks, get, ok, okChunks, play, post } from './acting-http1.ts'

test('answers of Parley come in the order of the requests, and the server hears nothing of these', async () => {
  const claims = (): Partial<Claims> => ({
    request: (exchange: number) =>
      exchange % 2 === 0
        ? {
            most: 0,
            act: () => ({
              type: 'answer',
              acts,
              answer: { status: 418, headers: [['A', 'b']], body: Buffer.from('tea') },
            }),
          }
        : undefined,
  })
  const tea = "HTTP/1.1 418 I'm a teapot\r\nA: b\r\nContent-Length: 3\r\n\r\ntea"
  const { server, client, script } = await play(claims, [
    ['to-server', get + post + chunks + get],
    ['to-client', ok],
    ['to-client', okChunks],
  ])
  assert.equal(server, get + chunks)
  assert.equal(client, ok + tea + okChunks + tea)
  assert.equal(script.told('server-not-asked').length, 2)
})
