import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Beginning } from '../../../src/import/packets/beginning.ts'
import type { Piece } from '../../../src/import/packets/layer.ts'

function begin(whole = true) {
  const told: string[] = []
  const show = (held: readonly Piece[]): string =>
    held
      .map(({ direction, position, length, bytes }) => {
        const text = bytes ? Buffer.from(bytes).toString('latin1') : `(${length} missing)`
        return `${direction === 'to-server' ? '>' : '<'}${position} ${text}`
      })
      .join(' ')
  const beginning = new Beginning(whole, true, {
    tunnel: ({ entrance, target }, held) => void told.push(`${entrance} to ${target.host}: ${show(held)}`),
    answered: (_at, position, bytes) => void told.push(`answered at ${position}, ${bytes.length} bytes`),
    tls: (held, inMiddle) => void told.push(`tls${inMiddle ? ' in the middle' : ''}: ${show(held)}`),
    clear: held => void told.push(`clear: ${show(held)}`),
  })
  const next = { 'to-server': 0, 'to-client': 0 }
  const say = (direction: Piece['direction'], text: string): void => {
    const position = next[direction]
    next[direction] += text.length
    beginning.piece({ direction, at: 0, position, length: text.length, bytes: Buffer.from(text, 'latin1') })
  }
  return {
    told,
    up: (text: string) => say('to-server', text),
    down: (text: string) => say('to-client', text),
    miss: (direction: Piece['direction'], length: number) => {
      beginning.piece({ direction, at: 0, position: next[direction], length })
      next[direction] += length
    },
    close: () => beginning.close(),
  }
}

test('a request is in clear, a record is TLS, however they are cut', () => {
  const clear = begin()
  clear.up('GET / HTTP/1.1\r\n')
  assert.deepEqual(clear.told, ['clear: >0 GET / HTTP/1.1\r\n'])
  const tls = begin()
  tls.up('\x16')
  tls.up('\x03')
  assert.deepEqual(tls.told, [])
  tls.up('\x01..')
  assert.deepEqual(tls.told, ['tls: >0 \x16 >1 \x03 >2 \x01..'])
})

test('a hello in SSL 2.0 form begins TLS as well', () => {
  const { told, up } = begin()
  up('\x80\x22\x01\x03\x01')
  assert.deepEqual(told, ['tls: >0 \x80\x22\x01\x03\x01'])
})

test('a tunnel leaves what follows its prelude, with its place', () => {
  const { told, up, down } = begin()
  up('CONNECT a.example:443 HTTP/1.1\r\n')
  up('\r\n\x16\x03\x01')
  assert.deepEqual(told, [])
  down('HTTP/1.1 200 OK\r\n\r\nbanner')
  assert.deepEqual(told, ['answered at 0, 19 bytes', 'connect to a.example: >34 \x16\x03\x01 <19 banner'])
})

test('a server that speaks first is waited with for its client', () => {
  const { told, up, down } = begin()
  down('220 ready\r\n')
  assert.deepEqual(told, [])
  up('EHLO me\r\n')
  assert.deepEqual(told, ['clear: <0 220 ready\r\n >0 EHLO me\r\n'])
})

test('what ends before it shows what it is, is in clear', () => {
  const { told, up, close } = begin()
  up('CONNECT a')
  close()
  assert.deepEqual(told, ['clear: >0 CONNECT a'])
  const nothing = begin()
  nothing.close()
  assert.deepEqual(nothing.told, [])
})

test('bytes that are missing at once end the look', () => {
  const { told, up, miss } = begin()
  up('CONNECT a')
  miss('to-server', 5)
  assert.deepEqual(told, ['clear: >0 CONNECT a >9 (5 missing)'])
})

test('where one direction is missing the other shows what it is', () => {
  const { told, down, miss } = begin()
  miss('to-server', 517)
  assert.deepEqual(told, [])
  down('\x16\x03\x03\x00\x05\x02....')
  assert.deepEqual(told, ['tls: >0 (517 missing) <0 \x16\x03\x03\x00\x05\x02....'])
})

test('within a connection a request, or a record, at the begin of a segment is looked for', () => {
  const http = begin(false)
  http.up('rest of a body')
  http.down('rest of an answer')
  http.miss('to-client', 7)
  http.up('GET /next HTTP/1.1\r\nHost: a\r\n\r\n')
  assert.deepEqual(http.told, ['clear: >14 GET /next HTTP/1.1\r\nHost: a\r\n\r\n'])
  const tls = begin(false)
  tls.down('rest of a record')
  tls.up('\x17\x03\x03\x00\x05hello')
  assert.deepEqual(tls.told, ['tls in the middle: <0 rest of a record >0 \x17\x03\x03\x00\x05hello'])
  const never = begin(false)
  for (let i = 0; i < 70; i++) never.down('x'.repeat(1000))
  assert.match(never.told[0]!, /^clear: <0 x/)
})
