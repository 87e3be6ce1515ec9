import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { listen } from '../../../src/peers/origin.ts'
import { UpstreamSocket } from '../../../src/proxy/socket/upstream-socket.ts'
import { once } from '../socket-pair.ts'

/** A socket whose server does `last` when it hears something; nothing of that was read before the next write failed. */
async function unread(t: TestContext, last: (server: Socket) => void) {
  const server = createServer(socket => {
    socket.on('error', () => {}).once('readable', () => last(socket))
  })
  const { port, close } = await listen(server)
  t.after(close)
  const socket = new UpstreamSocket()
  const heard: string[] = []
  socket.on('data', (chunk: Buffer) => heard.push(String(chunk)))
  socket.on('deaf', how => heard.push(`deaf ${how}`))
  for (const name of ['end', 'error'] as const)
    socket.on(name, (error?: NodeJS.ErrnoException) => heard.push(error?.code ?? name))
  socket.connect({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  socket.pause()
  for (let i = 0; i < 5; i++) {
    socket.write(Buffer.alloc(1000))
    await wait(10)
  }
  return { socket, heard }
}

test('what a server said before it would hear no more is read', async t => {
  const { socket, heard } = await unread(t, server => server.end('answer', () => server.destroy()))
  assert.deepEqual(heard, ['deaf fin'])
  socket.resume()
  await once(socket, 'close')
  assert.deepEqual(heard, ['deaf fin', 'answer', 'end'])
})

test('a server that resets has not ended', async t => {
  const { socket, heard } = await unread(t, server => server.resetAndDestroy())
  socket.resume()
  await once(socket, 'close')
  assert.deepEqual(heard, ['deaf reset', 'ECONNRESET'])
})

test('one that nobody reads any more is destroyed as any other', async t => {
  const { socket, heard } = await unread(t, server => server.end('answer', () => server.destroy()))
  socket.destroy()
  await once(socket, 'close')
  assert.deepEqual(heard, ['deaf fin', 'EPIPE'])
})
