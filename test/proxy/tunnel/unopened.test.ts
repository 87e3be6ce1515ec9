import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { defaultTimeouts } from '../../../src/proxy/services.ts'
import { helloMessage, inRecords } from '../hello-bytes.ts'
import { identityFor, openTunnel, rawOrigin, secureTunnel, share, startProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'

const host = 'origin.localhost'

test('a client that closes in the middle of its hello is blamed, and the server is let go', async t => {
  const origin = await rawOrigin(t, {})
  const { proxy, tape } = await startProxy(t)
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  client.end(inRecords(helloMessage()).subarray(0, 50))
  client.resume()
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tls/client-closed-in-hello'])
  assert.equal(tape.problems()[0]!.blame, 'client')
  while ((await origin.connections()) > 0) await wait(2)
})

test('a client that opens a tunnel and says nothing is no failure', async t => {
  const origin = await rawOrigin(t, {})
  const { proxy, tape } = await startProxy(t)
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  client.end()
  client.resume()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

test('a client that stops in its hello is cut off when its time is over', async t => {
  const origin = await rawOrigin(t, {})
  const { proxy, tape } = await startProxy(t, { timeouts: { ...defaultTimeouts, hello: 20 } })
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  client.write(inRecords(helloMessage()).subarray(0, 50))
  client.resume()
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tls/hello-timeout'])
})

test('a host that the root is not made for is refused by name, its server let go; another of that root is observed', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.end('bye') })
  const { proxy, tape, ca } = await startProxy(t, {}, [], { mayName: name => name === host })
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  client.on('error', () => {})
  client.write(inRecords(helloMessage()))
  client.resume()
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tls/outside-authority'])
  assert.equal(tape.problems()[0]!.blame, 'parley')
  while ((await origin.connections()) > 0) await wait(2)
  const inside = await secureTunnel(t, proxy, { host, port: origin.port, ca })
  const answer = readAll(inside)
  inside.write('hi')
  assert.equal(String(await answer), 'bye')
})

test('what is no TLS goes through the tunnel as it is, and is on the tape', async t => {
  const origin = await rawOrigin(t, { answer: (received, socket) => void socket.end(`got ${received}`) })
  const { proxy, tape } = await startProxy(t)
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  const answer = readAll(client)
  client.write('GET / HTTP/1.0\r\n\r\n')
  assert.equal(String(await answer), 'got GET / HTTP/1.0\r\n\r\n')
  client.end()
  await tape.closed()
  assert.equal(tape.contentText('client', 'to-server'), 'GET / HTTP/1.0\r\n\r\n')
  assert.deepEqual(tape.codes(), [])
})

test('a client without TLS hears why its server cannot be dialled, and is let go when it goes', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await openTunnel(t, proxy, '127.0.0.1:1')
  const page = readAll(client)
  client.write('GET / HTTP/1.1\r\n\r\n')
  assert.match(String(await page), /^HTTP\/1\.1 502 [\s\S]*tcp\/refused/)
  assert.deepEqual(tape.told('closed'), [], 'its socket is still open')
  client.write('more')
  client.end()
  await tape.closed()
})

test('a client that waits for a server that cannot be reached is let go', async t => {
  const { proxy, tape } = await startProxy(t, { timeouts: { ...defaultTimeouts, hello: 60 } })
  const client = await openTunnel(t, proxy, '127.0.0.1:1')
  assert.equal(String(await readAll(client)), '')
  client.end()
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tcp/refused'])
})

test('a host that is passed through gets the client’s own TLS, and no certificate of ours', async t => {
  const identity = await identityFor(host)
  const origin = await rawOrigin(t, { tls: identity, answer: (_, socket) => void socket.end('end to end') })
  const { proxy, tape } = await startProxy(t, { passThrough: ['*.localhost'] })
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca: (await share()).servers.caPem })
  const answer = readAll(client)
  client.write('hi')
  assert.equal(String(await answer), 'end to end')
  client.end()
  await tape.closed()
  assert.equal(tape.told('treated')[0]!.treatment, 'pass-through')
  assert.deepEqual([tape.keys.length, tape.contents.length, tape.told('secured').length], [0, 0, 0])
})

test('a host that is passed through and cannot be reached gets no certificate of ours', async t => {
  const { proxy, tape, ca } = await startProxy(t, { passThrough: ['*.localhost'] })
  await assert.rejects(secureTunnel(t, proxy, { host, port: 1, ca }))
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tcp/refused'])
  assert.deepEqual(tape.told('secured'), [])
})
