import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RequestHead, ResponseHead } from '../../../src/model/exchange.ts'
import { Http1Observer } from '../../../src/observe/http1/observer.ts'
import type { WebSocketMessage } from '../../../src/observe/plain.ts'
import { sentHead } from '../../../src/view/head-text.ts'
import { webSocketFrame } from '../../wire/websocket/frame-bytes.ts'
import { observed } from '../observed.ts'
import { recordConversation } from '../record-conversation.ts'
import { client, context, fin, gap, type Part, server, Transcript } from '../transcript.ts'

const watch = (parts: readonly Part[], close = false) => observed(parts, { alpn: 'http/1.1', close }).slice(1)
const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const opened = (key: number) => `${key} open GET https://a/ HTTP/1.1 {Host=a}`

test('keep-alive: exchanges one after another, each with its own body', () => {
  assert.deepEqual(
    watch([
      client('POST /x HTTP/1.1\r\nhOST: a\r\nContent-Length: 2\r\n\r\nhi'),
      server('HTTP/1.1 201 Made\r\nContent-Length: 3\r\n\r\nyes'),
      client(get),
      server('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nSum: 6\r\n\r\n'),
    ]),
    [
      '1 open POST https://a/x HTTP/1.1 {hOST=a; Content-Length=2}',
      '1 request body hi',
      '1 request ended',
      '1 response-head HTTP/1.1 201 Made {Content-Length=3}',
      '1 response body yes',
      '1 response ended',
      opened(2),
      '2 request ended',
      '2 response-head HTTP/1.1 200 OK {Transfer-Encoding=chunked}',
      '2 response body abc',
      '2 response ended [["Sum","6"]]',
    ],
  )
})

test('pipelined requests get their responses in order', () => {
  const lines = watch([
    client(get + get.replace('GET', 'HEAD') + get),
    server(
      'HTTP/1.1 200 A\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 B\r\nContent-Length: 9\r\n\r\nHTTP/1.1 304 C\r\n\r\n',
    ),
  ])
  assert.deepEqual(lines.slice(6), [
    '1 response-head HTTP/1.1 200 A {Content-Length=1}',
    '1 response body 1',
    '1 response ended',
    '2 response-head HTTP/1.1 200 B {Content-Length=9}',
    '2 response ended',
    '3 response-head HTTP/1.1 304 C {}',
    '3 response ended',
  ])
})

test('interim responses come before the final one', () => {
  assert.deepEqual(
    watch([
      client('POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n'),
      server('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'),
      client('y'),
      server('HTTP/1.1 204 No Content\r\n\r\n'),
    ]).slice(1),
    [
      '1 informational HTTP/1.1 100 Continue {}',
      '1 informational HTTP/1.1 103 Early Hints {Link=x}',
      '1 request body y',
      '1 request ended',
      '1 response-head HTTP/1.1 204 No Content {}',
      '1 response ended',
    ],
  )
})

test('interim responses and unanswered requests without end are cut short and told', () => {
  const flood = (parts: readonly Part[]) => {
    const transcript = new Transcript()
    const observer = new Http1Observer(context, transcript)
    for (const [direction, bytes] of parts) observer.push(direction, 0, Buffer.from(bytes as string))
    return transcript.lines
  }
  const interim = flood([client(get), server('HTTP/1.1 102 x\r\n\r\n'.repeat(60)), server('HTTP/1.1 204 y\r\n\r\n')])
  assert.equal(interim.filter(line => line.startsWith('1 informational')).length, 50)
  assert.deepEqual(interim.slice(-3), [
    '1 problem http/too-many-interim parley',
    '1 response-head HTTP/1.1 204 y {}',
    '1 response ended',
  ])
  const requests = flood([client(get.repeat(1010)), server('HTTP/1.1 204 y\r\n\r\n'.repeat(1010))])
  assert.equal(requests.filter(line => line.endsWith('response ended')).length, 1000)
  assert.deepEqual(
    requests.filter(line => line.includes('problem')),
    ['problem http1/too-many-waiting parley'],
  )
})

test('a response without a length ends with the FIN, and is aborted by a close without one', () => {
  const parts = [client(get), server('HTTP/1.0 200 OK\r\n\r\nab')]
  assert.deepEqual(watch([...parts, fin('to-client')], true).slice(3), ['1 response body ab', '1 response ended'])
  assert.deepEqual(watch(parts, true).slice(3), ['1 response body ab', '1 cancelled by client: closed'])
})

