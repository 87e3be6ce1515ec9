import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Carried } from '../../../src/import/packets/carried.ts'
import { tlsPair } from '../../wire/tls/record-pair.ts'
import { inTime, keysIn } from '../../wire/tls/stream/session-telling.ts'
import { identity } from '../../wire/tls/test-certificates.ts'
import { noKeys, tellingDoor } from './telling-door.ts'

const connect = 'CONNECT a.example:443 HTTP/1.1\r\n\r\n'
const granted = 'HTTP/1.1 200 OK\r\n\r\n'

test('TLS in a tunnel is opened, and its records stand where they stood', async () => {
  const { capture } = await tlsPair({ server: identity('rsa') }).connect()
  const { told, connection } = tellingDoor()
  const carried = new Carried(connection(), keysIn(capture.keyLog), true)
  carried.data('to-server', 1, Buffer.from(connect))
  carried.data('to-client', 1, Buffer.from(granted))
  for (const { direction, at, bytes } of inTime(capture)) carried.data(direction, at, bytes)
  carried.end('to-client', 2)
  carried.close(2)
  assert.deepEqual(told.slice(1, 4), [
    `c1 wire < 0 ${granted.length}`,
    'c1 connect a.example:443',
    `c1 tls ${connect.length} ${granted.length}`,
  ])
  assert.ok(told.includes('c1 hello api.example.test') && told.some(line => line.startsWith('c1 secured TLSv1.3')))
  assert.deepEqual(
    told.filter(line => /^c1 [<>] /.test(line)),
    ['c1 > ping', 'c1 < pong', 'c1 < (end)'],
  )
  assert.ok(told.some(line => line.startsWith(`c1 wire > ${connect.length} `)))
})

test('a tunnel that is refused first, and then granted, is one in the end', () => {
  const { told, connection } = tellingDoor()
  const carried = new Carried(connection(), noKeys, true)
  carried.data('to-server', 1, Buffer.from(connect))
  carried.data('to-client', 1, Buffer.from('HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n'))
  carried.data('to-server', 1, Buffer.from(connect))
  carried.data('to-client', 1, Buffer.from(granted))
  carried.data('to-server', 1, Buffer.from('GET / HTTP/1.1\r\n\r\n'))
  assert.deepEqual(told.slice(1), [
    `c1 > ${connect}`,
    'c1 < HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n',
    `c1 wire < 38 ${granted.length}`,
    'c1 connect a.example:443',
    'c1 > GET / HTTP/1.1\r\n\r\n',
  ])
})

test('what ended before it showed what it is has ended all the same', () => {
  const { told, connection } = tellingDoor()
  const carried = new Carried(connection(), noKeys, true)
  carried.data('to-server', 1, Buffer.from('CONNECT a'))
  carried.end('to-server', 1)
  carried.close(1)
  assert.deepEqual(told.slice(1), ['c1 > CONNECT a', 'c1 > (end)'])
})
