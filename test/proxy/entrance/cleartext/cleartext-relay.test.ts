import assert from 'node:assert/strict'
import type { Duplex } from 'node:stream'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { type Problem, problemOf } from '../../../../src/problem/problem.ts'
import { CleartextRelay } from '../../../../src/proxy/entrance/cleartext/cleartext-relay.ts'
import { readRequestTarget } from '../../../../src/proxy/entrance/cleartext/request-target.ts'
import { ContentTap } from '../../../../src/proxy/socket/content-tap.ts'
import { MemoryTape } from '../../memory-tape.ts'
import { streamPair } from '../../stream-pair.ts'

/** What is under way in memory arrives in a few turns, each through a pair of streams. */
async function arrived(): Promise<void> {
  for (let i = 0; i < 25; i++) await turn()
}

/** Both ends of a client and of every origin that it asks, in memory. */
function rig({ dial = true } = {}) {
  const [client, near] = streamPair()
  const tap = new ContentTap({ socket: near as never, tape: new MemoryTape(), connection: 1, leg: 'client' })
  const told: string[] = []
  const rewritten: [number, string][] = []
  const origins = new Map<string, Duplex>()
  const heard = new Map<string, string>()
  let connected: { url: string; rest: string } | undefined
  const relay = new CleartextRelay(tap, {
    dial(origin) {
      const name = `${origin.target.host}:${origin.target.port}`
      if (!dial) return void setImmediate(() => relay.failed(origin, problemOf('tcp/refused')))
      const [ours, theirs] = streamPair()
      heard.set(name, '')
      theirs.on('data', chunk => heard.set(name, heard.get(name) + chunk)).on('error', () => {})
      theirs.resume()
      origins.set(name, theirs)
      setImmediate(() => origin.connected(ours))
    },
    targeted: ({ host }) => told.push(`targeted ${host}`),
    refusal: () => undefined,
    asked: ({ target, fields }) => readRequestTarget(target, fields.host) ?? badTarget(target),
    fail(failed, _accept, kept) {
      told.push(`failed ${failed.code}`)
      tap.write(`502 ${failed.code}`)
      if (!kept) tap.end()
    },
    cut: failed => told.push(`cut ${failed.code}`),
    refuse(fault) {
      told.push(`refused ${fault.code}`)
      tap.end('400')
    },
    connect(url, rest) {
      connected = { url, rest: Buffer.from(rest).toString() }
    },
    rewritten: (exchange, head) => rewritten.push([exchange, head]),
    idle: () => told.push('idle'),
  })
  let got = ''
  client.on('data', chunk => {
    got += chunk.toString('latin1')
  })
  let over = false
  client.on('end', () => {
    over = true
  })
  client.resume()
  return {
    told,
    rewritten,
    client,
    heard: (name: string) => heard.get(name),
    got: () => got,
    over: () => over,
    connected: () => connected,
    relay,
    /** Says something, and waits until it has arrived everywhere. */
    async say(text: string, from?: string) {
      const end = from === undefined ? client : origins.get(from)!
      end.write(Buffer.from(text, 'latin1'))
      await arrived()
    },
    async leave(from?: string) {
      const end = from === undefined ? client : origins.get(from)!
      end.end()
      await arrived()
    },
  }
}

