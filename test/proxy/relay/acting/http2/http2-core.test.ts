import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import type { Claims } from '../../../../../src/rules/claims.ts'
import type { RequestVerdict } from '../../../../../src/rules/verdict.ts'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, claimResponse, get, later, ok, post, settled, talking } from './peers.ts'

const only = (path: string, verdict: RequestVerdict | Promise<RequestVerdict>, most = 0): Partial<Claims> => ({
  request: (_, head) => (head.path === path ? claimRequest(() => verdict, most) : undefined),
})
const acts: readonly never[] = []

test('a changed head is the one thing that changes: the fields of all others stay, and what never is indexed', () => {
  const at = talking(
    only('/a', {
      type: 'change',
      acts,
      head: { ...head('/a'), headers: [...get('/a', ['authorization', 'new']), ['x-parley', 'yes']] },
    }),
  )
  const { client } = at
  const secret = frameBytes(
    1,
    5,
    1,
    client.encoder.encode(get('/a', ['authorization', 'old']), Uint8Array.of(0, 0, 1, 1, 3)),
  )
  at.fromClient(client.preface, secret, client.headers(3, get('/b', ['x', 'y']), true), client.ping())
  at.fromClient(client.headers(5, get('/b', ['x', 'y']), true))
  assert.deepEqual(at.atServer(), [
    'HEADERS 1 END :method=GET :scheme=https :authority=a.test :path=/a authorization=new x-parley=yes',
    'HEADERS 3 END :method=GET :scheme=https :authority=a.test :path=/b x=y',
    'PING 3132333435363738',
    'HEADERS 5 END :method=GET :scheme=https :authority=a.test :path=/b x=y',
  ])
  assert.ok(at.bytes('to-server').includes(Buffer.from('1f08', 'hex')), 'authorization stays never-indexed')
  assert.deepEqual(
    at.told.map(([id, event]) => [id, event.type]),
    [[1, 'server-request']],
  )
})

test('a held request lets the others go on, and gets a fresh id that only the server sees', async () => {
  const verdict = later<RequestVerdict>()
  const at = talking(only('/held', verdict.promise))
  const { client, server } = at
  at.fromClient(client.preface, client.headers(1, get('/held'), true), client.headers(3, get('/free'), true))
  assert.deepEqual(at.atServer(), ['HEADERS 3 END :method=GET :scheme=https :authority=a.test :path=/free'])
  verdict.resolve({ type: 'pass', acts })
  await settled()
  at.fromClient(client.headers(5, get('/next')), client.window(1, 7), client.data(5, 'x', true))
  assert.deepEqual(at.atServer(), [
    'HEADERS 5 END :method=GET :scheme=https :authority=a.test :path=/held',
    'HEADERS 7 :method=GET :scheme=https :authority=a.test :path=/next',
    'WINDOW_UPDATE 5 7',
    'DATA 7 x END',
  ])
  at.fromServer(
    server.headers(5, ok),
    server.data(5, 'held', true),
    server.headers(7, ok, true),
    server.headers(3, ok, true),
  )
  assert.deepEqual(at.atClient(), [
    'HEADERS 1 :status=200',
    'DATA 1 held END',
    'HEADERS 5 END :status=200',
    'HEADERS 3 END :status=200',
  ])
})

test('GOAWAY speaks of the ids that its receiver knows, and what the server did not take may be tried again', async () => {
  const verdict = later<RequestVerdict>()
  const at = talking(only('/held', verdict.promise))
  const { client, server } = at
  at.fromClient(client.preface, client.headers(1, get('/held'), true), client.headers(3, get('/free'), true))
  verdict.resolve({ type: 'pass', acts })
  await settled()
  at.fromServer(server.goaway(3))
  assert.deepEqual(at.atClient(), ['GOAWAY 0 3', 'RST_STREAM 1 7'])
})

