import assert from 'node:assert/strict'
import { Duplex, duplexPair } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { relayVerbatim } from '../../../src/proxy/relay/verbatim.ts'
import { inTime } from '../../in-time.ts'
import { MemoryTape } from '../memory-tape.ts'
import { once, readAll, socketPair } from '../socket-pair.ts'

type Options = Partial<Parameters<typeof relayVerbatim>[0]>

/** A relay between two pairs: `client` and `server` are the far ends. */
function relay(options: Options = {}) {
  const [client, near] = duplexPair()
  const [server, far] = duplexPair()
  for (const end of [client, server]) end.on('error', () => {})
  const tape = new MemoryTape()
  const done = relayVerbatim({ client: near, upstream: far, tape, connection: 9, ...options })
  return { client, server, near, far, tape, done }
}

test('both directions arrive whole and in order, and the tape has the same', async () => {
  const { client, server, tape, done } = relay()
  const [request, response] = [readAll(server), readAll(client)]
  client.write('GET ')
  client.end('/')
  server.write('200 ')
  server.end('OK')
  assert.equal(String(await request), 'GET /')
  assert.equal(String(await response), '200 OK')
  await done
  assert.equal(tape.contentText('client', 'to-server'), 'GET /')
  assert.equal(tape.contentText('client', 'to-client'), '200 OK')
  assert.deepEqual(tape.ends.map(({ lane }) => lane).sort(), ['client to-client', 'client to-server'])
})

test('any chunks in any order arrive as the bytes that they are', async () => {
  const chunk = fc.record({ fromClient: fc.boolean(), bytes: fc.uint8Array({ minLength: 1, maxLength: 40_000 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { maxLength: 12 }), async chunks => {
      const { client, server, tape, done } = relay()
      const got = Promise.all([readAll(server), readAll(client)])
      for (const { fromClient, bytes } of chunks) (fromClient ? client : server).write(bytes)
      client.end()
      server.end()
      const whole = (of: boolean): string =>
        Buffer.concat(chunks.filter(c => c.fromClient === of).map(c => c.bytes)).toString('latin1')
      const [toServer, toClient] = await got
      assert.ok(toServer.toString('latin1') === whole(true) && toClient.toString('latin1') === whole(false))
      await done
      assert.ok(tape.contentText('client', 'to-server') === whole(true))
    }),
    { numRuns: 30 },
  )
})

test('a side that does not read stops the other, and both go on when it reads', async () => {
  const { client, server, near, tape, done } = relay()
  const chunk = Buffer.alloc(16_384, 1)
  let written = 0
  const push = async (): Promise<void> => {
    for (let i = 0; i < 200; i++) {
      client.write(chunk)
      written += chunk.length
      await turn()
    }
  }
  await push()
  assert.ok(near.isPaused(), 'the relay still reads')
  assert.ok(tape.contentText('client', 'to-server').length < 40 * chunk.length)
  const all = readAll(server)
  client.end()
  server.end()
  client.resume()
  assert.equal((await all).length, written)
  await done
})

test('a client that has ended still gets its answer', async () => {
  const { client, server, done } = relay()
  const answer = readAll(client)
  client.end('request')
  assert.equal(String(await readAll(server)), 'request')
  server.end('late answer')
  assert.equal(String(await answer), 'late answer')
  await done
})

test('the end of one direction is told once, when it happens', async () => {
  const { client, server, tape, done } = relay()
  client.end()
  server.resume()
  await once(server, 'end')
  assert.deepEqual(tape.ends, [{ connection: 9, lane: 'client to-server' }])
  client.resume()
  server.end()
  await done
  assert.equal(tape.ends.length, 2)
})

/** A relay over TCP, because a pair of streams does not tell its other half of an error. */
async function overTcp(t: TestContext, options: Options = {}) {
  const [client, server] = await Promise.all([socketPair(), socketPair()])
  t.after(() => {
    client.close()
    server.close()
  })
  const tape = new MemoryTape()
  const done = relayVerbatim({ client: client.near, upstream: server.near, tape, connection: 9, ...options })
  client.near.resume() // accepted paused, as the listener accepts
  server.near.resume()
  return { client, server, tape, done }
}

test('a reset on either side closes the other, and the relay is over', async t => {
  for (const who of ['client', 'server'] as const) {
    const { client, server, done } = await overTcp(t)
    const [broken, other] = who === 'client' ? [client, server] : [server, client]
    const gone = readAll(other.far)
    other.far.once('end', () => other.far.end())
    broken.far.resetAndDestroy()
    await Promise.all([gone, done])
    assert.ok(client.near.destroyed && server.near.destroyed, who)
  }
})

test('a server that fails in silence: the client gets the last words, and so does the tape', async t => {
  const failures: string[] = []
  const { client, server, tape, done } = await overTcp(t, {
    onSilentFailure: (error, asked) => {
      failures.push((error as NodeJS.ErrnoException).code ?? '', String(asked))
      return Buffer.from('why it failed')
    },
  })
  const answer = readAll(client.far)
  client.far.end('request')
  await once(server.far.resume(), 'data')
  server.far.resetAndDestroy()
  assert.equal(String(await answer), 'why it failed')
  await done
  assert.deepEqual(failures, ['ECONNRESET', 'request'])
  assert.equal(tape.contentText('client', 'to-client'), 'why it failed')
})

test('a server that has answered a byte gets no words put behind it', async t => {
  const { client, server, done } = await overTcp(t, { onSilentFailure: () => assert.fail('asked for last words') })
  const answer = readAll(client.far)
  client.far.once('end', () => client.far.end())
  server.far.write('H')
  await once(client.far, 'data')
  server.far.resetAndDestroy()
  assert.equal(String(await answer), 'H')
  await done
})

test('a server that was gone before the relay began closes the client', async () => {
  const [client, near] = duplexPair()
  client.on('error', () => {}).resume()
  const upstream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })
  upstream.destroy()
  await once(upstream, 'close')
  const relayed = relayVerbatim({
    client: Object.assign(near, { destroySoon: () => near.destroy() }),
    upstream,
    tape: new MemoryTape(),
    connection: 1,
  })
  await relayed
  assert.ok(near.destroyed)
})

