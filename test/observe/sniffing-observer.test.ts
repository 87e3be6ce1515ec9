import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlainObserver } from '../../src/observe/plain.ts'
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
  const heard: string[] = []
  const inner: PlainObserver = {
    push: (direction, at, bytes) => heard.push(`${at} ${direction} ${Buffer.from(bytes).toString('latin1')}`),
    gap: (direction, at, length) => heard.push(`${at} ${direction} gap of ${length}`),
    end: (direction, at) => heard.push(`${at} ${direction} end`),
    close: (at, by) => heard.push(`${at} close by ${by}`),
    pause: 'frames',
  }
  const observer = new SniffingObserver(protocol => {
    made.push(protocol)
    return inner
  })
  return { observer, made, heard }
}

test('what came before the protocol was known is handed on, in order and unchanged', () => {
  const { observer, made, heard } = sniffing()
  const greeting = Buffer.from('HTTP/')
  observer.push('to-client', 1, greeting)
  greeting.fill(0) // the slab goes back to the engine
  observer.push('to-server', 2, Buffer.from('GE'))
  observer.end('to-client', 3)
  assert.deepEqual([made, heard], [[], []])
  observer.push('to-server', 4, Buffer.from('T '))
  assert.deepEqual(made, ['http/1.1'])
  assert.deepEqual(heard, ['1 to-client HTTP/', '2 to-server GE', '3 to-client end', '4 to-server T '])
})

test('a server that greets its client in another way than HTTP makes what follows opaque', () => {
  const after = (greeting: string, words: string) => {
    const { observer, made } = sniffing()
    observer.push('to-client', 0, Buffer.from(greeting))
    observer.push('to-server', 1, Buffer.from(words))
    return made
  }
  assert.deepEqual(after('220 mail ESMTP\r\n', 'EHLO x\r\n'), ['opaque'])
  assert.deepEqual(after('HTTP/1.1 408 Request Timeout\r\n\r\n', 'GET / HTTP/1.1\r\n'), ['http/1.1'])
  assert.deepEqual(after('\0\0\0\x04\0\0\0\0\0', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), ['h2'])
})

test('a server that talks on without its client is opaque', () => {
  const { observer, made } = sniffing()
  observer.push('to-client', 0, new Uint8Array(70_000))
  assert.deepEqual(made, ['opaque'])
})

test('a connection that ends or loses bytes undecided is opaque, once', () => {
  const { observer, made, heard } = sniffing()
  observer.push('to-server', 0, Buffer.from('GE'))
  observer.gap('to-server', 1, 5)
  observer.end('to-server', 2)
  observer.close(3, 'client', '')
  assert.deepEqual(made, ['opaque'])
  assert.deepEqual(heard, ['0 to-server GE', '1 to-server gap of 5', '2 to-server end', '3 close by client'])
})

test('blank lines without end are opaque', () => {
  const { observer, made } = sniffing()
  for (let i = 0; i < 300; i++) observer.push('to-server', 0, Buffer.from('\r'))
  assert.deepEqual(made, ['opaque'])
})

test('what it stands at is what the observer says that it has found', () => {
  const { observer } = sniffing()
  assert.equal(observer.pause, 'none')
  observer.push('to-server', 0, Buffer.from('GET / HTTP/1.1\r\n'))
  assert.equal(observer.pause, 'frames')
})
