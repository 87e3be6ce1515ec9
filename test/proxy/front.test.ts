import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Listener } from '../../src/proxy/listener.ts'
import { helloMessage, inRecords } from './hello-bytes.ts'
import { rawOrigin, startProxy, toProxy } from './running.ts'
import { once, readAll } from './socket-pair.ts'

/** What the proxy answers to these bytes until it closes. */
const say = async (t: TestContext, proxy: Listener, bytes: string | Buffer): Promise<string> =>
  String(await sayBytes(t, proxy, bytes))

async function sayBytes(t: TestContext, proxy: Listener, bytes: string | Buffer): Promise<Buffer> {
  const client = await toProxy(t, proxy, false)
  const answer = readAll(client)
  client.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  const bytesBack = await answer
  client.destroy()
  return bytesBack
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])

const badConnects = [
  'a.example',
  'a.example:',
  ':443',
  'a.example:0',
  'a.example:99999',
  'http://a.example/',
  '*',
  '[::1]',
]
for (const authority of badConnects) {
  test(`CONNECT ${authority} is answered with 400 and a named problem`, async t => {
    const { proxy, tape } = await startProxy(t)
    const answer = await say(t, proxy, `CONNECT ${authority} HTTP/1.1\r\nHost: x\r\n\r\n`)
    assert.equal(statusOf(answer), 400)
    await tape.closed()
    assert.match(tape.codes().join(), /^proxy\/bad-(connect|request)$/)
    assert.equal(tape.problems()[0]!.blame, 'client')
  })
}

test('TLS to the proxy port itself is named', async t => {
  const { proxy, tape } = await startProxy(t)
  await say(t, proxy, inRecords(helloMessage()))
  await tape.closed()
  assert.deepEqual(tape.codes(), ['proxy/tls-to-proxy-port'])
})

test('SOCKS is refused in its own words and named', async t => {
  for (const [said, refusal] of [
    ['\x05\x01\x00', '\x05\xff'],
    ['\x04\x01\x01\xbb\x7f\x00\x00\x01\x00', '\x00\x5b\x00\x00\x00\x00\x00\x00'],
  ] as const) {
    const { proxy, tape } = await startProxy(t)
    assert.deepEqual(await sayBytes(t, proxy, said), Buffer.from(refusal, 'latin1'))
    await tape.closed()
    assert.deepEqual(tape.codes(), ['proxy/socks'])
  }
})

const garbage: Readonly<Record<string, string>> = {
  'a line of nonsense': 'nonsense\r\n\r\n',
  'binary zeros': '\0'.repeat(100),
  'the high half of latin1': '\xff\xfe\xfd\xfc\r\n\r\n',
  'both lengths':
    'POST http://a.example/ HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'a head without end': `GET http://a.example/ HTTP/1.1\r\nX: ${'x'.repeat(200_000)}`,
}
for (const [name, bytes] of Object.entries(garbage)) {
  test(`${name} is refused with a problem, and the connection ends`, async t => {
    const { proxy, tape } = await startProxy(t)
    const answer = await say(t, proxy, bytes)
    assert.ok(answer === '' || statusOf(answer) >= 400, answer.slice(0, 80))
    await tape.closed()
    assert.ok(tape.codes().every(code => code === 'proxy/bad-request') && tape.codes().length <= 1, tape.codes().join())
  })
}

test('a client that connects and says nothing is no problem', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  client.end()
  client.resume()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

test('a client that resets in the middle of its request is no bad request', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  client.write('GET http://a.ex')
  await wait(20)
  client.resetAndDestroy()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
  assert.deepEqual(
    tape.told('leg-closed').map(({ closed }) => [closed.by, closed.how]),
    [['client', 'reset']],
  )
})

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

test('a plain request reaches its server, and both heads keep their names and order', async t => {
  const response =
    'HTTP/1.1 201 Made It\r\nX-One: 1\r\nx-two: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 2\r\n\r\nhi'
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end(response) })
  const { proxy, tape } = await startProxy(t)
  const host = `127.0.0.1:${origin.port}`
  const answer = await say(
    t,
    proxy,
    `GET http://${host}/a?b=c HTTP/1.1\r\nhOsT: ${host}\r\nX-Dup: 1\r\nX-Dup: 2\r\nConnection: close\r\n\r\n`,
  )
  const sent = origin.received().toString()
  assert.ok(sent.startsWith('GET /a?b=c HTTP/1.1\r\n'), sent)
  assert.ok(sent.includes('X-Dup: 1\r\nX-Dup: 2\r\n'), sent)
  assert.ok(/hOsT: /.test(sent), sent)
  assert.match(answer, /^HTTP\/1\.1 201 Made It\r\n/)
  assert.ok(answer.includes('Set-Cookie: a\r\nSet-Cookie: b\r\n'), answer)
  assert.ok(answer.includes('X-One: 1\r\nx-two: 2\r\n') && answer.endsWith('\r\n\r\nhi'), answer)
  await tape.closed()
  assert.deepEqual([tape.codes(), tape.told('treated')[0]!.treatment], [[], 'rewrite'])
  assert.ok(tape.plainText('client', 'to-server').startsWith('GET http://'))
  assert.ok(tape.plainText('upstream', 'to-server').startsWith('GET /a?b=c'))
})

