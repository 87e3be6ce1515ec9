import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { identityFor, rawOrigin, startProxy, toProxy } from '../running.ts'
import { say, statusOf } from '../say.ts'
import { readAll } from '../socket-pair.ts'
import { listeningOn } from './cleartext/listening.ts'

test('a tunnel to Parley itself is refused as a loop', async t => {
  const { proxy, tape } = await startProxy(t, { hosts: new Map([['me.example', '127.0.0.1']]) })
  for (const [index, host] of ['127.0.0.1', 'localhost', '0.0.0.0'].entries()) {
    assert.equal(statusOf(await say(t, proxy, `CONNECT ${host}:${proxy.port} HTTP/1.1\r\n\r\n`)), 508, host)
    await tape.closed(index + 1)
  }
  assert.deepEqual(tape.codes(), ['proxy/loop', 'proxy/loop', 'proxy/loop'])
})

test('a name that leads to Parley itself is refused as a loop when its address is known', async t => {
  const { proxy, tape } = await startProxy(t, { hosts: new Map([['me.example', '127.0.0.1']]) })
  const client = await toProxy(t, proxy)
  const answer = readAll(client)
  client.write(`CONNECT me.example:${proxy.port} HTTP/1.1\r\n\r\n`)
  client.end('GET / HTTP/1.1\r\n\r\n')
  assert.ok((await answer).toString().includes('508'))
  await tape.closed()
  assert.deepEqual(tape.codes(), ['proxy/loop'])
})

test('a plain request for Parley itself is refused as a loop', async t => {
  const { proxy, tape } = await startProxy(t)
  const url = `http://127.0.0.1:${proxy.port}/`
  const answer = await say(t, proxy, `GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  assert.equal(statusOf(answer), 508)
  await tape.closed()
  assert.deepEqual(tape.codes(), ['proxy/loop'])
})

for (const method of ['COPY', 'CHECKOUT'])
  test(`${method} is plain HTTP, however its first bytes come`, async t => {
    for (const cut of [1, method.length, 40]) {
      const { proxy, tape } = await startProxy(t)
      const client = await toProxy(t, proxy, false)
      const answer = readAll(client)
      const request = `${method} http://127.0.0.1:1/a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`
      client.write(request.slice(0, cut))
      await wait(5) // so that the bytes come apart; where they do not, the test is only easier
      client.write(request.slice(cut))
      await answer
      await tape.closed()
      assert.equal(tape.contentText('client', 'to-server'), request)
      assert.deepEqual(tape.wires, [])
    }
  })

test('the head of a CONNECT is no plain HTTP, however its first bytes come', async t => {
  for (const cut of [1, 7, 8, 20]) {
    const { proxy, tape } = await startProxy(t)
    const client = await toProxy(t, proxy, false)
    const answer = readAll(client)
    const request = `CONNECT 127.0.0.1:${proxy.port} HTTP/1.1\r\n\r\n`
    client.write(request.slice(0, cut))
    await wait(5)
    client.write(request.slice(cut))
    await answer
    await tape.closed()
    assert.equal(tape.contents.length, 0)
    assert.ok(
      Buffer.concat(tape.wires.map(({ bytes }) => bytes))
        .toString()
        .startsWith(request),
    )
  }
})

test('a tunnel on a connection that served plain HTTP before ends what that had open, and its head is not plain', async t => {
  const origin = await listeningOn(t, '127.0.0.1')
  const inner = await rawOrigin(t, {
    tls: await identityFor('origin.localhost'),
    answer: (_, socket) => void socket.end('HTTP/1.1 204 No Content\r\n\r\n'),
  })
  const { proxy, tape, ca } = await startProxy(t)
  const client = await toProxy(t, proxy)
  const outer = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: h\r\n\r\n`
  for (let i = 0; i < 2; i++) {
    client.write(outer)
    await once(client, 'data')
  }
  client.write(`CONNECT origin.localhost:${inner.port} HTTP/1.1\r\n\r\n`)
  assert.match(String(await once(client, 'data')), /^HTTP\/1\.1 200 /)
  const secured = tls.connect({ socket: client, servername: 'origin.localhost', ca })
  const asked = 'GET /inner HTTP/1.1\r\nHost: i\r\n\r\n'
  secured.write(asked)
  assert.match(String(await once(secured, 'data')), /^HTTP\/1\.1 204 /)
  secured.destroy()
  client.destroy()
  await tape.closed()
  assert.equal(tape.contentText('client', 'to-server'), `${outer}${outer}${asked}`)
  const upstream = tape.events.flatMap(({ event: { type, ...more } }) =>
    'leg' in more && type === 'leg-closed' ? `${more.leg} ${type}` : type === 'looked-up' ? type : [],
  )
  assert.deepEqual(upstream, [
    'looked-up',
    'upstream leg-closed',
    'looked-up',
    'client leg-closed',
    'upstream leg-closed',
  ])
  assert.deepEqual(tape.codes(), [])
})
