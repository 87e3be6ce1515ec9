import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestHead } from '../../../src/model/exchange.ts'
import { listen } from '../../../src/proxy/listener.ts'
import type { OwnRequest } from '../../../src/proxy/own/own-request.ts'
import type { Rulings } from '../../../src/rules/rulings.ts'
import { helloMessage, serverNameBody, u16, usualExtensions } from '../hello-bytes.ts'
import { MemoryTape } from '../memory-tape.ts'
import { identityFor, optionsIn, rawOrigin, share, startProxy } from '../running.ts'

const host = 'own.localhost'

const head: RequestHead = {
  ...{ method: 'GET', target: '/', scheme: 'https', authority: host, path: '/', version: 'HTTP/1.1', headers: [] },
}

const alpnBody = (...names: readonly string[]): Buffer => {
  const list = Buffer.concat(names.map(name => Buffer.from([name.length, ...Buffer.from(name)])))
  return Buffer.concat([u16(list.length), list])
}

const asked = (port: number, also: Partial<OwnRequest> = {}): OwnRequest => ({
  ...{ server: { scheme: 'https', host, port }, head, body: new Uint8Array(0), entrance: 'replay', ...also },
})

test('the hello is the like of the one that is given, for the server’s own name and with the ALPN of the hello', async t => {
  const origin = await rawOrigin(t, {
    tls: { ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] },
    answer: (_, socket) => void socket.end('HTTP/1.0 200 OK\r\n\r\n'),
  })
  const { proxy, tape } = await startProxy(t)
  const extensions = [
    [0, serverNameBody('other.example')],
    ...usualExtensions.slice(1),
    [16, alpnBody('h2', 'http/1.1')],
  ] as const
  const { connection } = await proxy.send(
    asked(origin.port, { hello: helloMessage({ extensions, suites: [0x1303, 0x1301] }) }),
  )
  const sent = Buffer.concat(
    tape.wires
      .filter(part => part.connection === connection && part.lane === 'upstream to-server')
      .map(({ bytes }) => bytes),
  )
  assert.ok(sent.includes(u16(0x1303, 0x1301)), 'its suites')
  assert.ok(sent.includes(alpnBody('h2', 'http/1.1')), 'its ALPN')
  assert.ok(sent.includes(Buffer.from(host)) && !sent.includes('other.example'))
  assert.equal(tape.told('mirrored', connection).length, 1)
})

test('without a hello Parley says its own, and offers what the head is written in', async t => {
  const origin = await rawOrigin(t, {
    tls: await identityFor(host),
    answer: (_, socket) => void socket.end('HTTP/1.0 200 OK\r\n\r\n'),
  })
  const { proxy, tape } = await startProxy(t)
  await proxy.send(asked(origin.port))
  assert.ok(Buffer.concat(tape.wires.map(({ bytes }) => bytes)).includes(alpnBody('http/1.1')))
  assert.equal(tape.told('mirrored').length, 0)
})

test('asked elsewhere, its content is not its own, and it names the connection for which it is', async t => {
  const origin = await rawOrigin(t, {
    tls: await identityFor(host),
    answer: (_, socket) => void socket.end('HTTP/1.0 200 OK\r\n\r\nx'),
  })
  const { proxy, tape } = await startProxy(t)
  const { connection } = await proxy.send(asked(origin.port, { entrance: 'elsewhere', within: 99 }))
  await tape.closed()
  assert.deepEqual([tape.contents.length, tape.acts.length], [0, 0])
  assert.equal(tape.told('opened', connection)[0]!.within, 99)
  assert.equal(tape.told('secured', connection).length, 1)
})

test('what rules say of the TLS and the way of a host holds for what Parley asks it itself', async t => {
  const origin = await rawOrigin(t, {
    tls: await identityFor('other.example'),
    answer: (_, socket) => void socket.end('HTTP/1.0 200 OK\r\n\r\n'),
  })
  const { folder, authority } = await share()
  const rulings: Rulings = {
    connection: facts =>
      facts.host === 'ruled.example' ? { verify: false, address: '127.0.0.1', by: ['a rule'] } : undefined,
    claims: () => undefined,
  }
  const tape = new MemoryTape()
  const proxy = await listen(optionsIn(folder), tape, authority, {}, [], rulings)
  t.after(() => proxy.close())
  const server = { scheme: 'https', host: 'ruled.example', port: origin.port } as const
  const { head: answer, connection } = await proxy.send(asked(origin.port, { server }))
  assert.equal(answer.status, 200)
  assert.equal(tape.told('tolerated', connection).length, 1)
})
