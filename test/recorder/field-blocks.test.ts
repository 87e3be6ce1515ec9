// Real blocks of nghttp2, which is what node:http2 is made of, from the wire to the table that a person reads.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type ClientHttp2Session, connect, performServerHandshake } from 'node:http2'
import { join } from 'node:path'
import { type Duplex, duplexPair } from 'node:stream'
import { test } from 'node:test'
import type { FrameEntry } from '../../src/model/frame-entry.ts'
import type { Direction } from '../../src/model/party.ts'
import { observePlain } from '../../src/observe/plain-observer.ts'
import { FrameBook } from '../../src/recorder/frame-book.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { readFieldBlock } from '../../src/view/frames/field-block.ts'
import { fieldFragment } from '../../src/wire/http2/field-fragment.ts'
import { HpackDecoder } from '../../src/wire/http2/hpack/decoder.ts'
import { frameType } from '../../src/wire/http2/names.ts'
import { inFolder } from '../store/samples.ts'

type Bytes = (direction: Direction, bytes: Uint8Array) => void

/** A client and a server of node:http2 with somebody listening between them. */
function sessions(heard: Bytes, settings: { readonly headerTableSize?: number } = {}): ClientHttp2Session {
  const [clientEnd, parleyToClient] = duplexPair()
  const [parleyToServer, serverEnd] = duplexPair()
  const pass = (from: Duplex, to: Duplex, direction: Direction): void => {
    from.on('data', (bytes: Buffer) => {
      heard(direction, bytes)
      to.write(bytes)
    })
    from.on('end', () => to.end())
  }
  pass(parleyToClient, parleyToServer, 'to-server')
  pass(parleyToServer, parleyToClient, 'to-client')
  const server = performServerHandshake(serverEnd as never, { settings })
  let count = 0
  server.on('stream', stream => {
    const id = count++
    const long = id % 300 === 7 ? { 'x-long': 'long '.repeat(5000) } : {} // over one frame
    stream.respond({
      ':status': id % 5 ? 200 : 404,
      'x-request-id': `${id}`.repeat(8),
      etag: `"${id * 7919}"`,
      ...long,
    })
    stream.end()
  })
  return connect('http://blocks.example', { createConnection: () => clientEnd, settings })
}

async function request(session: ClientHttp2Session, path: string): Promise<void> {
  const stream = session.request({ ':path': path, 'x-trace': `trace of ${path}`, accept: '*/*' })
  stream.resume()
  await once(stream, 'close')
}

/** Records the frames of so many requests, and asks for each block of the log. */
async function recorded(
  folder: string,
  requests: number,
  settings?: { readonly headerTableSize?: number },
): Promise<{ capture: Capture; frames: FrameEntry[] }> {
  const path = join(folder, 'a.parley')
  const writer = openCaptureWriter(path)
  const book = new FrameBook()
  const sink = {
    open: () => {},
    event: () => {},
    protocol: () => {},
    problem: (problem: { message: string }) => assert.fail(problem.message),
  }
  const observer = observePlain({ scheme: 'http', authority: 'blocks.example' }, 'h2', sink, { onFrame: book.tap(1) })
  let at = 0
  const session = sessions((direction, bytes) => observer.push(direction, at++, bytes), settings)
  for (let i = 0; i < requests; i++) {
    await request(session, `/v1/items/${i}`)
    if (i % 20 === 19) book.write((id, page) => writer.frames(id, page), true)
  }
  session.close()
  await once(session, 'close')
  book.write((id, page) => writer.frames(id, page), true)
  writer.close()
  const capture = openCapture(path)
  return { capture, frames: capture.frames(1, { limit: 1_000_000 }) }
}

for (const [title, settings] of [
  ['the usual table', undefined],
  ['a large one', { headerTableSize: 65_536 }],
  ['none', { headerTableSize: 0 }],
] as const)
  test(`every field block of a connection with ${title} tells its fields and the table after it`, () =>
    inFolder(async folder => {
      const { capture, frames } = await recorded(folder, 900, settings)
      let most = 0
      for (const direction of ['to-server', 'to-client'] as const) {
        const decoder = new HpackDecoder()
        decoder.allow(65_536)
        let pieces: Uint8Array[] = []
        let blocks = 0
        for (const frame of frames.filter(each => each.direction === direction && [1, 9].includes(each.type))) {
          const { start, end } = fieldFragment(frame, frame.payload!)
          pieces.push(frame.payload!.subarray(start, end))
          if (!frame.flagNames.includes('END_HEADERS')) continue
          const fields = decoder.decode(Buffer.concat(pieces))
          const long = pieces.length > 1
          pieces = []
          if (blocks++ % 9 !== 0 && !long) continue
          const known = capture.fieldFrames(1, frame.index)!
          most = Math.max(most, known.frames.length)
          const block = readFieldBlock(known.frames, frame.index, known.whole)!
          assert.equal(block.problem, undefined)
          const told = block.lines.flatMap(line => (line.kind === 'size-update' ? [] : [line.field]))
          assert.deepEqual(told, fields)
          const { entries, size, maxSize } = block.table!
          const { table } = decoder
          assert.deepEqual([size, maxSize, entries.length], [table.size, table.maxSize, table.length])
          assert.deepEqual(entries, table.entries())
        }
        assert.ok(blocks >= 900)
      }
      assert.ok(
        frames.some(({ table }) => table),
        'a table was kept on the way',
      )
      assert.ok(frames.some(({ type }) => type === frameType.continuation))
      assert.ok(most < 900, `${most} frames were read for one block`)
      capture.close()
    }))