test('Parley answers itself: the server hears nothing, not of the body either, and the windows are given back', () => {
  const at = talking(
    only('/mock', { type: 'answer', acts, answer: { status: 418, headers: [['X-Tea', 'pot']], body: ascii('tea') } }),
  )
  const { client } = at
  at.fromClient(client.preface, client.headers(1, post('/mock')), client.data(1, 'hello'), client.window(1, 9))
  at.fromClient(
    client.data(1, 'more', true),
    client.headers(3, get('/free'), true),
    client.window(1, 9),
    client.reset(1),
  )
  assert.deepEqual(at.atServer(), ['HEADERS 3 END :method=GET :scheme=https :authority=a.test :path=/free'])
  assert.deepEqual(at.atClient(), [
    'HEADERS 1 :status=418 x-tea=pot',
    'DATA 1 tea END',
    'WINDOW_UPDATE 0 5',
    'WINDOW_UPDATE 1 5',
    'WINDOW_UPDATE 0 4',
  ])
  assert.deepEqual(
    at.told.map(([, event]) => event.type),
    ['server-not-asked'],
  )
})

test('a response is changed with its body, and what the server said is told', async () => {
  const at = talking({
    response: () =>
      claimResponse(
        async ({ head: before, body }) => ({
          type: 'change',
          acts: [{ by: 'r', did: 'x' }],
          head: { ...before, status: 201, headers: [...before.headers, ['content-length', '99']] as Header[] },
          body: ascii(`${Buffer.from(body!).toString()}!`),
        }),
        100,
      ),
  })
  const { client, server } = at
  at.fromClient(client.preface, client.headers(1, get('/'), true))
  at.fromServer(server.headers(1, ok), server.data(1, 'body'), server.data(1, '', true), server.ping())
  assert.deepEqual(at.atClient(), ['PING 3132333435363738'])
  await settled()
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=201 content-length=5', 'DATA 1 body! END'])
  assert.deepEqual(at.own, ['1 to-client body'])
  assert.deepEqual(
    at.told.map(([, event]) => event.type),
    ['acted', 'server-request', 'server-response', 'server-ended', 'problem'],
  )
})

test('what an edit may not say is refused, and the message goes on as it came', () => {
  for (const bad of [
    ['Upper', 'x'],
    ['connection', 'close'],
    ['x', 'a\r\nb'],
    ['te', 'gzip'],
    ['a b', ''],
  ] as Header[]) {
    const at = talking(only('/', { type: 'change', acts, head: { ...head('/'), headers: [...get('/'), bad] } }))
    at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
    assert.deepEqual(at.atServer(), ['HEADERS 1 END :method=GET :scheme=https :authority=a.test :path=/'])
    assert.deepEqual(
      at.told.map(([, event]) => event.type === 'problem' && event.problem.code),
      ['acting/bad-head'],
    )
  }
})

test('a stream that is broken off is so for both that know it', () => {
  for (const [how, code] of [
    ['reset', 8],
    ['close', 0],
  ] as const) {
    const at = talking({ response: () => claimResponse({ type: 'break', acts, how }) })
    at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
    at.fromServer(at.server.headers(1, ok), at.server.data(1, 'late'), at.server.ping())
    assert.deepEqual(at.atServer().slice(1), [`RST_STREAM 1 ${code}`, 'WINDOW_UPDATE 0 4'])
    assert.deepEqual(at.atClient(), [`RST_STREAM 1 ${code}`, 'PING 3132333435363738'])
    const early = talking(only('/', { type: 'break', acts, how }))
    early.fromClient(early.client.preface, early.client.headers(1, get('/'), true))
    assert.deepEqual([early.atServer(), early.atClient()], [[], [`RST_STREAM 1 ${code}`]])
  }
  const hole = talking(only('/', { type: 'break', acts, how: 'black-hole' }))
  hole.fromClient(hole.client.preface, hole.client.headers(1, get('/'), true))
  assert.deepEqual([hole.atServer(), hole.atClient()], [[], []])
})

