import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TlsClient } from '../../../../../src/wire/tls/client/tls-client.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server13 } from '../rogue/server13.ts'

const always = { offer: { suites: [0x1301], groups: [29] } }

test('keys are renewed in both directions, again and again', () => {
  const server = new Server13()
  const act = (s: Server13, client: TlsClient): void => {
    s.handshake()
    for (let n = 0; n < 5; n++) {
      s.keyUpdate(n % 2)
      s.send(23, Buffer.of(n))
      client.updateKeys(n % 2 === 0)
      client.write(Buffer.of(n))
      assert.deepEqual(s.heard.at(-1), { type: 23, content: Buffer.of(n) })
    }
  }
  const { error, data } = encounter(server, act, always)
  assert.deepEqual([error, data], [undefined, Buffer.of(0, 1, 2, 3, 4)])
})

const behind = (act: (server: Server13) => void) => (server: Server13) => {
  server.handshake()
  act(server)
}

refuses(
  () => new Server13(),
  always,
  [
    ['a KeyUpdate of a third kind', 47, behind(s => s.afterwards(24, Buffer.of(2)))],
    ['a KeyUpdate that is cut', 50, behind(s => s.afterwards(24))],
    [
      'a message behind a KeyUpdate in its record',
      10,
      behind(s => s.send(22, Buffer.from('180000010018000001', 'hex'))),
    ],
    [
      'a record under the keys of before',
      20,
      behind(s => {
        s.keyUpdate(0, false)
        s.send(23, Buffer.from('data'))
      }),
    ],
  ],
  true,
)
