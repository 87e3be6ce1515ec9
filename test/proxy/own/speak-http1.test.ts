import assert from 'node:assert/strict'
import { type Duplex, duplexPair } from 'node:stream'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Header, RequestHead } from '../../../src/model/exchange.ts'
import type { Said } from '../../../src/proxy/own/own-request.ts'
import { speakHttp1 } from '../../../src/proxy/own/speak-http1.ts'

const head = (headers: readonly Header[] = [['hOSt', 'a']], method = 'GET'): RequestHead => ({
  ...{ method, target: '/', scheme: 'http', authority: 'a', path: '/', version: 'HTTP/1.1', headers },
})

const server = { scheme: 'http', host: 'a', port: 80 } as const
const none = new Uint8Array(0)

/** Speaks with a server that answers `said` to the whole request, and ends where `ends`. */
function speaking(also: Partial<Said>, said: string | readonly string[], ends = false) {
  const [stream, far] = duplexPair()
  const received: Buffer[] = []
  far.on('data', (part: Buffer) => received.push(part))
  far.on('error', () => {})
  void (async () => {
    for (const part of [said].flat()) {
      await new Promise(resolve => setImmediate(resolve))
      far.write(Buffer.from(part, 'latin1'))
    }
    if (ends) far.end()
  })()
  const answer = speakHttp1({ stream, server, head: head(), body: none, ...also })
  return { answer, far: far as Duplex, received: () => Buffer.concat(received).toString('latin1') }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).toString('latin1')
}

const whole =
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 Fine\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nt: 1\r\n\r\n'

test('an answer is the same wherever the network cuts', async () => {
  for (let cut = 0; cut <= whole.length; cut++) {
    const { answer } = speaking({}, [whole.slice(0, cut), whole.slice(cut)])
    const { head, body, informational, trailers } = await answer
    assert.deepEqual([head.status, head.reason, head.headers[0]], [200, 'Fine', ['X', 'y']])
    assert.equal(await textOf(body), 'abcde')
    assert.deepEqual([informational[0]?.status, trailers?.()], [100, [['t', '1']]], `cut at ${cut}`)
  }
})

test('the head goes out as it stands, raw where it stood so', async () => {
  const plain = speaking({}, 'HTTP/1.1 204 x\r\n\r\n')
  assert.equal((await plain.answer).head.status, 204)
  assert.equal(plain.received(), 'GET / HTTP/1.1\r\nhOSt: a\r\n\r\n')
  const raw = 'GET / HTTP/1.1\nhOSt:a \n\n'
  const odd = speaking({ head: { ...head(), raw } }, 'HTTP/1.1 204 x\r\n\r\n')
  await odd.answer
  assert.equal(odd.received(), raw)
})

test('a body gets a right length, in the field that told another, or chunks where nobody knows it', async () => {
  const post = head(
    [
      ['Content-Length', '999'],
      ['A', 'b'],
    ],
    'POST',
  )
  const wrong = speaking({ head: post, body: Buffer.from('ok') }, 'HTTP/1.1 204 x\r\n\r\n')
  const { request } = await wrong.answer
  assert.deepEqual(request.headers, [
    ['Content-Length', '2'],
    ['A', 'b'],
  ])
  assert.equal(wrong.received(), 'POST / HTTP/1.1\r\nContent-Length: 2\r\nA: b\r\n\r\nok')
  const parts = (async function* () {
    yield Buffer.from('o')
    yield none
    yield Buffer.from('k')
  })()
  const stream = speaking({ head: post, body: parts, trailers: [['t', '1']] }, 'HTTP/1.1 204 x\r\n\r\n')
  await stream.answer
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(
    stream.received(),
    'POST / HTTP/1.1\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\nt: 1\r\n\r\n',
  )
  const none2 = speaking({ head: head([['Host', 'a']], 'POST'), body: Buffer.from('x') }, 'HTTP/1.1 204 x\r\n\r\n')
  await none2.answer
  assert.match(none2.received(), /Host: a\r\nContent-Length: 1\r\n\r\nx$/)
})

test('a body without a length ends with the connection; HEAD and 101 have none', async () => {
  const open = speaking({}, ['HTTP/1.0 200 OK\r\n\r\n', 'abc'], true)
  assert.equal(await textOf((await open.answer).body), 'abc')
  const probe = speaking({ head: head([], 'HEAD') }, 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n')
  assert.equal(await textOf((await probe.answer).body), '')
  const upgraded = speaking({}, 'HTTP/1.1 101 Sw\r\nUpgrade: x\r\n\r\n')
  const { head: switched, body } = await upgraded.answer
  assert.deepEqual([switched.status, await textOf(body)], [101, ''])
})

test('what breaks off, is no HTTP or never comes is told with its cause', async () => {
  for (const [said, error, late] of [
    ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab', /broke off or is not HTTP: it ended before/, true],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', /broke off or is not HTTP/, true],
    ['SSH-2.0-x\r\n\r\n', /without answering/, false],
    ['', /it ended without an answer/, false],
  ] as const) {
    const { answer } = speaking({}, said, true)
    await assert.rejects(late ? answer.then(({ body }) => textOf(body)) : answer, error)
  }
})

test('a body that nobody reads is held back, and one that is given up ends the connection', async () => {
  const { answer, far } = speaking({}, 'HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n')
  const { body } = await answer
  let written = 0
  const taken = (): Promise<unknown> =>
    Promise.race([new Promise(resolve => far.once('drain', () => resolve(true))), setTimeout(50)])
  do {
    far.write(Buffer.alloc(65_536))
    written += 65_536
  } while (written < 50_000_000 && (await taken()))
  assert.ok(written < 1_000_000, `${written} bytes were taken`)
  const closed = new Promise(resolve => far.once('end', resolve).once('close', resolve))
  await body[Symbol.asyncIterator]().return?.()
  await closed
})
