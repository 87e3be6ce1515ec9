import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TlsClient } from '../../../../../src/wire/tls/client/tls-client.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server12 } from '../rogue/server12.ts'
import { Server13 } from '../rogue/server13.ts'

const modern = { offer: { suites: [0x1301], groups: [29] } }
const older = { offer: { versions: [0x0303], suites: [0xc02b], groups: [23] } }

test('behind our close_notify nothing is answered', () => {
  const server = new Server13()
  const act = (s: Server13, client: TlsClient): void => {
    s.handshake()
    client.close()
    const { length } = s.heard
    s.keyUpdate(1)
    s.send(23, Buffer.from('data'))
    client.updateKeys(false)
    assert.equal(s.heard.length, length)
  }
  const { error, data } = encounter(server, act, modern)
  assert.deepEqual([error, data.toString()], [undefined, 'data'])
})

const flooded = (act: (server: Server13) => void) => (server: Server13) => {
  server.handshake()
  for (let n = 0; n < 33; n++) act(server)
}

refuses(
  () => new Server13(),
  modern,
  [
    ['33 tickets without data', 10, flooded(s => s.ticket())],
    ['33 KeyUpdates without data', 10, flooded(s => s.keyUpdate())],
    [
      'a Certificate behind the handshake',
      10,
      s => {
        s.handshake()
        s.afterwards(11)
      },
    ],
  ],
  true,
)

refuses(
  () => new Server12(),
  older,
  [
    [
      'a ServerHello behind the handshake of TLS 1.2',
      10,
      s => {
        s.handshake()
        s.serverHello()
      },
    ],
  ],
  true,
)
