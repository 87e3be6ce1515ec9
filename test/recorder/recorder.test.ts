import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Recorder, type Watchers } from '../../src/recorder/recorder.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import type { Slab } from '../../src/tape/entry.ts'
import { SlabWriter, type SlabWriterOptions } from '../../src/tape/slab-writer.ts'
import { ticketKeyLine } from '../../src/wire/tls/key-log.ts'
import { inFolder } from '../store/samples.ts'
import { toClient, toServer } from '../tape/lanes.ts'

const endpoint = { address: '127.0.0.1', port: 1 }

interface Recorded {
  readonly changes: readonly { readonly flows: readonly number[]; readonly connections: readonly number[] }[]
  readonly capture: Capture
}

/** Records what `write` puts on the tape, and looks at the capture file. */
function record(
  write: (tape: SlabWriter) => void,
  look: (recorded: Recorded) => void,
  options: { readonly body?: number; readonly behind?: number; readonly tape?: SlabWriterOptions } = {},
  watchers?: Watchers,
): void {
  inFolder(folder => {
    const path = join(folder, 'capture.parley')
    const writer = openCaptureWriter(path)
    const recorder = new Recorder(writer, { body: options.body ?? 1 << 20, behind: options.behind ?? 10 }, watchers)
    const slabs: Slab[] = []
    const tape = new SlabWriter(slab => slabs.push(slab), options.tape)
    write(tape)
    tape.flush()
    const changes = slabs.map(slab => {
      recorder.read(slab)
      new Uint8Array(slab.buffer).fill(0xee) // the engine writes into it again
      return recorder.flush()
    })
    changes.push(recorder.flush(true))
    writer.close()
    const capture = openCapture(path)
    try {
      look({ changes, capture })
    } finally {
      capture.close()
    }
  })
}

