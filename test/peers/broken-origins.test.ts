import assert from 'node:assert/strict'
import { connect, type Server } from 'node:net'
import { type TestContext, test } from 'node:test'
import { closingServer, garbage, garbageServer, resettingServer } from '../../src/peers/broken-origins.ts'
import { listen } from '../../src/peers/origin.ts'

/** How the server ends a connection on which one byte was sent, and what it said. */
async function endingOf(t: TestContext, server: Server): Promise<[string, Buffer]> {
  const { port, close } = await listen(server)
  t.after(close)
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.write('x')
  socket.on('data', (bytes: Buffer) => chunks.push(bytes))
  const ending = await new Promise<string>(resolve => {
    socket.once('end', () => resolve('FIN'))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
  })
  socket.destroy()
  return [ending, Buffer.concat(chunks)]
}

const nothing = Buffer.alloc(0)

test('one resets, one closes, and neither says a word', async t => {
  assert.deepEqual(await endingOf(t, resettingServer()), ['ECONNRESET', nothing])
  assert.deepEqual(await endingOf(t, closingServer()), ['FIN', nothing])
})

test('garbage is one whole record, then FIN', async t => {
  assert.deepEqual(await endingOf(t, garbageServer()), ['FIN', garbage])
  assert.equal(garbage.length, 5 + garbage.readUInt16BE(3))
})
