import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OpaqueObserver } from '../../src/observe/plain-observer.ts'
import { SniffingObserver, sniff } from '../../src/observe/sniffing-observer.ts'

const look = (text: string) => sniff(Buffer.from(text, 'latin1'))

test('a method and a space are HTTP/1, the preface is HTTP/2', () => {
  assert.equal(look('GET /'), 'http/1.1')
  assert.equal(look('\r\nM-SEARCH *'), 'http/1.1')
  assert.equal(look('PRI * HTTP/2.0\r\n'), 'h2')
  assert.equal(look('PRI * HTTP/1.1'), 'http/1.1')
})

test('anything else is opaque, as soon as it cannot become HTTP', () => {
  for (const text of ['SSH-2.0-x y', '\x16\x03', ' GET', '{"a"', 'A'.repeat(40)])
    assert.equal(look(text), 'opaque', text)
})

test('too little says nothing', () => {
  for (const text of ['', 'G', 'PRI * HTTP/2.', '\r\n', 'PROPFIND']) assert.equal(look(text), undefined, text)
})

const sniffing = () => {
  const made: string[] = []
  const inner = new OpaqueObserver()
  const observer = new SniffingObserver(protocol => {
    made.push(protocol)
    return inner
  })
  return { observer, made, inner }
}

test('what came before the protocol was known is handed on, in order and unchanged', () => {
  const { observer, made, inner } = sniffing()
  const greeting = Buffer.from('hello')
  observer.push('to-client', 0, greeting)
  observer.push('to-server', 0, Buffer.from('GE'))
  assert.deepEqual([made, inner.bytes['to-client']], [[], 0])
  observer.push('to-server', 0, Buffer.from('T '))
  assert.deepEqual([made, inner.bytes], [['http/1.1'], { 'to-server': 4, 'to-client': 5 }])
})

test('a server that talks on without its client is opaque', () => {
  const { observer, made } = sniffing()
  observer.push('to-client', 0, new Uint8Array(70_000))
  assert.deepEqual(made, ['opaque'])
})

test('a connection that ends or loses bytes undecided is opaque, once', () => {
  const { observer, made, inner } = sniffing()
  observer.push('to-server', 0, Buffer.from('GE'))
  observer.gap('to-server', 0, 5)
  observer.end('to-server', 0)
  observer.close(0, 'client', '')
  assert.deepEqual([made, inner.bytes['to-server']], [['opaque'], 7])
})

test('blank lines without end are opaque', () => {
  const { observer, made } = sniffing()
  for (let i = 0; i < 300; i++) observer.push('to-server', 0, Buffer.from('\r'))
  assert.deepEqual(made, ['opaque'])
})
