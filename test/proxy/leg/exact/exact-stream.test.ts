import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { isProblem } from '../../../../src/model/problem.ts'
import { Unfollowed } from '../../../../src/proxy/leg/exact/exact-upstream.ts'
import { readRecordHeaders } from '../../../../src/tape/record-headers.ts'
import { offer } from '../../../wire/tls/client/offer.ts'
import { Server12, suite } from '../../../wire/tls/client/rogue/server12.ts'
import type { MemoryTape } from '../../memory-tape.ts'
import { once, readAll } from '../../socket-pair.ts'
import { exactPair, rsa } from './exact-pair.ts'

async function opened(options: Parameters<typeof exactPair>[1] = {}) {
  const pair = exactPair({}, { ...rsa, ...options })
  const upstream = await pair.result
  if (isProblem(upstream) || upstream instanceof Unfollowed) throw new Error(JSON.stringify(upstream))
  return { ...pair, upstream, stream: upstream.socket }
}

const dataRecords = ({ headers }: MemoryTape, lane: string): number => {
  let count = 0
  for (const { bytes } of headers.filter(part => part.lane === lane)) readRecordHeaders(bytes, () => count++)
  return count
}

const echo = (server: TLSSocket): TLSSocket => server.pipe(server)

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
  test(`what is said comes back, and the tape has the headers of its records and the rest whole, ${maxVersion}`, async () => {
    const { stream, server, tape, near } = await opened({ maxVersion })
    echo(server)
    const big = Buffer.alloc(300_000, 'x')
    stream.end(big)
    assert.deepEqual(await readAll(stream), big)
    assert.equal(dataRecords(tape, 'upstream to-server'), Math.ceil(big.length / 16_384))
    assert.ok(dataRecords(tape, 'upstream to-client') >= Math.ceil(big.length / 16_384))
    const closing = tape.wires.filter(({ lane }) => lane === 'upstream to-server').at(-1)!
    assert.equal(
      closing.position + closing.bytes.length,
      (near as never as { written?: number }).written ?? closing.position + closing.bytes.length,
    )
  })

test('the tape has every byte of both directions at its place', async () => {
  const { stream, server, tape, tap } = await opened()
  echo(server)
  stream.end('hello')
  await readAll(stream)
  for (const [lane, total] of [
    ['upstream to-server', tap.bytes.toServer],
    ['upstream to-client', tap.bytes.toClient],
  ] as const) {
    const spans = tape.wires
      .filter(part => part.lane === lane)
      .map(({ position, bytes }) => [position, position + bytes.length])
    for (const { bytes } of tape.headers.filter(part => part.lane === lane))
      readRecordHeaders(bytes, (offset, from) => spans.push([offset, offset + 5 + bytes.readUInt16BE(from + 3)]))
    spans.sort(([a = 0], [b = 0]) => a - b)
    let at = 0
    for (const [from, to = 0] of spans) {
      assert.equal(from, at)
      at = to
    }
    assert.equal(at, total)
  }
})

test('a reader that does not read holds the server back', async () => {
  const { stream, server } = await opened()
  const block = Buffer.alloc(64_000)
  let blocks = 0
  while (server.write(block) && blocks < 1000) blocks++
  assert.ok(blocks < 1000)
  stream.resume()
  await once(server, 'drain')
})

test('a server that has ended can still be spoken to', async () => {
  const { stream, server } = await opened({ allowHalfOpen: true } as never)
  const said = readAll(server)
  server.end('bye')
  assert.equal((await readAll(stream)).toString(), 'bye')
  stream.end('still here')
  assert.equal((await said).toString(), 'still here')
})

test('what came before a failure is read before it is told', async () => {
  const { stream, server, far } = await opened()
  server.write('all of this')
  await once(stream, 'readable')
  far.write(Buffer.concat([Buffer.of(23, 3, 3, 0, 40), Buffer.alloc(40)]))
  await new Promise(setImmediate)
  const errors: NodeJS.ErrnoException[] = []
  stream.on('error', error => errors.push(error))
  assert.deepEqual([errors, stream.destroyed], [[], false])
  assert.equal((await readAll(stream)).toString(), 'all of this')
  assert.equal(errors[0]?.code, 'bad-record-mac')
})

test('what a server says behind its end is told up to a bound, and read to its FIN', async () => {
  const { stream, server, far, tape, tap } = await opened()
  server.end('bye')
  assert.equal((await readAll(stream)).toString(), 'bye')
  for (let i = 0; i < 40; i++) far.write(Buffer.alloc(16_384, 1))
  far.end()
  await once(tap, 'end')
  const told = tape.wires.filter(({ lane }) => lane === 'upstream to-client').map(({ bytes }) => bytes.length)
  assert.ok(told.reduce((a, b) => a + b) < 100_000)
  assert.ok(tap.bytes.toClient > 600_000)
})

test('a FIN without close_notify ends it', async () => {
  const { stream, far } = await opened()
  far.end()
  assert.equal((await readAll(stream)).length, 0)
})

test('writes that wait go out in few records', async () => {
  const { stream, server, tape } = await opened()
  stream.cork()
  for (let i = 0; i < 100; i++) stream.write('piece')
  stream.uncork()
  await once(server, 'data')
  assert.equal(dataRecords(tape, 'upstream to-server'), 1)
})

test('a FIN in the midst of a record is an error, told when what came before has been read', async () => {
  const { stream, server, far, tape } = await opened()
  server.write('all of this')
  await once(stream, 'readable')
  const cut = Buffer.of(23, 3, 3, 0, 40, 1, 2, 3)
  far.write(cut)
  far.end()
  const errors: NodeJS.ErrnoException[] = []
  stream.on('error', error => errors.push(error))
  assert.equal((await readAll(stream)).toString(), 'all of this')
  assert.equal(errors[0]?.code, 'ERR_STREAM_PREMATURE_CLOSE')
  assert.deepEqual(tape.wires.at(-1)!.bytes, cut)
})

/** A session of TLS 1.2 that the server has begun to renegotiate. */
async function renegotiating() {
  const hello = offer({ versions: [0x0303], suites: [suite.ecdheEcdsa], groups: [23] })
  const { result, far } = exactPair({ hello })
  const server = new Server12()
  server.deliver = bytes => void far.write(bytes)
  far.on('data', bytes => server.hear(bytes))
  const hears = async (records: number) => {
    while (server.heard.length < records) await new Promise(setImmediate)
  }
  await hears(1)
  server.flight()
  await hears(4) // ClientKeyExchange, ChangeCipherSpec and Finished
  server.change()
  server.finished()
  const upstream = await result
  if (isProblem(upstream) || upstream instanceof Unfollowed) throw new Error(JSON.stringify(upstream))
  server.helloRequest()
  await hears(5)
  return { far, stream: upstream.socket.resume() }
}

for (const first of ['the FIN', 'the write'] as const)
  test(`a FIN in a renegotiation ends a write that waits for it, ${first} first`, async () => {
    const { far, stream } = await renegotiating()
    const closed = new Promise(resolve => stream.once('close', resolve))
    stream.on('error', () => {})
    const write = () => new Promise(resolve => stream.write('held', resolve))
    const written = first === 'the write' ? write() : undefined
    far.end()
    if (!written) await once(stream, 'end')
    const error = await (written ?? write())
    assert.equal((error as NodeJS.ErrnoException).code, 'ERR_STREAM_PREMATURE_CLOSE')
    await closed
  })
