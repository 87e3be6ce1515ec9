import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { listen } from '../../../../src/peers/origin.ts'
import { inTime } from '../../../in-time.ts'
import type { MemoryTape } from '../../memory-tape.ts'
import { startProxy, toProxy } from '../../running.ts'
import { once } from '../../socket-pair.ts'

const whole = 20_000_000 // bytes; several times what the kernel holds
const most = 1_000_000
const slow = 100 // ms before anything is read; were it too short, the test would only be easier

/** The most bytes that had been read and not yet been written. */
function mostHeld({ contents }: MemoryTape, read: string, written: string): number {
  let [held, highest] = [0, 0]
  for (const { lane, bytes } of contents) {
    if (lane === read) held += bytes.length
    if (lane === written) held -= bytes.length
    highest = Math.max(highest, held)
  }
  return highest
}

async function lengthOf(body: AsyncIterable<Buffer>): Promise<number> {
  let length = 0
  for await (const chunk of body) length += chunk.length
  return length
}

for (const method of ['GET', 'PUT'] as const)
  test(`a body is read no faster than it is written (${method})`, async t => {
    const server = createServer(async (asked, answer) => {
      if (method === 'PUT') await wait(slow)
      await lengthOf(asked)
      answer.end(method === 'GET' ? Buffer.alloc(whole) : undefined)
    })
    const { port, close } = await listen(server)
    t.after(close)
    const { proxy, tape } = await startProxy(t)
    const asking = request({ port: proxy.port, method, path: `http://127.0.0.1:${port}/`, agent: false })
    const heard = new Promise<AsyncIterable<Buffer>>((resolve, reject) =>
      asking.once('response', resolve).once('error', reject),
    )
    asking.end(method === 'PUT' ? Buffer.alloc(whole) : undefined)
    const body = await heard
    if (method === 'GET') await wait(slow)
    assert.equal(await lengthOf(body), method === 'GET' ? whole : 0)
    await tape.closed()
    assert.ok(mostHeld(tape, 'client to-server', 'upstream to-server') < most)
    assert.ok(mostHeld(tape, 'upstream to-client', 'client to-client') < most)
    assert.deepEqual(tape.codes(), [])
  })

test('an upload that has been answered before its end goes on', async t => {
  const heard = Promise.withResolvers<void>()
  let length = 0
  const server = createTcpServer(socket => {
    socket.on('error', () => {}).once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'))
    socket.on('data', chunk => {
      length += chunk.length
      if (length > whole) heard.resolve()
    })
  })
  const { port, close } = await listen(server)
  t.after(close)
  const { proxy } = await startProxy(t)
  const client = await toProxy(t, proxy)
  client.write(`PUT http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: a\r\nContent-Length: ${whole}\r\n\r\n`)
  await inTime('the client has its answer', once(client, 'data'))
  client.write(Buffer.alloc(whole))
  await inTime(`the server has heard ${whole} bytes and the head`, heard.promise)
})