test('a client that ended its direction first gave up, and the server that follows it is not to blame', () => {
  const gaveUp = '1 cancelled by client: the client ended the connection before the response was whole'
  assert.deepEqual(watch([client(get), fin('to-server'), fin('to-client')], true).slice(2), [gaveUp])
  const half = server('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab')
  assert.deepEqual(watch([client(get), half, fin('to-server'), fin('to-client')]).slice(3), [
    '1 response body ab',
    gaveUp,
  ])
  const whole = server('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab')
  assert.deepEqual(watch([client(get), fin('to-server'), whole, fin('to-client')]).slice(3), [
    '1 response body ab',
    '1 response ended',
  ])
})

test('a client gave up when it left, or with the last bytes that still came', () => {
  for (const [late, at] of [
    ['', 2000],
    ['HTTP/1.1 200 OK\r\n', 2300],
  ] as const) {
    const ends: number[] = []
    const event = (_key: number, { type, ...told }: { readonly type: string; readonly at?: number }) => {
      if (type === 'aborted') ends.push(told.at!)
    }
    const observer = new Http1Observer(context, { open() {}, event, problem() {}, protocol() {} })
    observer.push('to-server', 1, Buffer.from(get))
    observer.end('to-server', 2000)
    if (late) observer.push('to-client', 2300, Buffer.from(late))
    observer.end('to-client', 15_000)
    assert.deepEqual(ends, [at])
  }
})

test('a response whose end nobody can know is the server’s doing, whoever closes then', () => {
  const bad = server('HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nok')
  for (const ends of [[], [fin('to-client')], [fin('to-server')]])
    assert.equal(
      watch([client(get), bad, ...ends], true).at(-1),
      '1 aborted by server: the response is malformed, so nobody knows where it ends',
    )
})

test('who ended an unfinished exchange is told', () => {
  const cut = watch([client(get), server('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab'), fin('to-client')], true)
  assert.deepEqual(cut.slice(3), [
    '1 response body ab',
    '1 problem http1/incomplete-message server',
    '1 aborted by server: the server ended the connection before its response was whole',
  ])
  assert.deepEqual(watch([client(get), fin('to-client')], true).slice(2), [
    '1 aborted by server: the server ended the connection before its response was whole',
  ])
  assert.deepEqual(watch([client(get)], true).slice(2), ['1 cancelled by client: closed'])
  for (const end of [[fin('to-server')], []])
    assert.deepEqual(watch([client('GET / HT'), ...end], true), ['problem http1/incomplete-message client'])
})

test('a response that comes before the request is whole leaves the request to end later', () => {
  assert.deepEqual(
    watch([
      client('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n1'),
      server('HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n'),
      client('2'),
    ]).slice(1),
    [
      '1 request body 1',
      '1 response-head HTTP/1.1 413 No {Content-Length=0}',
      '1 response ended',
      '1 request body 2',
      '1 request ended',
    ],
  )
})

test('the URL of an absolute-form request is that of its target', () => {
  assert.equal(
    watch([client('GET http://b:8/c HTTP/1.1\r\nHost: a\r\n\r\n')])[0],
    '1 open GET http://b:8/c HTTP/1.1 {Host=a}',
  )
})

