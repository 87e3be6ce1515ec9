import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import type { Claims } from '../../../../../src/rules/claims.ts'
import type { RequestVerdict } from '../../../../../src/rules/verdict.ts'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import {
  ascii,
  claimRequest,
  claimResponse,
  get,
  later,
  ok,
  post,
  settled,
  speaker,
  talking,
  u32Bytes,
} from './peers.ts'

const only = (path: string, verdict: RequestVerdict | Promise<RequestVerdict>, most = 0): Partial<Claims> => ({
  request: (_, head) => (head.path === path ? claimRequest(() => verdict, most) : undefined),
})
const acts: readonly never[] = []

/** A conversation with a bit of everything that HTTP/2 has. */
function conversation() {
  const [client, server] = [speaker(), speaker()]
  const first = client.headers(1, get('/'), true)
  const block = client.block(post('/long', ['x-long', 'y'.repeat(30)]))
  const toServer = [
    client.preface,
    client.settings([4, 100_000], [1, 8192]),
    client.window(0, 1000),
    frameBytes(2, 0, 5, Buffer.concat([u32Bytes(0), ascii('\x07')])),
    first,
    frameBytes(
      1,
      0x28,
      3,
      Buffer.concat([ascii('\x02'), u32Bytes(1), ascii('\x10'), block.subarray(0, 5), ascii('\0\0')]),
    ),
    frameBytes(9, 0, 3, block.subarray(5, 9)),
    frameBytes(9, 4, 3, block.subarray(9)),
    client.data(3, 'hello'),
    frameBytes(0, 8, 3, ascii('\x03world\0\0\0')),
    client.headers(3, [['x-trailer', 'z']], true),
    frameBytes(0xfa, 7, 9, ascii('grease')),
    client.ping(),
    client.headers(5, get('/')),
    client.reset(5),
    frameBytes(16, 0, 0, Buffer.concat([u32Bytes(1), ascii('u=1')])),
  ]
  const toClient = [
    server.settings([4, 70_000]),
    frameBytes(4, 1, 0),
    server.headers(1, [
      [':status', '103'],
      ['link', '<a>'],
    ]),
    frameBytes(5, 4, 1, Buffer.concat([u32Bytes(2), server.block(get('/pushed'))])),
    server.headers(1, [...ok, ['x-a', 'b']]),
    server.data(1, 'body', true),
    server.headers(2, ok, true),
    server.window(3, 500),
    server.headers(3, ok),
    server.data(3, '', true),
    server.goaway(5),
  ]
  return { toServer: Buffer.concat(toServer), toClient: Buffer.concat(toClient) }
}

for (const direction of ['to-server', 'to-client'] as const)
  test(`what nobody claims goes on as the very bytes, in the call in which it can be read, wherever the network cuts: ${direction}`, () => {
    const { toServer, toClient } = conversation()
    const bytes = direction === 'to-server' ? toServer : toClient
    for (let cut = 0; cut <= bytes.length; cut++) {
      const at = talking()
      if (direction === 'to-client') at.fromClient(toServer)
      const push = direction === 'to-server' ? at.fromClient : at.fromServer
      push(bytes.subarray(0, cut))
      push(bytes.subarray(cut))
      assert.deepEqual(at.bytes(direction), bytes, `cut at byte ${cut}`)
      assert.deepEqual(at.told, [])
    }
    const at = talking()
    if (direction === 'to-client') at.fromClient(toServer)
    for (const byte of bytes) (direction === 'to-server' ? at.fromClient : at.fromServer)(Uint8Array.of(byte))
    assert.deepEqual(at.bytes(direction), bytes, 'one byte at a time')
  })

test('a verdict that changes nothing, given at once, leaves the bytes as they were', () => {
  const { toServer, toClient } = conversation()
  const asked: string[] = []
  const at = talking({
    request: (id, head) => {
      asked.push(`${id} ${head.method} ${head.path}`)
      return claimRequest({ type: 'pass', acts })
    },
    response: (id, request, head) => {
      asked.push(`${id} ${request.path} ${head.status}`)
      return claimResponse({ type: 'pass', acts })
    },
  })
  at.fromClient(toServer)
  at.fromServer(toClient)
  assert.deepEqual([at.bytes('to-server'), at.bytes('to-client')], [toServer, toClient])
  assert.deepEqual(asked, ['1 GET /', '3 POST /long', '5 GET /', '1 / 200', '2 /pushed 200', '3 /long 200'])
})

test('DATA goes on while it comes', () => {
  const at = talking()
  at.fromClient(at.client.preface, at.client.headers(1, post('/')))
  const before = at.bytes('to-server').length
  at.fromClient(at.client.data(1, 'hello').subarray(0, 11))
  assert.equal(at.bytes('to-server').length - before, 11)
})

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

test('a body that is wanted whole may come whole, and another goes on with a right length and its trailers', async () => {
  const seen: string[] = []
  const at = talking({
    request: () =>
      claimRequest(async ({ body }) => {
        seen.push(Buffer.from(body ?? []).toString())
        return { type: 'change', acts, body: ascii('another body') }
      }, 1000),
  })
  const { client } = at
  at.fromClient(client.preface, client.headers(1, post('/', ['content-length', '10'])))
  at.fromClient(client.data(1, 'hello'), client.data(1, 'world'), client.headers(1, [['x-t', '1']], true))
  assert.deepEqual(at.atClient().length, 4)
  await settled()
  assert.deepEqual(seen, ['helloworld'])
  assert.deepEqual(at.atServer(), [
    'HEADERS 1 :method=POST :scheme=https :authority=a.test :path=/ content-length=12',
    'DATA 1 another body',
    'HEADERS 1 END x-t=1',
  ])
  assert.deepEqual(at.own, ['1 to-server another body'])
  assert.deepEqual(
    at.told.map(([, event]) => event.type),
    ['server-request', 'server-ended'],
  )
})

test('a body over what is wanted goes on as it came, padding too', async () => {
  const bodies: unknown[] = []
  const at = talking({
    request: () =>
      claimRequest(async ({ body }) => {
        bodies.push(body)
        return { type: 'pass', acts }
      }, 4),
  })
  const { client } = at
  at.fromClient(client.preface, client.headers(1, post('/')), frameBytes(0, 8, 1, ascii('\x02hello\0\0')))
  await settled()
  at.fromClient(client.data(1, '!', true))
  assert.deepEqual(bodies, [undefined])
  assert.deepEqual(at.atServer(), [
    'HEADERS 1 :method=POST :scheme=https :authority=a.test :path=/',
    'DATA 1 \x02hello\0\0',
    'DATA 1 ! END',
  ])
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
