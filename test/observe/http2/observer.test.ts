import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, constants, createServer, type ServerHttp2Stream } from 'node:http2'
import { test } from 'node:test'
import fc from 'fast-check'
import { Http2Observer } from '../../../src/observe/http2/observer.ts'
import type { WebSocketMessage } from '../../../src/observe/plain.ts'
import { block, frameBytes, literal, preface } from '../../wire/http2/frame-bytes.ts'
import { webSocketFrame } from '../../wire/websocket/frame-bytes.ts'
import { observed } from '../observed.ts'
import { recordConversation } from '../record-conversation.ts'
import { client, context, fin, gap, type Part, server, Transcript } from '../transcript.ts'

const settings = frameBytes(4, 0, 0)
const hello = [client(Buffer.concat([preface, settings])), server(settings)]
const watch = (parts: readonly Part[], close = false) => observed([...hello, ...parts], { alpn: 'h2', close }).slice(1)

const end = 1
const whole = 4
const getBlock = block([':method', 'GET'], [':scheme', 'https'], [':path', '/'], [':authority', 'a'])
const okBlock = block([':status', '200'])
const headers = (stream: number, flags: number, fields: Uint8Array) => frameBytes(1, whole | flags, stream, fields)
const data = (stream: number, flags: number, text: string) => frameBytes(0, flags, stream, Buffer.from(text))
const reset = (stream: number, error: number) => frameBytes(3, 0, stream, Buffer.from([0, 0, 0, error]))
const get = (stream: number) => client(headers(stream, end, getBlock))
const opened = (stream: number) =>
  `${stream} open GET https://a/ HTTP/2 stream ${stream} {:method=GET; :scheme=https; :path=/; :authority=a}`
const ok = (stream: number) => `${stream} response-head HTTP/2 200  {:status=200}`

test('streams run beside each other', () => {
  assert.deepEqual(
    watch([
      client(headers(1, 0, getBlock)),
      get(3),
      client(data(1, end, 'up')),
      server(headers(3, 0, okBlock)),
      server(headers(1, end, okBlock)),
      server(data(3, 0, 'do')),
      server(data(3, end, 'wn')),
    ]),
    [
      opened(1),
      opened(3),
      '3 request ended',
      '1 request body up',
      '1 request ended',
      ok(3),
      ok(1),
      '1 response ended',
      '3 response body down',
      '3 response ended',
    ],
  )
})

test('interim heads and trailers have their own places', () => {
  assert.deepEqual(
    watch([
      client(headers(1, 0, getBlock)),
      client(headers(1, end, block(['sum', '1']))),
      server(headers(1, 0, block([':status', '103']))),
      server(headers(1, 0, okBlock)),
      server(headers(1, end, block(['grpc-status', '0']))),
    ]).slice(1),
    [
      '1 request ended [["sum","1"]]',
      '1 informational HTTP/2 103  {:status=103}',
      ok(1),
      '1 response ended [["grpc-status","0"]]',
    ],
  )
})

test('interim heads and open streams without end are cut short and told', () => {
  const interim = headers(1, 0, block([':status', '102']))
  const lines = watch([get(1), server(Buffer.concat(new Array(60).fill(interim))), server(headers(1, end, okBlock))])
  assert.equal(lines.filter(line => line.startsWith('1 informational')).length, 50)
  assert.deepEqual(lines.slice(-3), ['1 problem http/too-many-interim parley', ok(1), '1 response ended'])

  const transcript = new Transcript()
  const observer = new Http2Observer(context, transcript)
  observer.push('to-server', 0, Buffer.concat([preface, settings]))
  for (let i = 0; i < 5010; i++) observer.push('to-server', 0, headers(2 * i + 1, end, getBlock))
  observer.push('to-client', 0, Buffer.concat([settings, headers(1, end, okBlock)]))
  observer.push('to-server', 0, headers(20_001, end, getBlock))
  assert.equal(transcript.lines.filter(line => line.includes(' open ')).length, 5001)
  assert.deepEqual(
    transcript.lines.filter(line => line.includes('problem')),
    ['problem http2/too-many-streams parley'],
  )
})

