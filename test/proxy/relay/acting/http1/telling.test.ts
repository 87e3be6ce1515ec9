import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import { acts, ok, onRequests, onResponses, play, post } from './acting-http1.ts'

test('a length that a rule sets wrongly is corrected and told', async () => {
  const wrong = (headers: readonly Header[]): readonly Header[] =>
    headers.map(([name, value]) => (name === 'Content-Length' ? [name, '77'] : [name, value]))
  const { server, client, script } = await play(
    () => ({
      ...onRequests(({ head }) => ({ type: 'change', acts, head: { ...head, headers: wrong(head.headers) } })),
      ...onResponses(({ head }) => ({
        type: 'change',
        acts,
        head: { ...head, headers: wrong(head.headers) },
        body: Buffer.from('x'),
      })),
    }),
    [
      ['to-server', post],
      ['to-client', ok],
    ],
  )
  assert.equal(server, post)
  assert.equal(client, ok.replace('h: 2', 'h: 1').replace(/ok$/, 'x'))
  assert.deepEqual(
    script.told('problem').map(({ problem }) => problem.code),
    ['acting/wrong-length', 'acting/wrong-length'],
  )
})
