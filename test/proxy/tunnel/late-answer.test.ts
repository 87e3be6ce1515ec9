import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { identityFor, rawOrigin, secureTunnel, startProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'

const host = 'origin.localhost'

/** The TCP socket under a TLS one. */
const below = (socket: Socket): Socket => (socket as unknown as { readonly _parent: Socket })._parent

test('only a client that asked for something over HTTP gets a page for a server that reset', async t => {
  const identity = await identityFor(host)
  for (const [said, page] of [
    ['\x10\x0c\x00\x04MQTT', /^$/],
    ['GET / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 502 /],
  ] as const) {
    const origin = await rawOrigin(t, { tls: identity, answer: (_, socket) => void below(socket).resetAndDestroy() })
    const { proxy, ca } = await startProxy(t)
    const client = await secureTunnel(t, proxy, { host, port: origin.port, ca })
    const answer = readAll(client).catch(() => Buffer.alloc(0))
    client.write(said)
    assert.match(String(await answer), page)
  }
})