test('ambiguous messages are the fault of their sender', () => {
  const problems = (parts: readonly Part[]) => watch(parts).filter(line => line.includes('problem'))
  assert.deepEqual(
    problems([
      client('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
    ]),
    ['1 problem http1/te-with-cl client'],
  )
  assert.deepEqual(
    problems([client(get), server('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n')]),
    ['1 problem http1/duplicate-content-length server'],
  )
  assert.deepEqual(problems([client('GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nX : 1\r\nY: \r1\r\n\r\n')]), [
    '1 problem http1/space-before-colon client',
    '1 problem http1/bare-cr client',
    '1 problem http1/duplicate-host client',
  ])
  assert.deepEqual(problems([client('GET x HTTP/1.1\r\n\r\n')]), [
    '1 problem http1/missing-host client',
    '1 problem http1/bad-target client',
  ])
  assert.deepEqual(problems([client('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')]), [
    '1 problem http1/bad-chunk-size client',
  ])
})

test('a direction that cannot be read goes quiet, the other goes on', () => {
  assert.deepEqual(
    watch([client(`${get}\x16\x03\x01${get}`), server('HTTP/1.1 204 x\r\n\r\nHTTP/1.1 204 y\r\n\r\n')]).slice(2),
    ['problem http1/not-http client', '1 response-head HTTP/1.1 204 x {}', '1 response ended'],
  )
  assert.deepEqual(watch([client(get), server('SSH-2.0-x\r\n'), client(get)]).slice(2), [
    '1 problem http1/not-http server',
    opened(2),
    '2 request ended',
  ])
})

test('a response that nobody asked for is told', () => {
  assert.deepEqual(watch([server('HTTP/1.1 408 Timeout\r\nConnection: close\r\n\r\n')]), [
    'problem http1/response-without-request server',
  ])
})

test('bytes after the last response are told', () => {
  const last = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'
  assert.deepEqual(watch([client(get), server(`${last}\r\nHTTP/1.1`)]).slice(-1), [
    'problem http1/bytes-after-close server',
  ])
})

test('an Upgrade turns both directions into the other protocol', () => {
  const upgrade = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n'
  const parts = [
    client(`${upgrade}early`),
    server('HTTP/1.1 101 Go\r\nUpgrade: foo/2\r\n\r\nbytes'),
    client('GET / HTTP/1.1\r\n\r\n'),
  ]
  assert.deepEqual(watch(parts, true).slice(1), [
    '1 request ended',
    '1 response-head HTTP/1.1 101 Go {Upgrade=foo/2}',
    '1 upgraded foo/2',
    '1 response ended',
  ])
  const refused = watch([client(upgrade + get), server('HTTP/1.1 204 No\r\n\r\n')])
  assert.deepEqual(refused.slice(2), [
    '1 response-head HTTP/1.1 204 No {}',
    opened(2),
    '2 request ended',
    '1 response ended',
  ])
})

test('the answer to an earlier request does not decide about a later Upgrade', () => {
  const upgrade = get.replace('\r\n', '\r\nUpgrade: websocket\r\n')
  const masked = webSocketFrame(1, Buffer.from('hi'), true)
  const parts = [client(get + upgrade), server('HTTP/1.1 204 A\r\n\r\n'), client(masked)]
  const granted = watch([...parts, server('HTTP/1.1 101 B\r\nUpgrade: websocket\r\n\r\n')], true)
  assert.deepEqual(granted.slice(4), [
    '1 response-head HTTP/1.1 204 A {}',
    '1 response ended',
    '2 response-head HTTP/1.1 101 B {Upgrade=websocket}',
    '2 upgraded websocket',
    'protocol websocket',
    '2 response ended',
  ])
  const early = upgrade.replace('\r\n', '\r\nContent-Length: 2\r\n')
  const during = [client(`${get + early}a`), server('HTTP/1.1 204 A\r\n\r\n'), client('b'), client(get)]
  const refused = watch([...during, server('HTTP/1.1 204 B\r\n\r\n')])
  assert.deepEqual(refused.slice(-5), [
    '2 request ended',
    '2 response-head HTTP/1.1 204 B {}',
    opened(3),
    '3 request ended',
    '2 response ended',
  ])
})

test('a CONNECT that is granted is a tunnel', () => {
  const lines = watch([
    client('CONNECT b:1 HTTP/1.1\r\nHost: b:1\r\n\r\n\x16\x03'),
    server('HTTP/1.1 200 OK\r\n\r\n\x16\x03'),
  ])
  assert.deepEqual(lines, [
    '1 open CONNECT https://b:1 HTTP/1.1 {Host=b:1}',
    '1 request ended',
    '1 response-head HTTP/1.1 200 OK {}',
    '1 upgraded tunnel',
  ])
})

test('a WebSocket hands its frames to who asks for them', () => {
  const messages: WebSocketMessage[] = []
  const transcript = new Transcript()
  const observer = new Http1Observer(context, transcript, { onMessage: (_, message) => messages.push(message) })
  observer.push(
    'to-server',
    1,
    Buffer.from('GET / HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\n\r\n'),
  )
  observer.push(
    'to-client',
    2,
    Buffer.concat([
      Buffer.from('HTTP/1.1 101 x\r\nUpgrade: WebSocket\r\n\r\n'),
      webSocketFrame(1, Buffer.from('hi'), false),
    ]),
  )
  observer.push('to-server', 3, webSocketFrame(2, Buffer.from('yo'), true, 4))
  observer.push('to-server', 4, webSocketFrame(9, Buffer.from(''), false))
  observer.close(5, 'server', '')
  assert.deepEqual(
    messages.map(m => [m.direction, m.at, m.opcode, Buffer.from(m.bytes).toString(), m.compressed]),
    [
      ['to-client', 2, 1, 'hi', false],
      ['to-server', 3, 2, 'yo', true],
      ['to-server', 4, 9, '', false],
    ],
  )
  assert.deepEqual(transcript.lines.slice(3), [
    '1 upgraded websocket',
    'protocol websocket',
    '1 problem websocket/bad-masking client',
    '1 response ended',
  ])
})

test('a WebSocket that ends inside a frame says so', () => {
  const upgrade = client('GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n')
  const accepted = server('HTTP/1.1 101 x\r\nUpgrade: websocket\r\n\r\n')
  const frame = webSocketFrame(1, Buffer.from('hi'), false)
  const end = (said: Uint8Array, ...rest: readonly Part[]) =>
    watch([upgrade, accepted, server(said), ...rest], true).slice(5)
  assert.deepEqual(end(frame), ['1 response ended'])
  for (const rest of [[fin('to-client')], []])
    for (const cut of [1, 3])
      assert.deepEqual(end(frame.subarray(0, cut), ...rest), [
        '1 problem websocket/incomplete-frame server',
        '1 response ended',
      ])
})

test('a gap is a hole in a body that it fits', () => {
  const parts = [
    client(get),
    server('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'),
    gap('to-client', 4),
    server('hi'),
  ]
  assert.deepEqual(watch([...parts, client(get)]).slice(3), [
    '1 response body abc',
    '1 response dropped 4',
    '1 response body hi',
    '1 response ended',
    opened(2),
    '2 request ended',
  ])
})

test('a gap elsewhere is nobody else’s fault: what cannot be followed was not recorded', () => {
  const parts = [client(get), gap('to-client', 40), server('xyz'), client(get)]
  assert.deepEqual(watch(parts, true).slice(2), [
    '1 problem http1/gap parley',
    opened(2),
    '2 request ended',
    '1 aborted by parley: the response was not recorded',
    '2 aborted by parley: the response was not recorded',
  ])
})

test('behind a gap that hides where a message ends, the next one is followed', () => {
  const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'
  const parts = [
    client(get),
    server('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'),
    gap('to-client', 50),
    client(get),
    server(`${ok}hi`),
  ]
  assert.deepEqual(watch(parts, true).slice(3), [
    '1 response body ab',
    '1 response dropped 50',
    '1 problem http1/gap parley',
    opened(2),
    '2 request ended',
    '1 response ended',
    '2 response-head HTTP/1.1 200 OK {Content-Length=2}',
    '2 response body hi',
    '2 response ended',
  ])
  const whole = [client(get), server(ok), gap('to-client', 30), client(get), server(`${ok}hi`)]
  assert.deepEqual(watch(whole).slice(3), [
    '1 response dropped 2',
    '1 response ended',
    'problem http1/gap parley',
    opened(2),
    '2 request ended',
    '2 response-head HTTP/1.1 200 OK {Content-Length=2}',
    '2 response body hi',
    '2 response ended',
  ])
})

test('what node:http says is understood', async () => {
  const web = createServer((incoming, response) => {
    incoming.resume().on('end', () => {
      response.setHeader('Trailer', 'x-end')
      response.write('first ')
      response.addTrailers({ 'x-end': 'yes' })
      response.end(`answer to ${incoming.url}`)
    })
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const parts = await recordConversation(web, async port => {
    for (const path of ['/one', '/two']) {
      const sent = request({ port, host: '127.0.0.1', agent, path, method: 'POST' })
      sent.write('a')
      sent.end('b')
      const [response] = await once(sent, 'response')
      response.resume()
      await once(response, 'end')
    }
    agent.destroy()
  })
  const lines = watch(parts)
  assert.deepEqual(
    lines.filter(line => !/ (open|response-head) /.test(line)),
    [1, 2].flatMap(key => [
      `${key} request body ab`,
      `${key} request ended`,
      `${key} response body first answer to /${key === 1 ? 'one' : 'two'}`,
      `${key} response ended [["x-end","yes"]]`,
    ]),
  )
})

const seeds = [
  'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\n\r\nab',
  'PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nx: y\r\n\r\n',
  'HTTP/1.1 100 x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
  'HTTP/1.1 101 x\r\nUpgrade: websocket\r\n\r\n\x81\x02hi',
].map(text => Buffer.from(text, 'latin1'))

test('no bytes make it throw: noise, and messages with one byte changed', () => {
  const noise = fc.uint8Array({ maxLength: 80 })
  const flipped = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(255)).map(([seed, at, value]) => {
    const copy = Buffer.from(seed)
    copy[at % copy.length] = value
    return copy
  })
  const piece = fc.record({
    bytes: fc.oneof(noise, flipped, fc.constantFrom(...seeds)),
    toServer: fc.boolean(),
    gap: fc.nat(30),
  })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const transcript = new Transcript()
      const observer = new Http1Observer(context, transcript)
      for (const { bytes, toServer, gap } of pieces) {
        const direction = toServer ? 'to-server' : 'to-client'
        observer.push(direction, 0, bytes)
        if (gap < 5) observer.gap(direction, 0, gap)
        if (gap === 29) observer.end(direction, 0)
      }
      observer.close(0, 'client', 'closed')
      // Every exchange that was opened is over: both sides ended, or aborted once.
      for (const line of transcript.lines.filter(line => / open /.test(line))) {
        const key = line.split(' ')[0]
        const of = (what: string) => transcript.lines.filter(other => other.startsWith(`${key} ${what}`)).length
        assert.equal(Math.max(of('aborted') + of('cancelled'), of('response ended')), 1, transcript.lines.join('\n'))
      }
    }),
    { numRuns: 1000 },
  )
})

