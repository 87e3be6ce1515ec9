import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openTunnel, rawOrigin, startProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'

test('what a client says while its server is dialled reaches it whole, though it began with its CONNECT', async t => {
  const origin = await rawOrigin(t, {
    answer: (received, socket) => String(received).includes('last') && socket.end('bye'),
  })
  const { proxy } = await startProxy(t)
  const client = connect({ ...proxy, noDelay: true })
  t.after(() => client.destroy())
  client.write(`CONNECT slow.localhost:${origin.port} HTTP/1.1\r\n\r\nfirst `)
  await once(client, 'data')
  for (const word of ['second ', 'third ', 'last']) client.write(word)
  await readAll(client)
  assert.equal(String(origin.received()), 'first second third last')
})

test('a server that nobody wants any more is let go, also while it is dialled', async t => {
  const origin = await rawOrigin(t, {})
  const { proxy, tape } = await startProxy(t)
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  client.destroy()
  await tape.closed()
  while ((await origin.connections()) > 0) await wait(2)
  assert.deepEqual(tape.codes(), [])
})