const badTarget = (url: string): Problem => problemOf('proxy/bad-request', { detail: url })
const ok = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`

test('the head is written for the origin, and every other byte passes as it came', async () => {
  const { say, heard, got } = rig()
  const body = '5;a=b\r\nhello\r\n0\r\nX-Trailer: t\r\n\r\n'
  await say(
    `POST HTTP://One.test/p?q#f HTTP/1.1\r\nhOST: one.test\r\nX-A:  1\r\nx-a: 2\r\nProxy-Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
  )
  assert.equal(
    heard('one.test:80'),
    `POST /p?q#f HTTP/1.1\r\nhOST: one.test\r\nX-A:  1\r\nx-a: 2\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
  )
  const answer = `HTTP/1.1 200 Fine  indeed\r\nSet-Cookie: a\r\nset-cookie: b\r\nTransfer-Encoding: chunked\r\n\r\n${body}`
  await say(answer, 'one.test:80')
  assert.equal(got(), answer)
})

test('pipelined requests to two origins are answered in the order of the requests', async () => {
  const { say, heard, got, told } = rig()
  const get = (host: string, path: string) => `GET http://${host}${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
  await say(get('one.test', '/1') + get('two.test', '/2') + get('one.test', '/3'))
  assert.equal(heard('one.test:80')?.match(/GET/g)?.length, 2)
  await say(ok('second'), 'two.test:80')
  assert.equal(got(), '')
  await say(ok('first') + ok('third'), 'one.test:80')
  assert.equal(got(), ok('first') + ok('second') + ok('third'))
  assert.deepEqual(
    told.filter(word => word === 'idle'),
    ['idle'],
  )
})

test('bytes that nobody asked for reach nobody, and the next request gets a new connection', async () => {
  const { say, got, heard } = rig()
  await say('GET http://one.test/1 HTTP/1.1\r\n\r\n')
  await say(`${ok('one')}${ok('evil')}`, 'one.test:80')
  assert.equal(got(), ok('one'))
  await say('GET http://one.test/2 HTTP/1.1\r\n\r\n')
  assert.equal(heard('one.test:80'), 'GET /2 HTTP/1.1\r\n\r\n')
})

test('an origin that leaves while nothing is asked is dialled anew', async () => {
  const { say, leave, got, over } = rig()
  await say('GET http://one.test/1 HTTP/1.1\r\n\r\n')
  await say(ok('one'), 'one.test:80')
  await leave('one.test:80')
  await say('GET http://one.test/2 HTTP/1.1\r\n\r\n')
  await say(ok('two'), 'one.test:80')
  assert.equal(got(), ok('one') + ok('two'))
  assert.equal(over(), false)
})