test('an exchange that its client gave up is not Parley’s doing when Parley stops', () => {
  const transcript = new Transcript()
  const observer = new Http1Observer(context, transcript)
  observer.push('to-server', 1, Buffer.from(get))
  observer.end('to-server', 2)
  observer.close(3, 'parley', 'the connection ended')
  assert.equal(
    transcript.lines.at(-1),
    '1 cancelled by client: the client ended the connection before the response was whole',
  )
})

test('a request that comes when the server has ended already is the server’s failure, whoever closes', () => {
  for (const by of ['client', 'parley'] as const) {
    const transcript = new Transcript()
    const observer = new Http1Observer(context, transcript)
    observer.end('to-client', 1)
    observer.push('to-server', 2, Buffer.from(get))
    observer.end('to-server', 3)
    observer.close(4, by, 'the connection ended')
    assert.equal(
      transcript.lines.at(-1),
      '1 aborted by server: the server ended the connection before its response was whole',
    )
  }
})

/** The heads that an observer tells, in order. */
function headsOf(toServer: string, toClient: string) {
  const heads: (RequestHead | ResponseHead)[] = []
  const observer = new Http1Observer(context, {
    open: (_, __, head) => void heads.push(head),
    event: (_, event) => {
      if (event.type === 'informational' || event.type === 'response-head') heads.push(event.head)
    },
    problem: () => {},
    protocol: () => {},
  })
  observer.push('to-server', 0, Buffer.from(toServer, 'latin1'))
  observer.push('to-client', 0, Buffer.from(toClient, 'latin1'))
  return heads
}

