import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import tls from 'node:tls'
import { identityFor, rawOrigin, startProxy, toProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'

const listen = { host: '127.0.0.1', port: 0 }
const host = 'origin.localhost'
const large = 'x'.repeat(3_000_000)

test('much arrives whole both ways, from clear to TLS and from TLS to clear, and its end too', async t => {
  for (const secure of [true, false]) {
    const origin = await rawOrigin(t, {
      ...(secure ? { tls: await identityFor(host) } : {}),
      answer: (received, socket) => {
        if (received.length === large.length + 1) socket.end(large)
      },
    })
    const server = { target: { host, port: origin.port }, secure }
    const { proxy, tape, ca } = await startProxy(t, { reverse: [{ listen, server }] })
    const raw = await toProxy(t, { ...proxy, port: proxy.reverse[0]!.port })
    const client = secure ? raw : tls.connect({ socket: raw, ca, host: '127.0.0.1' })
    const answer = readAll(client)
    client.write(`P${large}`)
    assert.equal((await answer).length, large.length)
    client.end()
    await tape.closed()
    assert.deepEqual(tape.codes(), [])
    const [upstream] = tape.told('leg-closed').filter(({ leg }) => leg === 'upstream')
    assert.ok(upstream!.bytes.toServer > large.length)
  }
})

test('a certificate that does not verify is not relayed to, unless it is tolerated', async t => {
  const origin = await rawOrigin(t, {
    tls: await identityFor('other.example'),
    answer: (_, socket) => void socket.end('pong'),
  })
  const server = { target: { host, port: origin.port }, secure: true }
  for (const [verifyUpstream, code, answer] of [
    [true, ['tls/certificate-wrong-host'], /502/],
    [false, [], /^pong$/],
  ] as const) {
    const { proxy, tape } = await startProxy(t, { verifyUpstream, reverse: [{ listen, server }] })
    const client = await toProxy(t, { ...proxy, port: proxy.reverse[0]!.port })
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    assert.match(String(await once(client, 'data')), answer)
    assert.deepEqual([tape.codes(), tape.told('tolerated').length], [code, verifyUpstream ? 0 : 1])
  }
})

test('what a client in clear speaks is offered to the server, and nothing for what is no HTTP', async t => {
  const identity = await identityFor(host)
  for (const [said, alpn] of [
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'h2'],
    ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'http/1.1'],
    ['NOOP\r\n', false],
  ] as const) {
    const agreed: (string | false | null)[] = []
    const answer = (_: Buffer, socket: Socket): void => {
      agreed.push((socket as tls.TLSSocket).alpnProtocol)
      socket.end('pong')
    }
    const origin = await rawOrigin(t, { tls: { ...identity, ALPNProtocols: ['h2', 'http/1.1'] }, answer })
    const server = { target: { host, port: origin.port }, secure: true }
    const { proxy } = await startProxy(t, { reverse: [{ listen, server }] })
    const client = await toProxy(t, { ...proxy, port: proxy.reverse[0]!.port })
    client.write(said)
    assert.equal(String(await once(client, 'data')), 'pong')
    assert.deepEqual(agreed, [alpn])
  }
})