test('a body without a length ends with the origin’s connection, and with it the client’s', async () => {
  for (const head of ['HTTP/1.0 200 OK\r\n\r\n', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n']) {
    const { say, leave, got, over } = rig()
    await say('GET http://one.test/ HTTP/1.1\r\n\r\n')
    await say(`${head}hello`, 'one.test:80')
    assert.equal(over(), false)
    await leave('one.test:80')
    assert.deepEqual([got(), over()], [`${head}hello`, true])
  }
})

test('any protocol is switched to, with the bytes that came before the 101 and behind it', async () => {
  const { say, got, heard } = rig()
  await say('GET http://one.test/ HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: odd/1\r\n\r\nearly')
  await say('HTTP/1.1 101 Switching Protocols\r\nUpgrade: odd/1\r\n\r\nwelcome', 'one.test:80')
  await say(' late')
  await say('\x00\xff', 'one.test:80')
  assert.match(heard('one.test:80')!, /\r\n\r\nearly late$/)
  assert.match(got(), /\r\n\r\nwelcome\x00\xff$/)
})

test('a client that reads slowly gets all of another protocol', async () => {
  const { say, got } = rig()
  await say('GET http://one.test/ HTTP/1.1\r\nUpgrade: odd/1\r\n\r\n')
  await say('HTTP/1.1 101 Switching Protocols\r\nUpgrade: odd/1\r\n\r\n', 'one.test:80')
  for (let i = 0; i < 20; i++) await say('x'.repeat(50_000), 'one.test:80')
  assert.equal(got().length - got().indexOf('\r\n\r\n') - 4, 1_000_000)
})

test('an upgrade that is refused leaves the connection to the next request', async () => {
  const { say, got, heard } = rig()
  await say('GET http://one.test/1 HTTP/1.1\r\nUpgrade: odd/1\r\n\r\nGET http://one.test/2 HTTP/1.1\r\n\r\n')
  await say(ok('no'), 'one.test:80')
  assert.match(heard('one.test:80')!, /GET \/2 HTTP/)
  await say(ok('yes'), 'one.test:80')
  assert.equal(got(), ok('no') + ok('yes'))
})

test('a client that has ended its side is answered, and its end reaches the origin', async () => {
  const { say, leave, got, over, client } = rig()
  client.allowHalfOpen = true
  await say('GET http://one.test/ HTTP/1.1\r\n\r\n')
  await leave()
  await say(ok('late'), 'one.test:80')
  assert.deepEqual([got(), over()], [ok('late'), true])
})

test('interim answers and an answer before the request is whole pass when they come', async () => {
  const { say, got, heard } = rig()
  await say('POST http://one.test/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n')
  await say('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n', 'one.test:80')
  assert.match(got(), /100 Continue\r\n\r\nHTTP\/1.1 103/)
  await say(ok('early'), 'one.test:80')
  await say('body')
  assert.match(heard('one.test:80')!, /\r\n\r\nbody$/)
})

test('what is not HTTP, or cannot be reached, is a problem in its place', async () => {
  const odd = rig()
  await odd.say('GET http://one.test/ HTTP/1.1\r\n\r\n')
  await odd.say('SSH-2.0-x\r\n', 'one.test:80')
  assert.deepEqual([odd.got(), odd.told.at(-2)], ['502 http/upstream-failed', 'failed http/upstream-failed'])
  const down = rig({ dial: false })
  await down.say('GET http://one.test/ HTTP/1.1\r\n\r\n')
  assert.equal(down.got(), '502 tcp/refused')
  const noServer = rig()
  await noServer.say('GET / HTTP/1.1\r\n\r\n')
  assert.equal(noServer.got(), '502 proxy/bad-request')
  const garbage = rig()
  await garbage.say('\x16\x03\x01')
  assert.deepEqual([garbage.got(), garbage.told], ['400', ['refused http1/not-http']])
})

test('a request whose end nobody knows is refused, and nothing of it goes on', async () => {
  const { say, got, told } = rig()
  await say('POST http://one.test/ HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody')
  assert.deepEqual([got(), told], ['400', ['refused http1/duplicate-content-length']])
})

test('a chunk that cannot be read is the origin’s to judge: what follows goes on as it comes', async () => {
  const { say, heard, got } = rig()
  await say('POST http://one.test/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n')
  await say('0\r\n\r\n')
  assert.match(heard('one.test:80')!, /\r\n\r\nzz\r\nhello\r\n0\r\n\r\n$/)
  await say('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n', 'one.test:80')
  assert.match(got(), /^HTTP\/1.1 400/)
})

test('a CONNECT behind other requests waits for their answers, and takes what follows it along', async () => {
  const { say, got, connected } = rig()
  await say('GET http://one.test/ HTTP/1.1\r\n\r\nCONNECT two.test:443 HTTP/1.1\r\n\r\n\x16\x03\x01')
  assert.equal(connected(), undefined)
  await say(ok('one'), 'one.test:80')
  assert.deepEqual([got(), connected()], [ok('one'), { url: 'two.test:443', rest: '\x16\x03\x01' }])
})

test('a head that the server gets otherwise is told with the place of its request, and no other', async () => {
  const { say, rewritten } = rig()
  await say('GET http://one.test/1 HTTP/1.1\r\nHost: one.test\r\n\r\n')
  await say('GET http://two.test/2 HTTP/1.1\r\nHost: one.test\r\nProxy-Authorization: Basic dTpw\r\n\r\n')
  assert.deepEqual(rewritten, [[2, 'GET /2 HTTP/1.1\r\nHost: two.test\r\n\r\n']])
})

test('a server that cannot be reached, or that nobody names, has not been asked', async () => {
  const { say, rewritten } = rig({ dial: false })
  await say('GET http://one.test/1 HTTP/1.1\r\nHost: one.test\r\n\r\n')
  await say('GET ftp://one.test/1 HTTP/1.1\r\nHost: one.test\r\n\r\n')
  assert.deepEqual(rewritten, [
    [1, ''],
    [2, ''],
  ])
})
