import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { hostAndPort } from '../../../../src/model/host-and-port.ts'
import { rawOrigin, startProxy, toProxy } from '../../running.ts'
import { say, statusOf } from '../../say.ts'
import { once, readAll } from '../../socket-pair.ts'
import { listeningOn } from './listening.ts'

for (const [url, path] of [
  ['http://[::1]:PORT/a', '/a'],
  ['http://localhost:PORT?x=1', '/?x=1'],
  ['http://localhost:PORT', '/'],
  ['http://user:secret@localhost:PORT/a', '/a'],
  ['HTTP://LocalHost:PORT/a', '/a'],
] as const) {
  test(`a plain request for ${url} reaches its server`, async t => {
    const origin = await listeningOn(t, url.includes('::1') ? '::1' : '127.0.0.1')
    const { proxy, tape } = await startProxy(t)
    const whole = url.replace('PORT', String(origin.port))
    const answer = await say(t, proxy, `GET ${whole} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`)
    const { host } = new URL(whole) // the target's, whatever Host says (RFC 9112 3.2.2)
    assert.ok(answer.endsWith(`\r\n\r\nGET ${path} ${host}`), answer)
    await tape.closed()
    assert.deepEqual(tape.codes(), [])
    assert.deepEqual(
      tape.told('targeted').map(told => hostAndPort(told.target)),
      [host],
    )
  })
}

test('a request for a path goes to the server of its Host field', async t => {
  const origin = await listeningOn(t, '::1')
  const { proxy } = await startProxy(t)
  const answer = await say(t, proxy, `GET /a HTTP/1.1\r\nHost: [::1]:${origin.port}\r\nConnection: close\r\n\r\n`)
  assert.ok(answer.endsWith(`GET /a [::1]:${origin.port}`), answer)
})

test("a request that names no server is the client's fault", async t => {
  for (const [target, host] of [
    ['http://a.example:99999/', 'a'],
    ['/', '[::1'],
    ['https://localhost:1/', 'localhost:1'],
  ] as const) {
    const { proxy, tape } = await startProxy(t)
    const head = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n`
    assert.equal(statusOf(await say(t, proxy, head)), 400)
    await tape.closed()
    assert.deepEqual([tape.codes(), tape.told('dialled')], [['proxy/bad-request'], []])
  }
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
  assert.ok(tape.contentText('client', 'to-server').startsWith('GET http://'))
  assert.ok(tape.contentText('upstream', 'to-server').startsWith('GET /a?b=c'))
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

test('what comes before and behind a response is passed on: 103 and trailers', async t => {
  const answer =
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\nTrailer: X-Sum\r\n' +
    'Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: abc\r\n\r\n'
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end(answer) })
  const { proxy } = await startProxy(t)
  const asked = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${origin.port}\r\n\r\n`
  assert.equal(await say(t, proxy, asked), answer)
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

test('a client of HTTP/1.0 gets what the server says, chunks too, and then the end of the connection', async t => {
  const chunked =
    'HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n2\r\nhi\r\n0\r\n\r\n'
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.write(chunked) })
  const { proxy, tape } = await startProxy(t)
  const answer = await say(t, proxy, `GET http://127.0.0.1:${origin.port}/ HTTP/1.0\r\n\r\n`)
  assert.equal(answer, chunked)
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

test('a server that answers before it has heard all, and hears no more, is heard', async t => {
  const early = 'HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno'
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end(early, () => socket.destroy()) })
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  const answer = readAll(client)
  client.write(`PUT http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n`)
  while (!client.destroyed && client.bytesWritten < 5_000_000) {
    client.write(Buffer.alloc(100_000))
    await wait(1)
  }
  client.end()
  assert.equal(String(await answer), early)
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

test('the head of an upload reaches its server before the body does', async t => {
  const early = 'HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno'
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.write(early) })
  const { proxy } = await startProxy(t)
  const head = `PUT http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n`
  assert.equal(await say(t, proxy, head), early)
})

test('the trailers of a request reach its server', async t => {
  const body = '2\r\nhi\r\n0\r\nX-Sum: abc\r\nx-sum: d\r\n\r\n'
  const origin = await rawOrigin(t, {
    answer(received, socket) {
      if (received.includes('\r\n0\r\n')) socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n')
    },
  })
  const { proxy } = await startProxy(t)
  const head = `POST http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n`
  await say(t, proxy, `${head}Trailer: X-Sum\r\n\r\n${body}`)
  assert.ok(origin.received().toString().endsWith(`\r\n\r\n${body}`), origin.received().toString())
})

test('what a client expects its server decides, and says so once', async t => {
  const last = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi'
  const refusal = 'HTTP/1.1 417 Not Here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
  const goOn = 'HTTP/1.1 100 Go On\r\n\r\n'
  for (const [expected, version, answer] of [
    ['100-continue', '1.1', goOn + last],
    ['100-continue', '1.1', refusal],
    ['something', '1.1', last],
    ['100-continue', '1.0', goOn + last],
  ] as const) {
    const origin = await rawOrigin(t, { answer: (_, socket) => void socket.write(answer) })
    const { proxy } = await startProxy(t)
    const head = `PUT http://127.0.0.1:${origin.port}/ HTTP/${version}\r\nHost: a\r\nExpect: ${expected}\r\n`
    const heard = await say(t, proxy, `${head}Content-Length: 0\r\n\r\n`)
    assert.equal(heard, answer)
    assert.match(origin.received().toString(), new RegExp(`\r\nExpect: ${expected}\r\n`))
  }
})

for (const leave of ['destroy', 'resetAndDestroy'] as const)
  test(`a server that has answered wholly may go in the midst of an upload (${leave})`, async t => {
    const early = 'HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\n\r\nno'
    const next = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext'
    const origin = await rawOrigin(t, {
      answer(received, socket) {
        if (received.includes('GET ')) socket.end(next)
        else socket.end(early, () => socket[leave]())
      },
    })
    const { proxy, tape } = await startProxy(t)
    const client = await toProxy(t, proxy)
    const url = `http://127.0.0.1:${origin.port}/`
    client.write(`PUT ${url} HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n`)
    assert.match(String(await once(client, 'data')), /no$/)
    client.write(Buffer.alloc(20_000_000))
    client.write(`GET ${url} HTTP/1.1\r\nHost: a\r\n\r\n`)
    assert.match(String(await once(client, 'data')), /next$/)
    client.destroy()
    await tape.closed()
    assert.deepEqual(tape.codes(), [])
  })
