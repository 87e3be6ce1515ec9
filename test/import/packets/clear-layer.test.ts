import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClearLayer } from '../../../src/import/packets/clear-layer.ts'
import type { Direction } from '../../../src/model/party.ts'
import { tellingDoor } from './telling-door.ts'

function layer() {
  const { told, connection } = tellingDoor()
  const clear = new ClearLayer(
    connection(),
    (piece, how) => void told.push(`${how}: ${Buffer.from(piece.bytes!).toString('latin1')}`),
  )
  told.length = 0
  const say = (direction: Direction, text: string) =>
    clear.piece({ direction, at: 0, position: 0, length: text.length, bytes: Buffer.from(text, 'latin1') })
  return { told, clear, up: (text: string) => say('to-server', text), down: (text: string) => say('to-client', text) }
}

test('what is in clear goes to the recorder, with its gaps and ends', () => {
  const { told, clear, up, down } = layer()
  up('GET / HTTP/1.1\r\n')
  down('HTTP/1.1 200')
  clear.piece({ direction: 'to-client', at: 0, position: 12, length: 9 })
  clear.end('to-client', 0)
  assert.deepEqual(told, ['c1 > GET / HTTP/1.1\r\n', 'c1 < HTTP/1.1 200', 'c1 < (9 missing)', 'c1 < (end)'])
})

test('a whole URL is for a proxy', () => {
  const { told, up } = layer()
  up('GET http://a.example/x HTTP/1.1\r\n')
  assert.equal(told[0], 'c1 absolute-form a.example:80')
})

test('a refused tunnel may be asked for again, and both may go on in TLS', () => {
  const http = layer()
  http.up('CONNECT a.example:443 HTTP/1.1\r\n\r\n')
  http.down('HTTP/1.1 407 No\r\n\r\n')
  http.up('CONNECT a.example:443 HTTP/1.1\r\nx\r\n\r\n')
  assert.equal(http.told.at(-1), 'tunnel: CONNECT a.example:443 HTTP/1.1\r\nx\r\n\r\n')
  const mail = layer()
  mail.down('220 ready\r\n')
  mail.up('STARTTLS\r\n')
  mail.up('\x16\x03\x01\x00\x05\x01....')
  assert.equal(mail.told.at(-1), 'tls: \x16\x03\x01\x00\x05\x01....')
})
