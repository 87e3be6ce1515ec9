import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { servicesFor } from '../../../src/proxy/listener.ts'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { tunnel } from '../../../src/proxy/tunnel/tunnel.ts'
import { helloMessage, inRecords } from '../hello-bytes.ts'
import { MemoryTape } from '../memory-tape.ts'
import { identityFor, openTunnel, optionsIn, rawOrigin, secureTunnel, share, startProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'
import { streamPair } from '../stream-pair.ts'

const host = 'origin.localhost'

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
  const keyLegs = new Set(tape.keys.map(({ leg }) => leg))
  assert.deepEqual(keyLegs, new Set(['client', 'upstream']), 'keys of both legs')
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
  const toServer = tape.wires.filter(({ lane }) => lane === 'client to-server').sort((a, b) => a.position - b.position)
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
    const sent = tape.wires.filter(({ lane }) => lane === 'client to-server').map(({ bytes }) => bytes)
    assert.deepEqual(Buffer.concat(sent).subarray(0, head.length + hello.length), Buffer.concat([head, hello]))
    client.destroy()
    await tape.closed()
  }
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

test('a whole tunnel runs without a socket', async () => {
  const { authority, folder } = await share()
  const tape = new MemoryTape()
  const [browser, accepted] = streamPair()
  const [dialled, origin] = streamPair()
  const options = { ...optionsIn(folder), insecureHosts: [host] }
  const own = {
    listens: () => ({ host: '127.0.0.1', port: 1 }),
    since: 0,
    passThrough: new Set<string>(),
    isOurs: () => false,
  }
  const services = { ...servicesFor(options, tape, authority, own), dial: async () => ({ socket: dialled }) }
  const server = new tls.TLSSocket(origin, {
    isServer: true,
    secureContext: tls.createSecureContext(await identityFor(host)),
  })
  server.on('error', () => {}).on('data', asked => server.end(`you said ${asked}`))
  const client = new JsTap({ socket: accepted, tape, connection: 1, leg: 'client' })
  const open = tunnel(services, 1, client, { host, port: 443 })
  const secure = tls.connect({ socket: browser, servername: host, ca: authority.certificatePem })
  const answer = readAll(secure)
  secure.write('hi')
  assert.equal(String(await answer), 'you said hi')
  secure.end()
  browser.destroy()
  await open
  assert.deepEqual(
    tape.told('secured').map(({ leg }) => leg),
    ['upstream', 'client'],
  )
  assert.equal(tape.contentText('client', 'to-server'), 'hi')
  assert.deepEqual(tape.codes(), [])
})