test('a head as anybody sends it is not kept twice', () => {
  const heads = headsOf(get, 'HTTP/1.1 103 \r\nA: \r\n\r\nHTTP/1.1 200 OK\r\nA: b c\r\nA : d\r\n\r\n')
  assert.deepEqual(
    heads.map(({ raw }) => raw),
    [undefined, undefined, undefined],
  )
})

test('whatever spaces and line ends it has, a head gives its bytes back', () => {
  const end = fc.constantFrom('\r\n', '\r\n', '\n')
  const odd = fc.constantFrom(
    'A: b',
    'A:b',
    'A : b',
    'A:\tb',
    'A: b ',
    'A:  b',
    'A:',
    'A: ',
    ' A: b',
    'no colon',
    'A: b\r\n c',
    'A: b\n\tc',
    'A: \xe4\x80',
    ': b',
    'A: b\rc',
    'A: b:c',
  )
  const lines = fc.array(fc.tuple(odd, end), { maxLength: 4 }).map(all => all.flat().join(''))
  const start = fc.constantFrom(
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200',
    'HTTP/1.1 200 ',
    'HTTP/1.0 404 Not  Found ',
    'HTTP/1.1 103 x',
  )
  const text = (first: fc.Arbitrary<string>) => fc.tuple(first, end, lines, end).map(all => all.join(''))
  fc.assert(
    fc.property(text(fc.constantFrom('GET / HTTP/1.1', 'GET /a b HTTP/1.0')), text(start), (request, response) => {
      assert.deepEqual(headsOf(request, response).map(sentHead), [request, response])
    }),
    { numRuns: 500 },
  )
})

test('it stands between two exchanges when the whole response has come, and nothing of the next request', () => {
  const observer = new Http1Observer(context, new Transcript())
  const says = (direction: 'to-server' | 'to-client', text: string) => {
    observer.push(direction, 0, Buffer.from(text))
    return observer.pause
  }
  assert.equal(observer.pause, 'exchanges')
  assert.equal(says('to-server', get), 'none')
  assert.equal(says('to-client', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh'), 'none')
  assert.equal(says('to-client', 'i'), 'exchanges')
  assert.equal(says('to-server', 'G'), 'none')
})
