import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { defaultTimeouts } from '../../src/proxy/services.ts'
import { helloMessage, inRecords } from './hello-bytes.ts'
import { identityFor, openTunnel, rawOrigin, secureTunnel, share, startProxy } from './running.ts'
import { once, readAll } from './socket-pair.ts'

const host = 'origin.localhost'

/** The TCP socket under a TLS one. */
const below = (socket: Socket): Socket => (socket as unknown as { readonly _parent: Socket })._parent

test('the story of a whole tunnel is told in its order, once', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.end('bye') })
  const { proxy, tape, ca } = await startProxy(t)
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca })
  const answer = readAll(client)
  client.write('hi')
  assert.equal(String(await answer), 'bye')
  client.end()
  await tape.closed()
  const story = tape.story(1)
  const order = ['opened', 'targeted', 'hello-seen', 'treated', 'secured', 'leg-closed', 'closed']
  assert.deepEqual(
    [...order].sort((a, b) => story.indexOf(a) - story.indexOf(b)),
    order,
  )
  for (const once of ['opened', 'targeted', 'dialled', 'connected', 'closed'])
    assert.equal(story.filter(type => type === once).length, 1, once)
  assert.deepEqual(
    tape.told('secured').map(({ leg }) => leg),
    ['upstream', 'client'],
  )
  assert.equal(story.at(-1), 'closed')
  const keyLegs = new Set(tape.keys.map(({ flags }) => flags & 1))
  assert.deepEqual(keyLegs, new Set([0, 1]), 'keys of both legs')
  const [clientBytes, upstreamBytes] = tape.told('leg-closed').map(({ bytes }) => bytes)
  assert.ok(clientBytes!.toServer > 100 && upstreamBytes!.toServer > 100)
})

test('the bytes below TLS on the tape are what passed, from the CONNECT on', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.end('bye') })
  const { proxy, tape, ca } = await startProxy(t)
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca })
  const answer = readAll(client)
  client.write('hi')
  await answer
  client.end()
  await tape.closed()
  const toServer = tape.wires.filter(({ flags }) => flags === 0).sort((a, b) => a.position - b.position)
  let at = 0
  for (const { position, bytes } of toServer) {
    assert.equal(position, at)
    at += bytes.length
  }
  const whole = Buffer.concat(toServer.map(({ bytes }) => bytes))
  assert.ok(whole.toString('latin1').startsWith(`CONNECT ${host}:${origin.port} HTTP/1.1\r\n`))
  const { toServer: starts } = tape.told('tls-started').find(({ leg }) => leg === 'client')!
  assert.deepEqual([whole[starts], whole[starts + 1]], [22, 3])
  assert.equal(at, tape.told('leg-closed').find(({ leg }) => leg === 'client')!.bytes.toServer)
})

test('a CONNECT and a hello in one segment are told apart', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host) })
  for (const share of [0.3, 1]) {
    const { proxy, tape } = await startProxy(t)
    const head = Buffer.from(`CONNECT ${host}:${origin.port} HTTP/1.1\r\n\r\n`)
    const hello = inRecords(helloMessage())
    const cut = Math.round(hello.length * share)
    const client = connect({ ...proxy, noDelay: true }).on('error', () => {})
    t.after(() => client.destroy())
    client.write(Buffer.concat([head, hello.subarray(0, cut)]))
    await once(client, 'data')
    client.write(hello.subarray(cut))
    while (tape.told('secured').length === 0 && tape.codes().length === 0) await wait(2)
    const { toServer } = tape.told('tls-started').find(({ leg }) => leg === 'client')!
    assert.equal(toServer, head.length)
    const sent = tape.wires.filter(({ flags }) => flags === 0).map(({ bytes }) => bytes)
    assert.deepEqual(Buffer.concat(sent).subarray(0, head.length + hello.length), Buffer.concat([head, hello]))
    client.destroy()
    await tape.closed()
  }
})

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