test('a message that is not as long as it says is told, unless it may say so', () => {
  const five = block([':status', '200'], ['content-length', '5'])
  const short = [server(headers(1, 0, five)), server(data(1, end, 'hel'))]
  const problems = (lines: readonly string[]) => lines.filter(line => line.includes('problem'))
  assert.deepEqual(problems(watch([get(1), ...short])), ['1 problem http2/content-length server'])
  assert.deepEqual(problems(watch([get(1), server(headers(1, 0, five)), server(data(1, end, 'hello'))])), [])
  const headBlock = block([':method', 'HEAD'], [':scheme', 'https'], [':path', '/'], [':authority', 'a'])
  assert.deepEqual(problems(watch([client(headers(1, end, headBlock)), server(headers(1, end, five))])), [])
  const notModified = block([':status', '304'], ['content-length', '5'])
  assert.deepEqual(problems(watch([get(1), server(headers(1, end, notModified))])), [])
})

test('what comes on a stream that is over is told, unless its sender cannot know', () => {
  const problems = (...parts: Part[]) => watch(parts).filter(line => line.includes('problem'))
  const answer = server(headers(1, end, okBlock))
  const late = 'problem http2/stream-closed'
  assert.deepEqual(problems(get(1), answer, server(data(1, end, 'more'))), [`${late} server`])
  assert.deepEqual(problems(get(1), answer, answer), [`${late} server`])
  assert.deepEqual(problems(get(5), get(3), server(headers(3, end, okBlock))), [`${late} client`])
  assert.deepEqual(problems(get(1), client(reset(1, 8)), answer, server(data(1, end, 'more'))), [])
  assert.deepEqual(problems(client(headers(1, 0, getBlock)), server(reset(1, 7)), client(data(1, end, 'more'))), [])
})

test('a reset names who did it and why', () => {
  assert.deepEqual(watch([get(1), client(reset(1, 8)), server(headers(1, end, okBlock))]).slice(2), [
    '1 cancelled by client: RST_STREAM CANCEL',
  ])
  assert.deepEqual(watch([get(1), server(reset(1, 7)), server(reset(1, 7))]).slice(2), [
    '1 aborted by server: RST_STREAM REFUSED_STREAM',
  ])
})

test('a client that wants no more has cancelled; one that says what is wrong has not', () => {
  const rst = (error: number) => watch([get(1), server(headers(1, 0, okBlock)), client(reset(1, error))]).at(-1)
  assert.deepEqual(
    [0, 8, 1, 7].map(error => rst(error)),
    [
      '1 cancelled by client: RST_STREAM NO_ERROR',
      '1 cancelled by client: RST_STREAM CANCEL',
      '1 aborted by client: RST_STREAM PROTOCOL_ERROR',
      '1 aborted by client: RST_STREAM REFUSED_STREAM',
    ],
  )
  const goaway = (error: number) => client(frameBytes(7, 0, 0, Buffer.from([0, 0, 0, 0, 0, 0, 0, error])))
  assert.equal(watch([get(1), goaway(0)], true).at(-1), '1 cancelled by client: closed')
  assert.equal(watch([get(1), goaway(1)], true).at(-1), '1 aborted by client: closed')
  assert.match(watch([get(1), server(reset(1, 8))]).at(-1)!, /^1 aborted by server/)
})

test('a whole response before the end of its request may reset it without error', () => {
  const parts = [
    client(headers(1, 0, getBlock)),
    server(headers(1, end, okBlock)),
    server(reset(1, 0)),
    client(data(1, 0, 'late')),
  ]
  assert.deepEqual(watch(parts, true).slice(2), ['1 response ended', '1 request ended'])
})

test('GOAWAY aborts the streams that it leaves out', () => {
  const goaway = (last: number, error: number) =>
    server(frameBytes(7, 0, 0, Buffer.from([0, 0, 0, last, 0, 0, 0, error, 33])))
  const parts = [get(1), get(3), goaway(1, 0), server(headers(1, end, okBlock))]
  assert.deepEqual(watch(parts, true).slice(4), [
    '3 aborted by server: GOAWAY NO_ERROR: !; the stream was not processed',
    ok(1),
    '1 response ended',
  ])
  assert.deepEqual(watch([goaway(0, 11)]), ['problem http2/goaway server'])
})

