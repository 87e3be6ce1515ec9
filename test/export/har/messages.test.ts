import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harRequest, harResponse, noResponse } from '../../../src/export/har/messages.ts'
import type { Header } from '../../../src/model/exchange.ts'
import { exchangeOf } from '../../store/samples.ts'

const { request, response } = exchangeOf(1, { path: '/p?q=1' })

test('a request has its query, sizes and, of a form, its fields', () => {
  const headers: readonly Header[] = [['Content-Type', 'application/x-www-form-urlencoded']]
  const post = { ...request, head: { ...request.head, method: 'POST', headers }, bodyBytes: 7 }
  const made = harRequest(post, Buffer.from('a=%20&b'), false)
  assert.deepEqual(made.postData, {
    ...{ mimeType: 'application/x-www-form-urlencoded', text: 'a=%20&b' },
    params: [
      { name: 'a', value: ' ' },
      { name: 'b', value: '' },
    ],
  })
  assert.deepEqual([made.queryString, made.bodySize, made._target], [[{ name: 'q', value: '1' }], 7, undefined])
  assert.equal(
    made.headersSize,
    'POST /p?q=1 HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n'.length,
  )
  const binary = harRequest({ ...post, bodyBytes: 1 }, Uint8Array.of(0), false)
  assert.deepEqual([binary.postData?.text, binary.postData?._encoding], ['AA==', 'base64'])
  const odd = harRequest(
    { ...request, head: { ...request.head, target: '/p p', path: '/p p' } },
    Buffer.alloc(0),
    false,
  )
  assert.deepEqual([odd.url, odd._target, odd.postData], ['https://api.example.com/p%20p', '/p p', undefined])
})

test('a response has its content, its trailers and what came before it', () => {
  const early = { status: 103, reason: 'Early Hints', version: 'HTTP/1.1', headers: [['Link', '</x>']] as const }
  const whole = { ...response!, trailers: [['X-T', '1']] as const, bodyDropped: 2 }
  const made = harResponse(whole, Buffer.from('{"a"}'), [early], 'gone')
  assert.deepEqual(made.content, { size: 5, mimeType: 'application/json; charset=utf-8', text: '{"a"}' })
  assert.deepEqual(
    made._informational?.map(({ status, headers }) => [status, headers[0]]),
    [[103, { name: 'Link', value: '</x>' }]],
  )
  assert.deepEqual([made._trailers, made._bodyDropped, made._error], [[{ name: 'X-T', value: '1' }], 2, 'gone'])
  assert.equal(made._transferSize, made.headersSize + 5)
  const h2 = harResponse({ ...whole, head: { ...whole.head, version: 'HTTP/2' } }, Buffer.from('x'), [], undefined)
  assert.deepEqual(
    [h2.headersSize, h2._transferSize, h2.content.comment],
    [-1, 5, 'the first 1 bytes of 5 as they came'],
  )
})

test('where no response came there is one of status 0, with the reason', () => {
  const made = noResponse('HTTP/1.1', [], 'the server closed')
  assert.deepEqual([made.status, made.bodySize, made._error], [0, -1, 'the server closed'])
})
