import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentOf } from '../../../../src/export/pcapng/content/content-of.ts'
import { connectionOf, exchangeOf } from '../../../store/samples.ts'
import { wholeContent } from '../recorded.ts'

const source = {
  body: () => Buffer.from('hello'),
  frames: () => [],
  streamMessages: () => [],
  exchange: (id: number) => (id === 9 ? undefined : exchangeOf(id)),
}

test('HTTP/1 is made of its exchanges', () => {
  const content = contentOf(source, connectionOf(1), [1, 9])('client', 'to-server')
  assert.equal(wholeContent(content), 'GET /p/1 HTTP/1.1\r\nHost: api.example.com\r\n\r\n')
})

test('HTTP/2 is made of its frames, but not where Parley sent others', () => {
  const connection = connectionOf(1, { protocol: 'h2' })
  assert.equal(wholeContent(contentOf(source, connection, [])('upstream', 'to-client')), '')
  const acted = { ...source, exchange: (id: number) => exchangeOf(id, { server: 'not-asked' }) }
  assert.match(contentOf(acted, connection, [1])('upstream', 'to-client') as string, /others than the client’s/)
})

test('what nobody reads is not known', () => {
  const content = contentOf(source, connectionOf(1, { protocol: 'opaque' }), [])('client', 'to-client')
  assert.equal(content, 'what it carried is not kept')
})
