import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { relayOpaque } from '../../../src/proxy/relay/opaque.ts'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { inTime } from '../../in-time.ts'
import { MemoryTape } from '../memory-tape.ts'
import { once, readAll, socketPair } from '../socket-pair.ts'

async function relay(t: TestContext, tls: boolean, upgrade?: (_: string, bytes: Buffer) => number | undefined) {
  const [client, server] = await Promise.all([socketPair(), socketPair()])
  t.after(() => {
    client.close()
    server.close()
  })
  const tape = new MemoryTape()
  const clientTap = new JsTap({ socket: client.near, tape, connection: 3, leg: 'client' })
  const upstreamTap = new JsTap({ socket: server.near, tape, connection: 3, leg: 'upstream' })
  const done = relayOpaque({ client: clientTap, upstream: upstreamTap, tape, connection: 3, tls, upgrade })
  return { client: client.far, server: server.far, clientTap, upstreamTap, tape, done }
}

test('both directions arrive as they are, and each end is passed on', async t => {
  const { client, server, done, tape } = await relay(t, false)
  const got = Promise.all([readAll(server), readAll(client)])
  client.end('to the server')
  const [toServer] = await Promise.all([readAll(server), once(server, 'end')])
  server.end('to the client')
  assert.equal(String(toServer), 'to the server')
  assert.equal(String((await got)[1]), 'to the client')
  await done
  assert.equal(tape.contentText('client', 'to-server'), 'to the server')
  assert.equal(tape.contentText('client', 'to-client'), 'to the client')
  assert.deepEqual(
    tape.ends.map(({ lane }) => lane),
    ['client to-server', 'client to-client'],
  )
})

test('a server that was reset before the client spoke ends the client too, and its words are on the tape', async t => {
  const [client, server] = await Promise.all([socketPair(), socketPair()])
  t.after(() => client.close())
  const tape = new MemoryTape()
  const clientTap = new JsTap({ socket: client.near, tape, connection: 3, leg: 'client' })
  const upstreamTap = new JsTap({ socket: server.near, tape, connection: 3, leg: 'upstream' })
  upstreamTap.on('error', () => {})
  const closed = once(upstreamTap, 'close')
  upstreamTap.resume()
  server.far.resetAndDestroy()
  await closed
  clientTap.unshift(Buffer.from('hello?'))
  const ended = readAll(client.far)
  await relayOpaque({ client: clientTap, upstream: upstreamTap, tape, connection: 3, tls: false })
  assert.equal(String(await ended), '')
  assert.equal(tape.contentText('client', 'to-server'), 'hello?')
})

test('of TLS end to end only what lies below it is kept: no plain bytes', async t => {
  const { client, server, done, tape } = await relay(t, true)
  const got = readAll(server)
  const record = Buffer.from([22, 3, 1, 0, 3, 1, 2, 3])
  client.end(record)
  assert.deepEqual(await got, record)
  server.end()
  client.resume()
  await done
  assert.deepEqual([tape.contents.length, tape.ends.length], [0, 0])
  const legs = tape.wires.map(({ lane, bytes }) => [lane, bytes.length])
  assert.deepEqual(legs, [
    ['client to-server', 8],
    ['upstream to-server', 8],
  ])
})

test('far behind any handshake, long records of passed-through TLS are no longer kept', async t => {
  const { client, server, done, tape } = await relay(t, true)
  const record = Buffer.concat([Buffer.from([23, 3, 3, 0x40, 0]), Buffer.alloc(0x4000)])
  const stream = Buffer.concat(Array.from({ length: 40 }, () => record))
  const got = readAll(server)
  client.end(stream)
  assert.ok((await got).equals(stream))
  server.end()
  client.resume()
  await done
  const kept = tape.wires.reduce((sum, { bytes }) => sum + bytes.length, 0)
  assert.ok(tape.headers.length > 0, 'no header was packed')
  assert.ok(kept < stream.length, `${kept} bytes are kept`)
})

test('a server that does not read stops the client, and nothing is lost', async t => {
  const { client, server, done, clientTap } = await relay(t, false)
  const stream = Buffer.alloc(24 << 20, 7)
  server.pause()
  client.end(stream)
  await once(clientTap.socket, 'pause')
  assert.ok(clientTap.bytes.toServer < stream.length)
  const got = readAll(server)
  server.resume()
  assert.equal((await got).length, stream.length)
  server.end()
  client.resume()
  await done
})

test('a reset on either side closes the other', async t => {
  for (const who of ['client', 'server'] as const) {
    const { client, server, done, clientTap, upstreamTap } = await relay(t, false)
    const [broken, other] = who === 'client' ? [client, server] : [server, client]
    other.once('end', () => other.end())
    const gone = readAll(other)
    broken.resetAndDestroy()
    await Promise.all([gone, done])
    const tap = who === 'client' ? clientTap : upstreamTap
    assert.deepEqual([tap.closed?.by, tap.closed?.how], [who, 'reset'])
    assert.ok(clientTap.destroyed && upstreamTap.destroyed)
  }
})

test('a client that has its answer and has ended takes a server along that never does', async t => {
  const [client, server] = await Promise.all([socketPair(), socketPair()])
  t.after(() => {
    client.close()
    server.close()
  })
  const tape = new MemoryTape()
  const clientTap = new JsTap({ socket: client.near, tape, connection: 3, leg: 'client' })
  const upstreamTap = new JsTap({ socket: server.near, tape, connection: 3, leg: 'upstream' })
  const patience = { answered: 20, asked: 60_000 }
  const done = relayOpaque({ client: clientTap, upstream: upstreamTap, tape, connection: 3, tls: false, patience })
  server.far.resume()
  server.far.write('the answer')
  await once(client.far, 'data')
  client.far.end()
  await inTime('the relay is over', done)
  assert.deepEqual([clientTap.destroyed, upstreamTap.destroyed], [true, true])
})

test('where TLS begins it stops: what is in clear has gone on, the rest waits, and nobody reads', async t => {
  const upgrade = (_: string, bytes: Buffer): number | undefined => (bytes.includes('upgrade') ? 7 : undefined)
  const { client, server, clientTap, upstreamTap, done, tape } = await relay(t, false, upgrade)
  const heard = once(server, 'data')
  client.write('upgradeTLS')
  assert.equal(await done, 'upgraded')
  assert.deepEqual([String(await heard), String(clientTap.unread)], ['upgrade', 'TLS'])
  assert.equal(tape.contentText('client', 'to-server'), 'upgrade')
  server.write('later')
  const later = once(upstreamTap, 'data')
  upstreamTap.resume()
  assert.equal(String(await later), 'later')
  assert.equal(tape.contentText('client', 'to-client'), '')
  const closed = once(clientTap, 'close')
  clientTap.destroy()
  await closed
  assert.equal(upstreamTap.destroyed, false)
})
