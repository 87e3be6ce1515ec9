import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import tls, { type TLSSocket } from 'node:tls'
import { helloMessage, inRecords } from '../hello-bytes.ts'
import { identityFor, type Running, rawOrigin, startProxy, toProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'
import { listeningOn } from './cleartext/listening.ts'

/** TLS with the proxy, for which its certificate has to hold. */
async function secureProxy(
  t: TestContext,
  { proxy, ca }: Running,
  options: tls.ConnectionOptions = {},
): Promise<TLSSocket> {
  const socket = tls.connect({ port: proxy.port, host: proxy.host, ca, ALPNProtocols: ['http/1.1'], ...options })
  t.after(() => socket.destroy())
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
  return socket
}

test('a tunnel inside TLS to the proxy is a connection of its own, with both handshakes of the client', async t => {
  const host = 'origin.localhost'
  const origin = await rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.end('pong') })
  const running = await startProxy(t)
  const { tape, ca } = running
  const outer = await secureProxy(t, running)
  assert.equal(outer.alpnProtocol, 'http/1.1')
  const request = `CONNECT ${host}:${origin.port} HTTP/1.1\r\n\r\n`
  outer.write(request)
  assert.match(String(await once(outer, 'data')), /^HTTP\/1\.1 200 /)
  const inner = tls.connect({ socket: outer, servername: host, ca })
  inner.write('ping')
  assert.equal(String(await once(inner, 'data')), 'pong')
  inner.end()
  await tape.closed(2)
  assert.deepEqual([tape.codes(), origin.received().toString()], [[], 'ping'])
  const [first, second] = tape.told('opened')
  assert.deepEqual([first?.within, second?.within, second?.remote], [undefined, 1, first?.remote])
  assert.deepEqual(
    tape.told('targeted').map(({ entrance, target }) => [entrance, target.port]),
    [
      ['tls', running.proxy.port],
      ['connect', origin.port],
    ],
  )
  assert.deepEqual(
    [1, 2].map(id => tape.told('secured', id).map(({ leg }) => leg)),
    [['client'], ['upstream', 'client']],
  )
  const below = (id: number): Buffer =>
    Buffer.concat(
      tape.wires
        .filter(({ connection, lane }) => connection === id && lane === 'client to-server')
        .map(each => each.bytes),
    )
  assert.deepEqual([below(1)[0], below(2).toString('latin1', 0, request.length)], [22, request])
})

test('the certificate is for the name that the client asks for, or the address that it came to', async t => {
  const running = await startProxy(t)
  const byName = await secureProxy(t, running, { servername: 'proxy.example' })
  assert.equal(byName.getPeerCertificate().subjectaltname, 'DNS:proxy.example')
  const byAddress = await secureProxy(t, running)
  assert.equal(byAddress.getPeerCertificate().subjectaltname, 'IP Address:127.0.0.1')
})

test('a request in clear inside it goes to its origin', async t => {
  const origin = await listeningOn(t, '127.0.0.1')
  const running = await startProxy(t)
  const socket = await secureProxy(t, running)
  const answer = readAll(socket)
  socket.write(`GET http://127.0.0.1:${origin.port}/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  assert.match(String(await answer), /^HTTP\/1\.1 200 /)
  await running.tape.closed(2)
  assert.deepEqual(
    running.tape.told('targeted', 2).map(each => each.entrance),
    ['absolute-form'],
  )
})

test('a client that does not trust the proxy, or goes in the middle of its hello, is named', async t => {
  const running = await startProxy(t)
  await assert.rejects(secureProxy(t, running, { ca: [] }))
  const client = await toProxy(t, running.proxy)
  client.end(inRecords(helloMessage()).subarray(0, 20))
  client.resume()
  await running.tape.closed(2)
  const [distrust, cut] = running.tape.problems()
  assert.deepEqual([distrust?.blame, cut?.blame, running.tape.codes().length], ['client', 'client', 2])
  assert.match(distrust!.code, /^tls\//)
})

test('bytes that only begin like TLS get an alert', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy, false)
  const answer = readAll(client)
  client.write(Buffer.from('1603010005010000010300', 'hex'))
  assert.equal((await answer)[0], 21)
  await tape.closed()
  assert.equal(tape.codes().length, 1)
})

test('TLS inside TLS is not opened once more', async t => {
  const running = await startProxy(t)
  const outer = await secureProxy(t, running)
  const answer = readAll(outer)
  outer.write(inRecords(helloMessage()))
  assert.match(String(await answer), /^HTTP\/1\.1 400 /)
  await running.tape.closed()
  assert.deepEqual(running.tape.codes(), ['proxy/bad-request'])
})