test('what is no TLS goes through the tunnel as it is, and is on the tape', async t => {
  const origin = await rawOrigin(t, { answer: (received, socket) => void socket.end(`got ${received}`) })
  const { proxy, tape } = await startProxy(t)
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  const answer = readAll(client)
  client.write('GET / HTTP/1.0\r\n\r\n')
  assert.equal(String(await answer), 'got GET / HTTP/1.0\r\n\r\n')
  client.end()
  await tape.closed()
  assert.equal(tape.plainText('client', 'to-server'), 'GET / HTTP/1.0\r\n\r\n')
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

test('a server name that no certificate can carry gets the certificate of the target', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host) })
  const { proxy, tape, ca } = await startProxy(t, { verifyUpstream: false })
  const socket = await openTunnel(t, proxy, `${host}:${origin.port}`)
  const client = tls.connect({ socket, servername: 'a\x1c.localhost', ca, rejectUnauthorized: false })
  await once(client, 'secureConnect')
  assert.equal(client.getPeerCertificate().subject.CN, host)
  client.end()
  await tape.closed()
  assert.deepEqual(tape.problems(), [])
})

test('garbage that looks like TLS for a byte ends with a problem or as it is, and never hangs', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host) })
  const { proxy, tape } = await startProxy(t)
  const texts = [
    Buffer.from([22, 3, 1, 0, 4, 1, 0, 0, 0]),
    Buffer.concat([Buffer.from([22, 3, 1, 0, 50, 1, 0, 0, 46]), Buffer.alloc(46, 0xff)]),
    Buffer.from([22, 3, 1, 0, 2, 2, 40]),
    Buffer.from([0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10]),
    Buffer.alloc(300, 0xff),
  ]
  for (const [index, bytes] of texts.entries()) {
    const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
    const all = readAll(client)
    client.end(bytes)
    await all
    client.destroy()
    await tape.closed(index + 1)
  }
  assert.deepEqual(
    tape.codes().filter(code => code === 'proxy/internal'),
    [],
  )
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
  assert.deepEqual([tape.keys.length, tape.plains.length, tape.told('secured').length], [0, 0, 0])
})

test('a host that is passed through and cannot be reached gets no certificate of ours', async t => {
  const { proxy, tape, ca } = await startProxy(t, { passThrough: ['*.localhost'] })
  await assert.rejects(secureTunnel(t, proxy, { host, port: 1, ca }))
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tcp/refused'])
  assert.deepEqual(tape.told('secured'), [])
})

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

test('a host can be passed through while the proxy runs', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host) })
  const { proxy, tape, ca } = await startProxy(t)
  await secureTunnel(t, proxy, { host, port: origin.port, ca })
  proxy.passThrough('Origin.LOCALHOST')
  await assert.rejects(secureTunnel(t, proxy, { host, port: origin.port, ca }))
  assert.deepEqual(
    tape.told('treated').map(({ treatment }) => treatment),
    ['observe', 'pass-through'],
  )
})

test('a client that does not like our certificate and just closes is blamed, and the server is let go', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host) })
  const { proxy, tape } = await startProxy(t)
  const { servers } = await share()
  await assert.rejects(secureTunnel(t, proxy, { host, port: origin.port, ca: servers.caPem })) // Node sends no alert
  await tape.closed()
  const [problem] = tape.problems()
  assert.match(problem!.code, /^tls\/(closed|reset)-by-client$/)
  assert.equal(problem!.blame, 'client')
  while ((await origin.connections()) > 0) await wait(2)
})

test('a large answer to a client that reads slowly arrives whole', async t => {
  const answer = Buffer.alloc(6 << 20, 'abcdefg')
  const origin = await rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.end(answer) })
  const { proxy, tape, ca } = await startProxy(t)
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca })
  client.pause()
  client.write('go')
  await wait(20)
  const all = await readAll(client.resume())
  assert.ok(all.equals(answer), `${all.length} bytes`)
  client.end()
  await tape.closed()
})
