import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '../../../src/tui/held-message/draft.ts'
import { readWholeText, wholeText } from '../../../src/tui/held-message/whole-text.ts'
import { heldData, heldJson, heldRequest, heldResponse, http2 } from './held.ts'

test('a text that is not changed is no change, in either protocol and on either side', () => {
  const odd = heldRequest(1, '*', [
    ['X-Latin', 'f\xfcr'],
    ['X-Utf', 'Ã¼'],
    ['X-Empty', ''],
  ])
  const response = heldResponse(1, 404, [['A', 'b']], Buffer.from('x\n\ny\n'))
  for (const held of [heldJson(1), http2(heldJson(1)), odd, response, heldData(1, 'a\nb')])
    assert.deepEqual(readWholeText(held, {}, wholeText(held, {})!), {})
})

test('a request as it is written', () => {
  assert.equal(
    wholeText(heldJson(1), {}),
    'POST https://api.example/pay\nHost: api.example\nX-Mode: live\nContent-Type: application/json\n\n{"a":1}',
  )
  assert.equal(wholeText(heldResponse(1, 404, []), {})?.split('\n')[0], '404 OK')
})

test('another origin takes the Host along where no header was changed', () => {
  const held = heldJson(1)
  const draft = readWholeText(held, {}, wholeText(held, {})!.replace('https://api', 'http://b'))
  assert.ok(!isRefused(draft))
  assert.deepEqual(draft.request?.headers[0], ['Host', 'b.example'])
})

test('mistakes are told with their line', () => {
  const read = (text: string): string => {
    const draft = readWholeText(heldJson(1), {}, text)
    return isRefused(draft) ? draft.refused : JSON.stringify(draft)
  }
  const url = 'https://api.example/pay'
  assert.match(read(''), /^line 1: the method "" is no token/)
  assert.match(read('GET'), /^line 1: a URL begins/)
  assert.match(read(`GET ${url} or so\n\n`), /^line 1: a request starts with METHOD URL/)
  assert.match(read(`GET ${url}\nHost: a\nnothing\n\n`), /^line 3: a header is NAME: VALUE/)
  assert.match(read(`GET ${url}\nX: a\0b\n\n`), /^line 2: the value of "X" has CR, LF, NUL/)
  const second = readWholeText(http2(heldJson(1)), {}, `GET ${url}\nconnection: close\n\n`)
  assert.match(isRefused(second) ? second.refused : '', /^line 2: HTTP\/2 has no header connection/)
})

test('line ends of another system are no part of headers', () => {
  const draft = readWholeText(heldJson(1), {}, 'PUT https://api.example/pay HTTP/1.1\r\nX: 1\r\n\r\n{}')
  assert.ok(!isRefused(draft))
  assert.deepEqual(draft.request?.headers, [['X', '1']])
  assert.deepEqual(Buffer.from(draft.body!), Buffer.from('{}'))
})
