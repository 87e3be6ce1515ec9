/** Large downloads by real clients while the recorder stands still: what it says of them afterwards is true. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createSecureServer, type ServerHttp2Stream } from 'node:http2'
import { createServer as createHttps } from 'node:https'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import type { Server as TlsServer } from 'node:tls'
import { listen as listenOrigin } from '../../src/peers/origin.ts'
import { listen } from '../../src/proxy/listener.ts'
import { Recorder } from '../../src/recorder/recorder.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import type { Slab } from '../../src/tape/entry.ts'
import { SlabWriter } from '../../src/tape/slab-writer.ts'
import { inTime } from '../in-time.ts'
import { identityFor, optionsIn, secureTunnel, share } from '../proxy/running.ts'
import { readAll } from '../proxy/socket-pair.ts'
import { inFolder } from '../store/samples.ts'

const host = 'a.example'
const size = 40_000_000 // bytes of a download; the tape has room for 4 MB of content, and as much for its outline
const patience = 60_000 // ms

/** Writes `size` bytes as fast as they are taken. */
function fill(to: Writable): void {
  const block = Buffer.alloc(50_000, 'x')
  let left = size
  const more = (): void => {
    while (left > 0) {
      left -= block.length
      if (!to.write(block)) return void to.once('drain', more)
    }
    to.end()
  }
  more()
}

type Drive = (through: {
  readonly port: number
  readonly proxy: Awaited<ReturnType<typeof listen>>
  readonly ca: string
}) => Promise<void>

/** What the capture says of a conversation whose recorder read nothing until it was over. */
async function recordedLate(t: TestContext, server: TlsServer, drive: Drive, look: (capture: Capture) => void) {
  const origin = await listenOrigin(server)
  t.after(origin.close)
  const { folder, authority } = await share()
  const slabs: Slab[] = []
  const tape = new SlabWriter(slab => slabs.push(slab), { mostSlabs: 16 })
  const options = { ...optionsIn(folder), hosts: new Map([[host, '127.0.0.1']]) }
  const proxy = await listen(options, tape, authority)
  await drive({ port: origin.port, proxy, ca: authority.certificatePem })
  await proxy.close()
  tape.flush()
  await inFolder(async place => {
    const path = join(place, 'a.parley')
    const writer = openCaptureWriter(path)
    const recorder = new Recorder(writer, { body: 1e6, behind: 48 })
    for (const slab of slabs) recorder.read(slab)
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

/** Each exchange is a whole 200 of its true length, and nobody is accused of anything. */
function assertTrue(capture: Capture, count: number): void {
  const exchanges = capture.exchangesOf(1).map(id => capture.exchange(id)!)
  assert.equal(exchanges.length, count)
  for (const { response, aborted, problems } of exchanges) {
    assert.deepEqual([response?.head.status, response?.bodyBytes, aborted], [200, size, undefined])
    assert.ok(response!.bodyDropped > size / 2 && response!.endedAt !== undefined)
    assert.deepEqual(problems, [])
  }
  assert.deepEqual(capture.connection(1)?.problems, [])
}

test('three parallel downloads over HTTP/2', async t => {
  const server = createSecureServer(await identityFor(host))
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.respond({ ':status': 200, 'content-length': size }) // without it Node may end a stream with RST_STREAM
    fill(stream)
  })
  const drive: Drive = async ({ port, proxy, ca }) => {
    const socket = await secureTunnel(t, proxy, { host, port, ca, alpn: ['h2'] })
    const session = connect(`https://${host}`, { createConnection: () => socket })
    const lengths = await inTime(
      'the downloads',
      Promise.all(
        ['/a', '/b', '/c'].map(async path => {
          let length = 0
          const stream = session.request({ ':path': path }).on('data', (part: Buffer) => {
            length += part.length
          })
          await once(stream, 'end')
          return length
        }),
      ),
      patience,
    )
    assert.deepEqual(lengths, [size, size, size])
    session.close()
    await once(session, 'close')
  }
  await recordedLate(t, server as unknown as TlsServer, drive, capture => assertTrue(capture, 3))
})

test('a chunked download over HTTP/1.1', async t => {
  const server = createHttps(await identityFor(host), (_, answer) => fill(answer))
  const drive: Drive = async ({ port, proxy, ca }) => {
    const socket = await secureTunnel(t, proxy, { host, port, ca, alpn: ['http/1.1'] })
    const all = readAll(socket)
    socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    assert.ok((await inTime('the download', all, patience)).length > size)
    socket.end()
  }
  await recordedLate(t, server, drive, capture => assertTrue(capture, 1))
})