test('a promised stream is an exchange', () => {
  const promise = frameBytes(5, whole, 1, Buffer.concat([Buffer.from([0, 0, 0, 2]), getBlock]))
  assert.deepEqual(watch([get(1), server(promise), server(headers(2, end, okBlock))]).slice(2), [
    opened(2),
    '2 request ended',
    ok(2),
    '2 response ended',
  ])
})

test('an unfinished stream ends with its connection', () => {
  assert.deepEqual(watch([get(1), server(headers(1, 0, okBlock))], true).slice(-1), ['1 cancelled by client: closed'])
  assert.deepEqual(watch([get(1), fin('to-server'), fin('to-client')], true).slice(-1), [
    '1 cancelled by client: the client ended the connection before the stream was over',
  ])
  assert.deepEqual(watch([get(1), fin('to-client')], true).slice(-1), [
    '1 aborted by server: the server ended the connection before the stream was over',
  ])
})

test('a connection that ends inside its preface, a frame or a header block says so', () => {
  const incomplete = 'problem http2/incomplete-frame client'
  const start = Buffer.concat([preface, settings])
  const open = frameBytes(1, 0, 1, getBlock)
  for (const said of [preface.subarray(0, 9), start.subarray(0, -1), Buffer.concat([start, open])])
    assert.deepEqual(observed([client(said), fin('to-server')], { alpn: 'h2', close: true }), [
      'protocol h2',
      incomplete,
    ])
  assert.deepEqual(observed([client(start), fin('to-server')], { alpn: 'h2', close: true }), ['protocol h2'])
  assert.deepEqual(
    watch([client(headers(1, 0, getBlock)), client(data(1, 0, 'cut').subarray(0, -1)), fin('to-server')], true),
    [opened(1), '1 request body cu', '1 cancelled by client: closed'],
  )
})

test('a WebSocket over HTTP/2 hands its frames to who asks for them', () => {
  const messages: WebSocketMessage[] = []
  const transcript = new Transcript()
  const observer = new Http2Observer(context, transcript, { onMessage: (_, message) => messages.push(message) })
  const connectBlock = block(
    [':method', 'CONNECT'],
    [':protocol', 'websocket'],
    [':scheme', 'https'],
    [':path', '/'],
    [':authority', 'a'],
  )
  observer.push('to-server', 0, Buffer.concat([preface, settings, headers(1, 0, connectBlock)]))
  observer.push('to-client', 0, Buffer.concat([settings, headers(1, 0, okBlock)]))
  const frame = webSocketFrame(1, Buffer.from('hello'), true)
  observer.push('to-server', 0, frameBytes(0, 0, 1, frame.subarray(0, 3)))
  observer.push('to-server', 0, frameBytes(0, end, 1, frame.subarray(3)))
  observer.close(0, 'client', 'closed')
  assert.deepEqual(
    messages.map(m => Buffer.from(m.bytes).toString()),
    ['hello'],
  )
  assert.deepEqual(transcript.lines.slice(2), ['1 upgraded websocket', '1 request ended', '1 response ended'])
})

test('a stream that its server ends before the response head is aborted', () => {
  assert.deepEqual(watch([get(1), server(data(1, end, 'x'))], true).slice(2), [
    '1 problem http2/stream-closed server',
    '1 aborted by server: the server ended the stream before the response head',
  ])
})

test('a plain CONNECT is a tunnel whose bytes are bodies', () => {
  const lines = watch([
    client(headers(1, 0, block([':method', 'CONNECT'], [':authority', 'b:1']))),
    server(headers(1, 0, okBlock)),
    client(data(1, 0, 'x')),
  ])
  assert.deepEqual(lines.slice(2), ['1 upgraded tunnel', '1 request body x'])
})

