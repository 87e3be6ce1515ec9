import assert from 'node:assert/strict'
import { test } from 'node:test'
import tls from 'node:tls'
import { openTunnel, secureTunnel, startProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'

const request = (host: string) => `GET /check HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`

for (const host of ['parley.proxy', 'trust.parley.proxy'])
  test(`https://${host} is answered with a leaf of Parley’s own, though all is passed through`, async t => {
    const { proxy, tape, ca } = await startProxy(t, { passThrough: [host] })
    const client = await secureTunnel(t, proxy, { host, port: 443, ca, alpn: ['h2', 'http/1.1'] })
    assert.equal(client.alpnProtocol, 'http/1.1')
    const answer = readAll(client)
    client.write(request(host))
    assert.match(String(await answer), /^HTTP\/1\.1 200 OK[\s\S]*Parley\n$/)
    client.destroy()
    await tape.closed()
    assert.deepEqual(
      tape.told('treated').map(({ treatment }) => treatment),
      ['own'],
    )
    assert.deepEqual([tape.codes(), tape.told('looked-up')], [[], []])
    assert.equal(tape.contentText('client', 'to-server'), request(host))
  })

test('that a client does not trust Parley is told as the answer, not as a failure', async t => {
  const { proxy, tape } = await startProxy(t)
  const socket = await openTunnel(t, proxy, 'trust.parley.proxy:443')
  const client = tls.connect({ socket, servername: 'trust.parley.proxy' })
  await assert.rejects(new Promise((resolve, reject) => client.once('secureConnect', resolve).once('error', reject)))
  client.destroy()
  await tape.closed()
  assert.deepEqual(
    tape.told('treated').map(({ treatment }) => treatment),
    ['own'],
  )
  assert.deepEqual([tape.codes(), tape.told('protocol-known')[0]?.protocol], [[], 'trust-check'])
})

test('in clear it is answered in a tunnel as well', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await openTunnel(t, proxy, 'parley.proxy:80')
  const answer = readAll(client)
  client.write(request('parley.proxy'))
  assert.match(String(await answer), /^HTTP\/1\.1 200 OK/)
  client.destroy()
  await tape.closed()
})
