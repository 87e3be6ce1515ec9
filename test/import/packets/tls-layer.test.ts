import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Carried } from '../../../src/import/packets/carried.ts'
import { TlsLayer } from '../../../src/import/packets/tls-layer.ts'
import { tlsPair } from '../../wire/tls/record-pair.ts'
import { inTime, keysIn } from '../../wire/tls/stream/session-telling.ts'
import { identity } from '../../wire/tls/test-certificates.ts'
import { noKeys, tellingDoor } from './telling-door.ts'

test('a tunnel within a session with a proxy is a connection of its own', async () => {
  const request = 'CONNECT a.example:80 HTTP/1.1\r\n\r\n'
  const { capture } = await tlsPair({ server: identity('rsa'), request }).connect()
  const { told, connection } = tellingDoor()
  const keys = keysIn(capture.keyLog)
  const layer = new TlsLayer(
    connection(),
    keys,
    { toServer: 0, toClient: 0 },
    false,
    door => new Carried(door, keys, true),
  )
  for (const { direction, at, offset, bytes } of inTime(capture))
    layer.piece({ direction, at, position: offset, length: bytes.length, bytes })
  layer.close(1)
  const last = told.filter(line => !/wire|header/.test(line)).slice(-5)
  assert.deepEqual(last, [
    'c1 tls 10.0.0.2:443',
    'c2 opened 10.0.0.1 10.0.0.2 within c1',
    `c2 > ${request}`,
    'c2 < pong',
    'c2 closed',
  ])
})

test('of a session whose handshake was before, records are told, and no content', () => {
  const { told, connection } = tellingDoor()
  const layer = new TlsLayer(connection(), noKeys, { toServer: 0, toClient: 0 }, true, () => assert.fail())
  const record = Buffer.concat([Buffer.from([23, 3, 3, 0, 100]), Buffer.alloc(100)])
  layer.piece({ direction: 'to-server', at: 1, position: 0, length: 12, bytes: Buffer.from('rest of one.') })
  for (const position of [12, 117]) layer.piece({ direction: 'to-server', at: 1, position, length: 105, bytes: record })
  layer.piece({ direction: 'to-server', at: 1, position: 222, length: 105 })
  layer.end('to-server', 1)
  layer.close(1)
  assert.deepEqual(told.slice(1), ['c1 tls 0 0', 'c1 wire > 12 105', 'c1 wire > 117 105'])
})