test('what no peer may do is told and blamed on who did it', () => {
  for (const [parts, expected] of [
    [[server(headers(1, end, okBlock))], 'problem http2/idle-stream server'],
    [[get(2)], 'problem http2/bad-stream-id client'],
    [[client(headers(0, end, getBlock))], 'problem http2/frame-on-stream-0 client'],
    [[client(data(0, end, 'x'))], 'problem http2/frame-on-stream-0 client'],
    [[server(frameBytes(6, 0, 1, Buffer.alloc(8)))], 'problem http2/frame-off-stream-0 server'],
    [[get(1), get(1)], '1 problem http2/stream-closed client'],
    [[get(1), server(data(1, 0, 'x'))], '1 problem http2/stream-closed server'],
    [
      [get(1), server(headers(1, 0, okBlock)), server(headers(1, 0, okBlock))],
      '1 problem http2/trailers-without-end server',
    ],
    [
      [client(frameBytes(5, whole, 1, Buffer.concat([Buffer.from([0, 0, 0, 2]), getBlock])))],
      'problem http2/bad-push client',
    ],
    [[client(headers(1, end, block([':method', 'GET'])))], '1 problem http2/missing-pseudo-header client'],
  ] as const)
    assert.ok(watch(parts).includes(expected), `${expected}\n${watch(parts).join('\n')}`)
})

test('after a block that cannot be decoded the streams are still counted', () => {
  const lines = watch([
    client(headers(1, end, Buffer.from([0x80]))),
    server(headers(1, 0, okBlock)),
    server(data(1, end, 'x')),
    get(3),
  ])
  assert.deepEqual(lines, [
    'problem http2/hpack client',
    '1 open ? https://fallback.test HTTP/2 stream 1 {}',
    '1 problem http2/fields-unknown client',
    '1 request ended',
    ok(1),
    '1 response body x',
    '1 response ended',
    '3 open ? https://fallback.test HTTP/2 stream 3 {}',
    '3 problem http2/fields-unknown client',
    '3 request ended',
  ])
})

test('a setting of one side rules the blocks of the other', () => {
  const larger = frameBytes(4, 0, 0, Buffer.from([0, 1, 0, 1, 0, 0]))
  const grown = Buffer.concat([Buffer.from([0x3f, 0xe1, 0xff, 3]), getBlock])
  assert.deepEqual(watch([server(larger), client(headers(1, end, grown))]), [opened(1), '1 request ended'])
  assert.deepEqual(watch([client(larger), client(headers(1, end, grown))])[0], 'problem http2/hpack client')
})

test('a client that refuses a response it has whole says so; one that lost interest does not', () => {
  const whole = [get(1), server(headers(1, end, okBlock))]
  assert.deepEqual(watch([...whole, client(reset(1, 1))]).slice(3), [
    '1 response ended',
    '1 aborted by client: RST_STREAM PROTOCOL_ERROR after the whole response',
  ])
  for (const quiet of [client(reset(1, 0)), client(reset(1, 5)), client(reset(1, 8)), server(reset(1, 1))])
    assert.deepEqual(watch([...whole, quiet]).slice(3), ['1 response ended'])
})

test('a client that leaves with the last byte that it was promised has the whole response', () => {
  const promised = server(headers(1, 0, block([':status', '200'], ['content-length', '5'])))
  const last = server(data(1, 0, 'hello'))
  for (const error of [0, 5, 8])
    assert.deepEqual(watch([get(1), promised, last, client(reset(1, error)), server(data(1, end, ''))]).slice(3), [
      '1 response body hello',
      '1 response ended',
    ])
  const byServer = watch([get(1), promised, last, server(reset(1, 0))])
  assert.deepEqual(byServer.slice(4), ['1 response ended']) // as Node's server does
  const early = server(data(1, 0, 'hell'))
  assert.match(
    watch([get(1), promised, early, client(reset(1, 5))]).at(-1)!,
    /aborted by client: RST_STREAM STREAM_CLO/,
  )
  assert.match(watch([get(1), promised, last, client(reset(1, 1))]).at(-1)!, /aborted by client: RST_STREAM PROTOCOL/)
})

