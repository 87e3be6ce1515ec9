import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTunnel, secureTunnel, startProxy, toProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'

const request = 'GET /x HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n'

test('offline no name is looked up and nobody dialled: a client in TLS, in a tunnel and in clear is answered 502', async t => {
  const { proxy, tape, ca } = await startProxy(t, { offline: true })
  const secure = await secureTunnel(t, proxy, { host: 'a.example', port: 443, ca, alpn: ['http/1.1'] })
  const tunnelled = await openTunnel(t, proxy, 'a.example:80')
  const clear = await toProxy(t, proxy)
  for (const [client, asked] of [
    [secure, request],
    [tunnelled, request],
    [clear, request.replace('/x', 'http://a.example/x')],
  ] as const) {
    const answer = readAll(client)
    client.write(asked)
    assert.match(String(await answer), /^HTTP\/1\.1 502 [\s\S]*own\/not-recorded/)
    client.destroy()
  }
  await tape.closed(3)
  assert.deepEqual([tape.told('looked-up'), tape.told('dialled'), tape.codes()], [[], [], []])
})

test('HTTP/2 is agreed on where the client offers it, as nobody has chosen', async t => {
  const { proxy, ca } = await startProxy(t, { offline: true })
  for (const [alpn, agreed] of [
    [['http/1.1', 'h2'], 'h2'],
    [['http/1.1'], 'http/1.1'],
    [undefined, false],
  ] as const) {
    const client = await secureTunnel(t, proxy, { host: 'a.example', port: 443, ca, ...(alpn && { alpn }) })
    assert.equal(client.alpnProtocol, agreed)
    client.destroy()
  }
})