const request = 'POST /x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello'
const answer = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`

function exchange(tape: SlabWriter, body = 'world'): void {
  tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
  tape.event(1, 2, { type: 'targeted', entrance: 'connect', target: { host: 'a.example', port: 443 } })
  tape.content(toServer, 3, Buffer.from(request))
  tape.content(toClient, 4, Buffer.from(answer(body)))
}
const closed = (tape: SlabWriter): void => tape.event(1, 9, { type: 'closed', at: 9 })

test('a conversation on the tape is an exchange with both bodies in the file', () => {
  record(
    tape => {
      exchange(tape)
      closed(tape)
    },
    ({ capture, changes }) => {
      const stored = capture.exchange(1)!
      assert.deepEqual([stored.request.head.path, stored.response?.head.status], ['/x', 200])
      assert.equal(String(Buffer.from(capture.body(1, 'request', 0, 100))), 'hello')
      assert.equal(String(Buffer.from(capture.body(1, 'response', 0, 100))), 'world')
      assert.equal(capture.connection(1)!.closed?.at, 9)
      assert.deepEqual(changes[0], { flows: [1], connections: [1] })
    },
  )
})

test('the same whatever slabs the tape is cut into', () => {
  const body = 'x'.repeat(20_000)
  for (const slabBytes of [300, 1000, 4096]) {
    record(
      tape => {
        exchange(tape, body)
        closed(tape)
      },
      ({ capture }) => {
        const stored = capture.exchange(1)!
        assert.deepEqual(
          [stored.response?.bodyBytes, stored.response?.bodyDropped, stored.aborted],
          [20_000, 0, undefined],
        )
        assert.equal(Buffer.from(capture.body(1, 'response', 0, 30_000)).toString(), body)
      },
      { tape: { slabBytes }, behind: 100_000 },
    )
  }
})

test('plain bytes of the upstream leg are the same bytes again and make no second exchange', () => {
  record(
    tape => {
      exchange(tape)
      tape.content({ connection: 1, leg: 'upstream', direction: 'to-server' }, 5, Buffer.from(request))
      closed(tape)
    },
    ({ capture }) => {
      assert.deepEqual(capture.exchangesOf(1), [1])
      assert.deepEqual([capture.exchange(1)!.request.bodyBytes, capture.connection(1)!.problems], [5, []])
    },
  )
})

test('while the recorder is behind, bodies are dropped and marked, and the exchange is still complete', () => {
  record(
    tape => {
      exchange(tape, 'x'.repeat(5000))
      closed(tape)
    },
    ({ capture }) => {
      const stored = capture.exchange(1)!
      assert.equal(stored.aborted, undefined)
      assert.deepEqual([stored.response?.bodyBytes, stored.response?.endedAt], [5000, 4])
      assert.ok(stored.response!.bodyDropped > 0)
    },
    { behind: 0, tape: { slabBytes: 1000 } },
  )
})

test('a body past the limit is counted whole and kept up to it', () => {
  record(
    tape => exchange(tape, 'x'.repeat(5000)),
    ({ capture }) => {
      const { response } = capture.exchange(1)!
      assert.deepEqual([response?.bodyBytes, response?.bodyDropped], [5000, 4000])
      assert.equal(capture.bodyLength(1, 'response'), 1000)
    },
    { body: 1000 },
  )
})

test('a connection that closes aborts the exchange that waits for its answer', () => {
  record(
    tape => {
      tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
      tape.content(toServer, 3, Buffer.from(request))
      const reset = { at: 5, by: 'server', how: 'reset' } as const
      tape.event(1, 5, { type: 'leg-closed', leg: 'upstream', closed: reset, bytes: { toServer: 60, toClient: 0 } })
      closed(tape)
    },
    ({ capture }) => assert.equal(capture.exchange(1)!.aborted?.by, 'server'),
  )
})

test('a WebSocket message changes the flow that carries it, and is in the file', () => {
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n'
  record(
    tape => {
      tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
      tape.content(toServer, 2, Buffer.from(`GET /ws HTTP/1.1\r\nHost: a.example\r\n${upgrade}\r\n`))
      tape.content(toClient, 3, Buffer.from(`HTTP/1.1 101 Switching Protocols\r\n${upgrade}\r\n`))
      tape.flush()
      tape.content(toClient, 4, Buffer.from([0x81, 2, 0x68, 0x69]))
    },
    ({ capture, changes }) => {
      assert.deepEqual(changes[1]?.flows, [1])
      assert.equal(capture.streamMessages(1, { from: 0, limit: 9 }).length, 1)
    },
  )
})

test('what the relay did passes the tape, and the server’s side is in the file', () => {
  const head = { status: 404, reason: '', version: 'HTTP/1.1', headers: [] }
  record(
    tape => {
      tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
      tape.content(toServer, 3, Buffer.from(request))
      tape.acted(1, 1, 4, { type: 'server-response', head, body: 'own' })
      tape.content({ ...toClient, leg: 'upstream', exchange: 1 }, 4, Buffer.from('gone'))
    },
    ({ capture }) => assert.deepEqual(capture.body(1, 'server-response', 0, 9), Buffer.from('gone')),
  )
})

test('what the recording ends with is closed then, its exchange aborted, its record headers written', () => {
  const header = (offset: number): Buffer => Buffer.from([0, 0, offset, 0, 0, 0, 23, 3, 3, 1, 0])
  record(
    tape => {
      tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
      tape.wire(toServer, 2, 0, Buffer.from('client hello'))
      tape.recordHeaders(toServer, 4, header(16))
      tape.flush()
      tape.content(toServer, 5, Buffer.from(request))
      tape.recordHeaders(toServer, 5, header(48))
    },
    ({ capture, changes }) => {
      assert.notEqual(capture.connection(1)!.closed, undefined)
      assert.equal(capture.exchange(1)!.aborted?.by, 'parley')
      assert.deepEqual(changes.at(-1), { flows: [1], connections: [1] })
      assert.ok(JSON.stringify(capture.legCapture(1, 'client')).includes('"offset":48'))
    },
  )
})

test('bytes below TLS, record headers and keys come back from the file by leg and direction', () => {
  const keys: string[] = []
  const line = `CLIENT_RANDOM ${'00'.repeat(32)} ${'ff'.repeat(48)}`
  const ticketKey = ticketKeyLine(Buffer.alloc(32), Buffer.alloc(32))
  const header = Buffer.from([0, 0, 0x10, 0, 0, 0, 23, 3, 3, 1, 0]) // offset 16, application data, 256 bytes
  record(
    tape => {
      tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
      tape.wire(toServer, 2, 0, Buffer.from('client hello'))
      tape.wire({ connection: 1, leg: 'upstream', direction: 'to-client' }, 3, 0, Buffer.from('server hello'))
      tape.recordHeaders(toServer, 4, header)
      tape.keyLog(1, 'client', 5, Buffer.from(`${line}\n`))
      tape.keyLog(1, 'client', 5, Buffer.from(ticketKey))
    },
    ({ capture }) => {
      const client = capture.legCapture(1, 'client')!
      assert.equal(Buffer.concat(client.chunks['to-server'].map(({ bytes }) => bytes)).toString(), 'client hello')
      assert.deepEqual(client.chunks['to-client'], [])
      const upstream = capture.legCapture(1, 'upstream')!
      assert.equal(Buffer.concat(upstream.chunks['to-client'].map(({ bytes }) => bytes)).toString(), 'server hello')
      assert.ok(JSON.stringify(client).includes('"offset":16'), 'the record header')
      assert.deepEqual(keys, [line], 'other programs know the labels of NSS alone')
      assert.deepEqual(client.keyLog, [line, ticketKey])
    },
    {},
    { keyLog: seen => keys.push(seen) },
  )
})

test('who opened a connection is told beside the tape, before its row is written and when it is over', () => {
  inFolder(folder => {
    const path = join(folder, 'capture.parley')
    const writer = openCaptureWriter(path)
    const events: string[] = []
    const event = (id: number, { type }: { readonly type: string }): void => void events.push(`${id} ${type}`)
    const recorder = new Recorder(writer, { body: 1000, behind: 10 }, { event })
    const tape = new SlabWriter(slab => recorder.read(slab))
    for (const id of [1, 2]) tape.event(id, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
    tape.flush()
    const [early, late] = [1, 2].map(pid => ({ pid, name: 'curl', command: 'curl' }))
    recorder.process(1, early!)
    recorder.flush()
    tape.event(2, 2, { type: 'closed', at: 2 })
    tape.flush()
    recorder.flush()
    recorder.process(2, late!)
    assert.deepEqual(recorder.flush(), { flows: [], connections: [2] })
    assert.deepEqual(recorder.flush().connections, [])
    recorder.flush(true)
    writer.close()
    const capture = openCapture(path)
    assert.deepEqual([capture.connection(1)?.process, capture.connection(2)?.process], [early, late])
    assert.equal(capture.connection(2)?.closed?.at, 2)
    capture.close()
    assert.deepEqual(events, ['1 opened', '2 opened', '2 closed'])
  })
})

test('headers are written with the tick in which they came, and their connection is told', () =>
  inFolder(folder => {
    const path = join(folder, 'capture.parley')
    const writer = openCaptureWriter(path)
    const recorder = new Recorder(writer, { body: 100, behind: 10 })
    const tape = new SlabWriter(slab => recorder.read(slab))
    exchange(tape)
    tape.flush()
    recorder.flush()
    tape.recordHeaders(toClient, 5, Uint8Array.of(0, 0, 9, 0, 0, 0, 23, 3, 3, 0, 77))
    tape.flush()
    assert.deepEqual(recorder.flush(), { flows: [], connections: [1] })
    const capture = openCapture(path)
    assert.deepEqual(capture.legCapture(1, 'client')?.headers['to-client'], [
      { at: 5, offset: 9, type: 23, version: 0x303, length: 77 },
    ])
    assert.deepEqual(recorder.flush(), { flows: [], connections: [] })
    capture.close()
    writer.close()
  }))

test('a request to a server that had ended before it is the server’s failure, though the client closes first', () => {
  record(
    tape => {
      tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
      tape.contentEnd(toClient, 2)
      tape.content(toServer, 3, Buffer.from('GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n'))
      const closed = { at: 8, by: 'client', how: 'fin' } as const
      tape.event(1, 8, { type: 'leg-closed', leg: 'client', closed, bytes: { toServer: 40, toClient: 0 } })
      tape.event(1, 9, { type: 'closed', at: 9 })
    },
    ({ capture }) => assert.equal(capture.exchange(1)?.aborted?.by, 'server'),
  )
})
