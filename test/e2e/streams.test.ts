/** Frames and messages of real clients and servers, from the bytes between them to the lines on a screen. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { connect, createServer, type ServerHttp2Stream } from 'node:http2'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Header } from '../../src/model/exchange.ts'
import { chatThrough } from '../../src/peers/client-websocket.ts'
import { echoWebSocket } from '../../src/peers/http-origins.ts'
import { makeSite } from '../../src/peers/site.ts'
import { Recorder } from '../../src/recorder/recorder.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { SlabWriter } from '../../src/tape/slab-writer.ts'
import { openBody, showBody } from '../../src/view/body/choose.ts'
import { grpcStatus } from '../../src/view/body/grpc.ts'
import { renderSse } from '../../src/view/body/sse.ts'
import { FlowWindows } from '../../src/view/frames/flow-windows.ts'
import { frameRows, frameText } from '../../src/view/frames/frames.ts'
import { deflateParameters, MessageInflater } from '../../src/view/frames/websocket-inflate.ts'
import { webSocketLines } from '../../src/view/frames/websocket-lines.ts'
import { flowTiming } from '../../src/view/timing/timing.ts'
import { recordConversation } from '../observe/record-conversation.ts'
import { inFolder } from '../store/samples.ts'
import { plainContext } from '../view/body/render.ts'
import { deflated } from '../view/make-messages.ts'
import { webSocketFrame } from '../wire/websocket/frame-bytes.ts'

type Server = Parameters<typeof recordConversation>[0]

/** What a capture says of a conversation that went through a recorder as connection 1. */
async function captured(server: Server, drive: (port: number) => Promise<void>, look: (capture: Capture) => void) {
  const parts = await recordConversation(server, drive)
  await inFolder(async folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const recorder = new Recorder(writer, { body: 1e6, behind: 100 })
    const tape = new SlabWriter(slab => recorder.read(slab))
    const end = { address: '127.0.0.1', port: 1 }
    tape.event(1, 1000, { type: 'opened', at: 1000, local: end, remote: end })
    for (const [index, [direction, bytes]] of parts.entries())
      tape.content({ connection: 1, leg: 'client', direction }, 1001 + index, bytes as Uint8Array)
    tape.event(1, 2000, { type: 'closed', at: 2000 })
    tape.flush()
    recorder.flush(true)
    writer.close()
    const capture = openCapture(path)
    try {
      look(capture)
    } finally {
      capture.close()
    }
  })
}

