import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { MessageChannel } from 'node:worker_threads'
import type { EngineSays, OnTape, ToEngine } from '../../../src/cli/threads/messages.ts'
import { startThread } from '../../../src/cli/threads/start-thread.ts'
import type { Slab } from '../../../src/tape/entry.ts'
import { logOf } from '../../tape/tape-log.ts'
import { optionsIn, ownFolder } from '../recorded-run.ts'

function start(t: TestContext, listen = { host: '127.0.0.1', port: 0 }) {
  const { port1, port2 } = new MessageChannel()
  const { proxy } = optionsIn(ownFolder(), { listen })
  const worker = startThread('engine-thread', { proxy, upstreamRoots: [], tape: port1 }, [port1], () => {})
  t.after(async () => {
    await worker.terminate()
    port2.close()
  })
  const first = new Promise<EngineSays>(resolve => worker.once('message', resolve))
  const slabs: Slab[] = []
  const ended = new Promise<void>(resolve => {
    port2.on('message', (message: OnTape) => {
      if ('end' in message) resolve()
      else if ('slab' in message) slabs.push(message.slab)
    })
  })
  return { worker, first, slabs, ended, port2 }
}

test('the engine says where it listens, and what passes is on the tape before its end', async t => {
  const { worker, first, slabs, ended } = start(t)
  const said = await first
  assert.ok(said.type === 'listening' && said.port > 0)
  const client = connect(said.port, said.host)
  client.on('error', () => {}).resume()
  client.end('GET / HTTP/1.1\r\n\r\n')
  await new Promise(resolve => client.once('close', resolve))
  worker.postMessage({ type: 'close' } satisfies ToEngine)
  await ended
  const types = logOf(slabs).flatMap(entry => (entry.kind === 'event' ? entry.event.type : []))
  assert.deepEqual([types[0], types.at(-1)], ['opened', 'closed'])
})

test('an error that nobody caught is told, and the engine goes on', async t => {
  const { worker, first } = start(t)
  const said = await first
  assert.ok(said.type === 'listening')
  const next = new Promise<EngineSays>(resolve => worker.once('message', resolve))
  worker.postMessage(null)
  assert.match(JSON.stringify(await next), /^{"type":"trouble","message":"a bug in Parley .*null/)
  const client = connect(said.port, said.host)
  client.end('GET / HTTP/1.1\r\n\r\n')
  const answer = await new Promise<Buffer>(resolve => client.once('data', resolve))
  assert.match(answer.toString(), /^HTTP\/1\.1 \d+ /)
  client.destroy()
})

test('an address that cannot be listened on is told by Node’s code', async t => {
  const { first } = start(t, { host: '192.0.2.1', port: 0 })
  const said = await first
  assert.ok(said.type === 'failed' && said.code === 'EADDRNOTAVAIL', JSON.stringify(said))
})