test('nothing of Parley’s goes to a client before the SETTINGS of its server (RFC 9113 3.4)', () => {
  const at = talking(
    only('/', { type: 'answer', acts, answer: { status: 204, headers: [], body: ascii('') } }),
    undefined,
    false,
  )
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  assert.deepEqual(at.atClient(), [])
  at.fromServer(at.server.settings())
  assert.deepEqual(at.atClient(), ['SETTINGS ', 'HEADERS 1 END :status=204'])
})

test('half a body, then a reset', () => {
  const at = talking({
    response: () => claimResponse({ type: 'change', acts, cut: { after: 6, how: 'reset' } }),
  })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  at.fromServer(at.server.headers(1, ok), at.server.data(1, 'body'), at.server.data(1, 'body', true))
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=200', 'DATA 1 body', 'DATA 1 bo', 'RST_STREAM 1 8'])
})

test('a client that resets a held request is gone, and the server has heard nothing', async () => {
  const verdict = later<RequestVerdict>()
  let gone = 0
  const at = talking({
    request: () =>
      claimRequest(
        () => verdict.promise,
        0,
        () => gone++,
      ),
  })
  at.fromClient(at.client.preface, at.client.headers(1, post('/')), at.client.data(1, 'x'), at.client.reset(1))
  assert.equal(gone, 1)
  verdict.resolve({ type: 'pass', acts })
  await settled()
  assert.deepEqual(at.atServer(), [])
  const closed = talking({
    request: () =>
      claimRequest(
        () => new Promise(() => {}),
        0,
        () => gone++,
      ),
  })
  closed.fromClient(closed.client.preface, closed.client.headers(1, get('/'), true))
  closed.core.close()
  closed.core.close()
  assert.equal(gone, 2)
})

test('a client that waits for 100 (Continue) has it from Parley once, where the body is wanted whole', async () => {
  const at = talking({ request: () => claimRequest({ type: 'pass', acts }, 100) })
  const { client, server } = at
  at.fromClient(client.preface, client.headers(1, post('/', ['expect', '100-continue'])))
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=100'])
  at.fromClient(client.data(1, 'x', true))
  at.fromServer(server.headers(1, [[':status', '100']]), server.headers(1, ok, true))
  assert.deepEqual(at.atClient(), ['WINDOW_UPDATE 0 1', 'HEADERS 1 END :status=200'])
})

test('what cannot be read goes on as raw bytes for good, and what was held is released', () => {
  const at = talking({
    request: (_, { path }) => (path === '/held' ? claimRequest(() => new Promise(() => {})) : undefined),
  })
  const { client } = at
  const bad = Buffer.concat([frameBytes(1, 5, 3, ascii('\x80')), ascii('anything')])
  at.fromClient(client.preface, client.headers(1, get('/'), true), bad)
  at.fromClient(ascii('more'))
  assert.ok(
    at
      .bytes('to-server')
      .subarray(-bad.length - 4)
      .equals(Buffer.concat([bad, ascii('more')])),
  )
  const forked = talking({ request: () => claimRequest(() => new Promise(() => {})) })
  forked.fromClient(forked.client.preface, forked.client.headers(1, get('/'), true), bad)
  assert.deepEqual(forked.atServer(), [
    'HEADERS 1 END :method=GET :scheme=https :authority=a.test :path=/',
    'unreadable',
  ])
})

test('the receiver that takes no more stops the sender', () => {
  const at = talking()
  at.state.takes['to-server'] = false
  at.fromClient(at.client.preface)
  at.core.drained('to-server')
  at.core.end('to-server')
  assert.deepEqual(at.flow, ['flow to-server false', 'flow to-server true', 'end to-server'])
})

function head(path: string) {
  return {
    method: 'GET',
    target: path,
    scheme: 'https',
    authority: 'a.test',
    path,
    version: 'HTTP/2',
    headers: get(path),
  }
}