test('the frames of an HTTP/2 connection are logged, and its windows add up', async () => {
  const site = await makeSite()
  const drive = async (port: number) => {
    const session = connect(`http://127.0.0.1:${port}`)
    for (const path of ['/events', '/trailers']) {
      const request = session.request({ ':path': path })
      request.resume()
      await once(request, 'close')
    }
    session.close()
    await once(session, 'close')
  }
  await captured(
    createServer((request, response) => site(request as never, response as never)) as never,
    drive,
    capture => {
      const [events, trailers] = capture.exchangesOf(1)
      const log = capture.frames(1, { limit: 1000 })
      assert.equal(capture.frameCount(1), log.length)
      const rows = frameRows(log).map(frameText)
      assert.match(rows[0]!, /^→ preface 24 B/)
      assert.match(rows.find(row => row.includes('HEADERS stream 1 '))!, /^→ HEADERS stream 1 END_STREAM\|END_HEADERS/)
      assert.ok(
        rows.some(row => row.startsWith('← SETTINGS ACK 0 B')),
        rows.join('\n'),
      )
      assert.deepEqual(
        capture.frames(1, { stream: 1, limit: 1000 }),
        log.filter(({ stream }) => stream === 1),
      )
      const windows = new FlowWindows()
      for (const each of log) windows.push(each)
      const body = capture.body(events!, 'response', 0, 10_000)
      const sum = (type: number) =>
        log
          .filter(each => each.type === type && each.stream === 1)
          .reduce((total, { length, payload }) => total + (payload ? Buffer.from(payload).readUInt32BE() : length), 0)
      assert.ok(body.length > 0)
      assert.equal(sum(0), body.length)
      assert.equal(windows.windowOf(1)['to-client'], windows.windowOf(99)['to-client'] - sum(0) + sum(8))
      const lines = renderSse({ bytes: body, mediaType: 'text/event-stream' }, plainContext())!
      assert.equal(lines.filter(({ text }) => /^#\d count {2}id \d$/.test(text)).length, 5)
      const exchange = capture.exchange(trailers!)!
      assert.deepEqual(exchange.response?.trailers, [['x-checksum', 'b0d1']])
      const timing = flowTiming(exchange, capture.connection(1), { first: false })
      assert.ok(timing.wait !== undefined && timing.receive !== undefined && timing.dns === undefined)
    },
  )
})

test('a WebSocket over HTTP/1.1 is told message by message', async () => {
  const server = createHttp().on('upgrade', echoWebSocket)
  const drive = async (port: number) => {
    const url = new URL(`http://127.0.0.1:${port}/`)
    const chat = await chatThrough({ url, messages: ['one', 'two'] })
    assert.deepEqual([chat.received, chat.error], [['one', 'two'], undefined])
  }
  await captured(server, drive, capture => {
    const [id] = capture.exchangesOf(1)
    assert.equal(capture.exchange(id!)?.upgraded, 'websocket')
    const inflater = new MessageInflater(undefined)
    const messages = capture.streamMessages(id!, { limit: 99 }).map(each => inflater.push(each))
    const lines = webSocketLines(messages, { since: 1000, maxLines: 99 }).map(({ text }) =>
      text.replace(/ \d+\S* /, ' '),
    )
    assert.deepEqual(
      lines,
      [
        ...['→ text 3 B', 'one', '← text 3 B', 'one', '→ text 3 B', 'two', '← text 3 B', 'two'],
        ...['→ close 1000 normal closure', '← close 1000 normal closure'],
      ].map(line => line.replace(/^([→←])/, '$1 ')),
    )
  })
})

test('a compressed WebSocket over HTTP/2 (RFC 8441) is told and inflated', async () => {
  const server = createServer({ settings: { enableConnectProtocol: true } })
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.respond({ ':status': 200, 'sec-websocket-extensions': 'permessage-deflate' })
    stream.once('data', () => {
      stream.write(webSocketFrame(1, deflated('hello hello'), false, 4))
      stream.end(webSocketFrame(1, deflated('hello hello again', 'hello hello'), false, 4))
    })
  })
  const drive = async (port: number) => {
    const session = connect(`http://127.0.0.1:${port}`)
    await once(session, 'remoteSettings')
    const stream = session.request({ ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/', ':scheme': 'http' })
    await once(stream, 'response')
    stream.write(webSocketFrame(1, Buffer.from('hi'), true))
    stream.resume()
    await once(stream, 'end')
    stream.end()
    await once(stream, 'close')
    session.close()
    await once(session, 'close')
  }
  await captured(server as never, drive, capture => {
    const [id] = capture.exchangesOf(1)
    const headers = capture.exchange(id!)!.response!.head.headers
    const inflater = new MessageInflater(deflateParameters(headers))
    const messages = capture.streamMessages(id!, { limit: 9 }).map(each => inflater.push(each))
    assert.deepEqual(
      messages.map(({ message, bytes, problem }) => [message.direction, Buffer.from(bytes).toString(), problem]),
      [
        ['to-server', 'hi', undefined],
        ['to-client', 'hello hello', undefined],
        ['to-client', 'hello hello again', undefined],
      ],
    )
  })
})

test('a gRPC call is told as messages and a status', async () => {
  const server = createServer()
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '5', 'grpc-message': 'no%20tea' }))
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.resume()
    stream.end(Buffer.from([0, 0, 0, 0, 2, 8, 7]))
  })
  const drive = async (port: number) => {
    const session = connect(`http://127.0.0.1:${port}`)
    const request = session.request({ ':method': 'POST', ':path': '/a.B/C', 'content-type': 'application/grpc' })
    request.end(Buffer.from([0, 0, 0, 0, 0]))
    request.resume()
    await once(request, 'close')
    session.close()
    await once(session, 'close')
  }
  await captured(server as never, drive, capture => {
    const [id] = capture.exchangesOf(1)
    const { response, request } = capture.exchange(id!)!
    const lines = (side: 'request' | 'response', { headers }: { readonly headers: readonly Header[] }) =>
      showBody(openBody(capture.body(id!, side, 0, 100), headers)).lines.map(({ text }) => text)
    assert.deepEqual(lines('request', request.head), ['#1 0 B'])
    assert.deepEqual(lines('response', response!.head), ['#1 2 B', '1: 7  or sint -4'])
    assert.equal(grpcStatus(response?.trailers ?? []), '5 NOT_FOUND: no tea')
  })
})