test('a side that is closing or gone when the relay begins counts once, and the other is closed', async () => {
  for (const first of ['client', 'upstream'] as const)
    for (const gone of [false, true]) {
      const [client, near] = duplexPair()
      const [server, far] = duplexPair()
      for (const end of [client, server]) end.on('error', () => {}).resume()
      const sides = { client: near, upstream: far }
      const event = once(sides[first].destroy(), 'close')
      if (gone) await event
      await relayVerbatim({ ...sides, tape: new MemoryTape(), connection: 9 })
      assert.deepEqual([near.destroyed, far.destroyed], [true, true], `${first} first`)
    }
})

test('a client that ended before the relay began is ended on the other side too', async () => {
  const [client, near] = duplexPair()
  const [server, far] = duplexPair()
  client.end()
  near.resume()
  await once(near, 'end')
  const tape = new MemoryTape()
  const done = relayVerbatim({ client: near, upstream: far, tape, connection: 9 })
  assert.equal(String(await readAll(server)), '')
  server.end()
  client.resume()
  await done
})

test('a server side that only tells of its error, as Node’s TLS does, ends the relay', async () => {
  const { client, server, far, done } = relay()
  const answer = readAll(client)
  client.once('end', () => client.end())
  server.write('half of an ans')
  await once(client, 'data')
  far.emit('error', new Error('bad record mac'))
  assert.equal(String(await answer), 'half of an ans')
  await done
  assert.ok(far.destroyed)
})

test('a client that has its answer and has ended takes a server along that never does', async () => {
  const { client, server, near, far, done } = relay({ patience: { answered: 20, asked: 60_000 } })
  server.resume()
  client.write('GET /')
  server.write('200')
  await once(client, 'data')
  client.end()
  await inTime('the relay is over', done)
  assert.deepEqual([near.destroyed, far.destroyed], [true, true])
})
