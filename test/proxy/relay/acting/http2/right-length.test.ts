import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import { claimResponse, get, ok, talking } from './peers.ts'

/** What the client gets of a response of 4 bytes whose fields and body an edit changes; problems are told behind. */
function edited(change: (headers: readonly Header[]) => readonly Header[], body?: string) {
  const at = talking({
    response: () =>
      claimResponse(({ head }) => ({
        ...{ type: 'change', acts: [] },
        head: { ...head, headers: change(head.headers) },
        ...(body !== undefined && { body: Buffer.from(body) }),
      })),
  })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  at.fromServer(at.server.headers(1, [...ok, ['content-length', '4']]), at.server.data(1, 'body', true))
  const problems = at.told.flatMap(([, event]) => (event.type === 'problem' ? [event.problem.code] : []))
  return [at.atClient()[0], ...problems]
}

test('a length follows the body, and one that an edit sets wrongly is told', () => {
  const length =
    (value: string) =>
    (headers: readonly Header[]): readonly Header[] => [...headers.slice(0, 1), ['content-length', value]]
  assert.deepEqual(
    edited(headers => headers, 'longer body'),
    ['HEADERS 1 :status=200 content-length=11'],
  )
  assert.deepEqual(edited(length('99'), 'xy'), ['HEADERS 1 :status=200 content-length=2', 'acting/wrong-length'])
  assert.deepEqual(edited(length('99')), ['HEADERS 1 :status=200 content-length=4', 'acting/wrong-length'])
  assert.deepEqual(edited(length('2'), 'xy'), ['HEADERS 1 :status=200 content-length=2'])
  assert.deepEqual(
    edited(headers => headers.slice(0, 1)),
    ['HEADERS 1 :status=200'],
  )
})
