import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import { acts, chunks, get, ok, okChunks, onRequests, onResponses, play } from './acting-http1.ts'

const withHeader = (headers: readonly Header[]): readonly Header[] => [...headers, ['New', 'field']]

test('a changed head differs in what was changed alone, and the bodies stay', async () => {
  const claims = () => ({
    ...onRequests(({ head }) => ({ type: 'change', acts, head: { ...head, headers: withHeader(head.headers) } })),
    ...onResponses(async ({ head }) => ({
      type: 'change',
      acts,
      head: { ...head, headers: withHeader(head.headers) },
    })),
  })
  const { server, client, script } = await play(claims, [
    ['to-server', get + chunks],
    ['to-client', ok + okChunks],
  ])
  const inserted = (text: string): string => text.replace('\r\n\r\n', '\r\nNew: field\r\n\r\n')
  assert.equal(server, inserted(get) + inserted(chunks))
  assert.equal(client, inserted(ok) + inserted(okChunks))
  assert.deepEqual(
    script.events.filter(({ exchange }) => exchange === 1).map(({ event }) => event.type),
    ['acted', 'server-request', 'server-ended', 'acted', 'server-response', 'server-ended'],
  )
  assert.equal(script.told('server-response')[0]!.head.headers.length, 2)
})
