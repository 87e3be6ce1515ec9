import assert from 'node:assert/strict'
import { test } from 'node:test'
import { framed, headForServer } from '../../../src/proxy/script/request-head.ts'

const target = { host: 'a.example', port: 80 }
const sent = (head: string, to = target): string => {
  const raw = head.split('\n').flatMap(line => line.split(/: (.*)/s).slice(0, 2))
  const kept = headForServer(raw, to)
  return Array.from({ length: kept.length / 2 }, (_, i) => `${kept[2 * i]}: ${kept[2 * i + 1]}`).join('\n')
}

test('names, order and what comes twice stay as they are', () => {
  const head = 'hOsT: A.example\nX-Dup: 1\nAccept: */*\nx-dup: 2\nConnection: close\nTransfer-Encoding: chunked'
  assert.equal(sent(head), head)
  assert.equal(sent('Host: a.example:80\nA: b'), 'Host: a.example:80\nA: b')
})

test('what is meant for one hop goes no further: what Connection names, and what is always such', () => {
  const head =
    'Host: a.example\nConnection: keep-alive, X-Foo\nX-Foo: 1\nKeep-Alive: timeout=5\nProxy-Authorization: x\nB: c'
  assert.equal(sent(head), 'Host: a.example\nConnection: keep-alive\nB: c')
  const upgrade = 'Host: a.example\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAA'
  assert.equal(sent(upgrade), 'Host: a.example')
})

test('a WebSocket is led on, as it was asked for', () => {
  const head = 'Host: a.example\nUPGRADE: WebSocket\nConnection: keep-alive, X-Foo, Upgrade\nX-Foo: 1\nA: b'
  assert.equal(sent(head), 'Host: a.example\nUPGRADE: WebSocket\nConnection: keep-alive, Upgrade\nA: b')
})

test('the Host is the target’s, once, whatever the client wrote', () => {
  assert.equal(sent('A: b\nHost: other:1'), 'A: b\nHost: a.example')
  assert.equal(sent('Host: a.example\nHost: b.example'), 'Host: a.example')
  assert.equal(sent('A: b', { host: '::1', port: 8080 }), 'Host: [::1]:8080\nA: b')
})

test('a POST without framing has no body, and is not called chunked', () => {
  assert.deepEqual(framed('POST', ['A', 'b']), ['A', 'b', 'Content-Length', '0'])
  for (const head of [['content-LENGTH', '2'], ['Transfer-Encoding', 'chunked'], []]) {
    assert.deepEqual(framed('GET', head), head)
    if (head.length > 0) assert.deepEqual(framed('PATCH', head), head)
  }
})