test('a gap in DATA is a hole in a body; elsewhere the direction goes quiet', () => {
  const cut = data(1, end, 'hello').subarray(0, 11)
  assert.deepEqual(watch([get(1), server(headers(1, 0, okBlock)), server(cut), gap('to-client', 3)]).slice(3), [
    '1 response body he',
    '1 response dropped 3',
    '1 response ended',
  ])
  assert.deepEqual(watch([get(1), gap('to-client', 3), server(headers(1, 0, okBlock))], true).slice(2), [
    'problem http2/gap parley',
    '1 aborted by parley: the end of the stream was not recorded',
  ])
  assert.deepEqual(watch([gap('to-server', 3), get(1), server(headers(1, 0, okBlock))]), ['problem http2/gap parley'])
})

test('what a client allows may be among what was missed, and so may the end of a response that it resets', () => {
  const large = server(data(1, 0, 'x'.repeat(20_000)))
  const table = server(headers(1, 0, Buffer.concat([Buffer.from('3fe1ff03', 'hex'), okBlock]))) // 65,536 bytes
  const before = [get(1), gap('to-server', 40)]
  assert.deepEqual(
    watch([...before, table, large]).filter(line => /problem/.test(line)),
    ['problem http2/gap parley'],
  )
  assert.deepEqual(
    watch([get(1), server(headers(1, 0, okBlock)), gap('to-client', 40), client(reset(1, 8))]).slice(3),
    ['problem http2/gap parley', '1 aborted by parley: the end of the stream was not recorded'],
  )
})

test('the frame tap hears every frame, DATA without its bytes', () => {
  const heard: string[] = []
  const transcript = new Transcript()
  const observer = new Http2Observer(context, transcript, {
    onFrame: (direction, at, { type, stream, length }, payload) =>
      void heard.push(`${direction} ${at} ${type} ${stream} ${length} ${payload?.length}`),
  })
  observer.push('to-server', 1, Buffer.concat([preface, settings, data(1, 0, 'xyz')]))
  observer.push('to-client', 2, headers(1, 0, okBlock))
  assert.deepEqual(heard, [
    'to-server 1 4 0 0 0',
    'to-server 1 0 1 3 undefined',
    `to-client 2 1 1 ${okBlock.length} ${okBlock.length}`,
  ])
})

