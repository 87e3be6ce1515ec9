import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acts, chunks, ok, okChunks, onRequests, onResponses, play, post } from './acting-http1.ts'

test('a changed body has the right length, and keeps its chunks and trailers where it had them', async () => {
  const claims = () => ({
    ...onRequests(
      ({ body }) => ({
        type: 'change',
        acts,
        body: Buffer.from(
          String(body && Buffer.from(body))
            .toUpperCase()
            .repeat(2),
        ),
      }),
      100,
    ),
    ...onResponses(async () => ({ type: 'change', acts, body: Buffer.from('changed') }), 100),
  })
  const { server, client, script } = await play(claims, [
    ['to-server', post + chunks],
    ['to-client', ok + okChunks],
  ])
  assert.equal(
    server,
    `${post.replace('h: 5', 'h: 10').replace('hello', 'HELLOHELLO')}${chunks.slice(0, chunks.indexOf('3;x'))}a\r\nABCDEABCDE\r\n0\r\nT: 1\r\n\r\n`,
  )
  assert.equal(
    client,
    `${ok.replace('h: 2', 'h: 7').slice(0, -2)}changed${okChunks.replace('2\r\nok', '7\r\nchanged')}`,
  )
  assert.equal(script.own['to-server'], 'HELLOHELLOABCDEABCDE')
  assert.equal(script.own['to-client'], 'okok')
})
