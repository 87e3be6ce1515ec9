import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { identityFor, openTunnel, rawOrigin, startProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'
import { ruledTunnel } from './ruled.ts'

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

test('a name in the hello that a rule leads elsewhere is dialled there', async t => {
  const answer = (_: Buffer, socket: Socket) => void socket.end('here')
  const { port } = await rawOrigin(t, { tls: await identityFor('named.localhost'), answer })
  const target = { host: '127.0.0.2', port } // where nobody listens
  const { tape, connect } = await ruledTunnel(t, target, ({ serverName }) =>
    serverName === 'named.localhost' ? { address: '127.0.0.1' } : undefined,
  )
  const client = await connect({ servername: 'named.localhost' })
  const said = readAll(client)
  client.write('hi')
  assert.equal(String(await said), 'here')
  assert.deepEqual(
    tape.told('connected').map(({ remote }) => remote.address),
    ['127.0.0.1'],
  )
  assert.deepEqual(tape.problems(), [])
})

test('a rule sends a connection through another proxy', async t => {
  const { port } = await rawOrigin(t, { tls: await identityFor('named.localhost') })
  const { tape, connect } = await ruledTunnel(t, { host: 'named.localhost', port }, { via: 'socks5h://127.0.0.1:9' })
  await connect() // to be told that nobody listens there
  assert.match(tape.problems()[0]?.message ?? '', /127\.0\.0\.1:9/)
})