test('what node:http2 says is understood, every octet that a value may have included', async () => {
  const octets = Array.from({ length: 256 }, (_, i) => i).filter(i => i > 32 && i !== 127)
  const value = `${String.fromCharCode(...octets)}${'0'.repeat(2000)}`
  const web = createServer({ settings: { headerTableSize: 256 } })
  web.on('stream', (stream: ServerHttp2Stream, incoming) => {
    stream.additionalHeaders({ ':status': 103 })
    stream.respond({ ':status': 200, 'x-path': incoming[':path'], 'x-all': value }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-end': 'yes' }))
    stream.resume().on('end', () => stream.end('answer'))
  })
  const parts = await recordConversation(web, async port => {
    const session = connect(`http://127.0.0.1:${port}`, { settings: { headerTableSize: 100 } })
    for (const path of ['/one', '/two', '/three']) {
      const stream = session.request({ ':path': path, ':method': 'POST', 'x-all': value })
      stream.end('body')
      stream.resume()
      await once(stream, 'close')
    }
    const dropped = session.request({ ':path': '/drop' })
    dropped.on('error', () => {})
    dropped.close(constants.NGHTTP2_CANCEL)
    await once(dropped, 'close')
    session.close()
    await once(session, 'close')
  })
  const transcript = new Transcript()
  const observer = new Http2Observer(context, transcript)
  for (const [direction, bytes] of parts) observer.push(direction, 0, bytes as Uint8Array)
  const { lines } = transcript
  assert.deepEqual(
    lines.filter(line => / (open|response-head) /.test(line) && line.includes(`x-all=${value}`)).length,
    6,
  )
  assert.deepEqual(lines.filter(line => line.startsWith('3 ') && !/ (open|response-head) /.test(line)).toSorted(), [
    '3 informational HTTP/2 103  {:status=103}',
    '3 request body body',
    '3 request ended',
    '3 response body answer',
    '3 response ended [["x-end","yes"]]',
  ])
  assert.ok(lines.includes('7 cancelled by client: RST_STREAM CANCEL'))
  assert.deepEqual(
    lines.filter(line => /problem/.test(line)),
    [],
  )
})

const seeds: readonly Buffer[] = [
  Buffer.concat([preface, settings, headers(1, 0, getBlock), data(1, end, 'hello')]),
  Buffer.concat([headers(3, end, literal(':method', 'GET', true)), reset(3, 8), frameBytes(7, 0, 0, Buffer.alloc(9))]),
  Buffer.concat([settings, headers(1, 0, okBlock), frameBytes(0, 9, 1, Buffer.from([1, 65, 0]))]),
  Buffer.concat([
    frameBytes(5, whole, 1, Buffer.concat([Buffer.from([0, 0, 0, 2]), getBlock])),
    headers(2, end, okBlock),
  ]),
  Buffer.concat([frameBytes(1, 0, 1, okBlock.subarray(0, 4)), frameBytes(9, whole, 1, okBlock.subarray(4))]),
]

test('no bytes make it throw: noise, and frames with one byte changed', () => {
  const flipped = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(255)).map(([seed, at, value]) => {
    const copy = Buffer.from(seed)
    copy[at % copy.length] = value
    return copy
  })
  const bytes = fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
    { weight: 4, arbitrary: flipped },
    { weight: 4, arbitrary: fc.constantFrom(...seeds) },
  )
  const piece = fc.record({ bytes, toServer: fc.boolean(), gap: fc.nat(60) })
  fc.assert(
    fc.property(fc.boolean(), fc.array(piece, { maxLength: 10 }), (begun, pieces) => {
      const transcript = new Transcript()
      const observer = new Http2Observer(context, transcript)
      if (begun) observer.push('to-server', 0, seeds[0]!)
      for (const { bytes, toServer, gap } of pieces) {
        const direction = toServer ? 'to-server' : 'to-client'
        observer.push(direction, 0, bytes)
        if (gap < 5) observer.gap(direction, 0, gap)
        if (gap === 59) observer.end(direction, 0)
      }
      observer.close(0, 'client', 'closed')
      for (const line of transcript.lines.filter(line => / open /.test(line))) {
        const key = line.split(' ')[0]
        const of = (what: string) => transcript.lines.filter(other => other.startsWith(`${key} ${what}`)).length
        assert.equal(of('open'), 1)
        assert.ok(
          of('aborted') + of('cancelled') === 1 || (of('response ended') === 1 && of('request ended') === 1),
          transcript.lines.join('\n'),
        )
      }
    }),
    { numRuns: 1000 },
  )
})

test('a stream that its client gave up is not Parley’s doing when Parley stops', () => {
  const transcript = new Transcript()
  const observer = new Http2Observer(context, transcript)
  for (const [direction, bytes] of [...hello, get(1)]) observer.push(direction, 1, Buffer.from(bytes as Uint8Array))
  observer.end('to-server', 2)
  observer.close(3, 'parley', 'the connection ended')
  const why = 'the client ended the connection before the stream was over'
  assert.equal(transcript.lines.at(-1), `1 cancelled by client: ${why}`)
})

test('a stream that begins when the server has ended already is the server’s failure, whoever closes', () => {
  for (const by of ['client', 'parley'] as const) {
    const transcript = new Transcript()
    const observer = new Http2Observer(context, transcript)
    observer.end('to-client', 1)
    for (const [direction, bytes] of [...hello, get(1)].filter(([way]) => way === 'to-server'))
      observer.push(direction, 2, Buffer.from(bytes as Uint8Array))
    observer.end('to-server', 3)
    observer.close(4, by, 'the connection ended')
    const why = 'the server ended the connection before the stream was over'
    assert.equal(transcript.lines.at(-1), `1 aborted by server: ${why}`)
  }
})

test('it stands between frames while streams are open, and between exchanges when they are over', () => {
  const observer = new Http2Observer(context, new Transcript())
  const pauses: string[] = [observer.pause]
  const answer = headers(1, end, okBlock)
  for (const [direction, bytes] of [...hello, get(1), server(answer.subarray(0, 12)), server(answer.subarray(12))]) {
    observer.push(direction, 0, Buffer.from(bytes as Uint8Array))
    pauses.push(observer.pause)
  }
  assert.deepEqual(pauses, ['none', 'exchanges', 'exchanges', 'frames', 'none', 'exchanges'])
})
