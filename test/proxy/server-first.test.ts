/** Servers that speak another protocol, in which the server has the first word. */
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { openTunnel, startProxy } from './running.ts'
import { once } from './socket-pair.ts'

test('a server that speaks first is heard at once, though the client waits', async t => {
  const { proxy, tape } = await startProxy(t)
  const server = createServer(socket => socket.on('error', () => {}).write('220 ready\r\n'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const client = await openTunnel(t, proxy, `127.0.0.1:${(server.address() as { port: number }).port}`)
  assert.equal(String(await once(client, 'data')), '220 ready\r\n')
  client.destroy()
  await tape.closed()
})

for (const [said, codes] of [
  ['TLS', ['tls/not-tls']],
  ['EHLO', []],
] as const)
  test(`a client that answers a server that spoke first with ${said} is kept as what it is`, async t => {
    const { proxy, tape } = await startProxy(t)
    const server = createServer(socket =>
      socket
        .on('error', () => {})
        .resume()
        .write('220 ready\r\n'),
    )
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    t.after(() => server.close())
    const client = await openTunnel(t, proxy, `127.0.0.1:${(server.address() as { port: number }).port}`)
    await once(client, 'data')
    const words = said === 'TLS' ? Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 0]) : Buffer.from('EHLO a\r\n')
    client.end(words)
    await tape.closed()
    assert.deepEqual(tape.codes(), codes)
    assert.equal(
      tape.wires.some(({ bytes, lane }) => lane === 'client to-server' && bytes.equals(words)),
      said === 'TLS',
    )
  })