test('what a client says to the proxy alone does not reach the server', async t => {
  const origin = await rawOrigin(t, {
    answer: (_, socket) => void socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'),
  })
  const { proxy } = await startProxy(t)
  const head = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n`
  await say(
    t,
    proxy,
    `${head}Proxy-Authorization: Basic dTpw\r\nPROXY-CONNECTION: close\r\nX-Other: proxy-connection\r\n\r\n`,
  )
  const sent = origin.received().toString()
  assert.doesNotMatch(sent, /^proxy-(?:authorization|connection):/im)
  assert.match(sent, /^X-Other: proxy-connection\r$/m)
})

test('a response to a plain request has the server’s fields alone', async t => {
  const origin = await rawOrigin(t, {
    answer: (_, socket) => void socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi'),
  })
  const { proxy } = await startProxy(t)
  const head = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: a\r\nProxy-Connection: keep-alive\r\n\r\n`
  assert.equal(await say(t, proxy, head), 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi')
})

test('fields may be named as a method of Object is, and come again further down', async t => {
  const fields = 'constructor: a\r\n__proto__: b\r\nX-A: 1\r\ntoString: c\r\nx-a: 2\r\nContent-Length: 2\r\n'
  const head = `HTTP/1.1 200 OK\r\n${fields}Connection: close\r\n\r\n`
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end(`${head}hi`) })
  const { proxy } = await startProxy(t)
  const asked = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: a\r\nconstructor: x\r\n__proto__: y\r\n\r\n`
  assert.equal(await say(t, proxy, asked), `${head}hi`)
  assert.match(origin.received().toString(), /\r\nconstructor: x\r\n__proto__: y\r\n/)
})

test('a plain request that nobody answers is 502 with the problem', async t => {
  const { proxy, tape } = await startProxy(t)
  const answer = await say(t, proxy, 'GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  assert.equal(statusOf(answer), 502)
  assert.ok(answer.includes('tcp/refused'))
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tcp/refused'])
})

test('a server that closes before its answer to a plain request is 502', async t => {
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end() })
  const { proxy, tape } = await startProxy(t)
  const url = `http://127.0.0.1:${origin.port}/`
  const answer = await say(t, proxy, `GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  assert.equal(statusOf(answer), 502)
  await tape.closed()
  assert.equal(tape.codes().length, 1)
  assert.equal(tape.problems()[0]!.blame, 'server')
})

test('every failure of a connection that is kept is told, each once', async t => {
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end() })
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  for (const port of [1, origin.port, 1, origin.port]) {
    client.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`)
    assert.equal(statusOf(String(await once(client, 'data'))), 502)
  }
  client.destroy()
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tcp/refused', 'http/upstream-failed', 'tcp/refused', 'http/upstream-failed'])
})

test('a server that resets in the middle of its answer has failed once', async t => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'
  const origin = await rawOrigin(t, { answer: (_, socket) => socket.write(head, () => socket.resetAndDestroy()) })
  const { proxy, tape } = await startProxy(t)
  await say(t, proxy, `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`)
  await tape.closed()
  assert.deepEqual(tape.codes(), ['http/upstream-failed'])
})

for (const leave of ['destroy', 'resetAndDestroy'] as const)
  test(`a client that goes before the answer to its plain request is no fault of the server (${leave})`, async t => {
    const asked = Promise.withResolvers<void>()
    const origin = await rawOrigin(t, { answer: () => asked.resolve() })
    const { proxy, tape } = await startProxy(t)
    const client = await toProxy(t, proxy)
    client.write(`GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: a\r\n\r\n`)
    await asked.promise
    client[leave]()
    await tape.closed()
    assert.deepEqual(tape.codes(), [])
    const closed = tape.told('leg-closed').map(({ leg, closed: { by } }) => [leg, by])
    assert.deepEqual(closed.toSorted(), [
      ['client', 'client'],
      ['upstream', 'parley'],
    ])
  })
