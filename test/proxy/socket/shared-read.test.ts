import assert from 'node:assert/strict'
import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { readShared, sharedRead } from '../../../src/proxy/socket/shared-read.ts'

async function pair(t: TestContext): Promise<{ server: net.Server; near: Socket; far: Socket }> {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const far = net.connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', onread: sharedRead })
  const [accepted] = (await once(server, 'connection')) as [Socket]
  const near = readShared(accepted)
  t.after(() => {
    near.destroy()
    far.destroy()
    server.close()
  })
  return { server, near, far }
}

test('both an accepted and a dialled socket read into the one buffer, and tell it by data events', async t => {
  const { near, far } = await pair(t)
  far.write('ping')
  const [ping] = (await once(near, 'data')) as [Buffer]
  assert.equal(String(ping), 'ping')
  near.write('pong')
  const [pong] = (await once(far, 'data')) as [Buffer]
  assert.equal(String(pong), 'pong')
  assert.equal(ping.buffer, pong.buffer)
})

test('a paused socket reads nothing until it is resumed, and then everything', async t => {
  const { near, far } = await pair(t)
  let came = 0
  near.on('data', (bytes: Buffer) => {
    came += bytes.length
    near.pause()
  })
  far.end(Buffer.alloc(300_000))
  await new Promise(resolve => setTimeout(resolve, 50))
  assert.ok(came <= 65_536, `${came} bytes in one read`)
  const ended = once(near, 'end')
  near.removeAllListeners('data').on('data', bytes => {
    came += bytes.length
  })
  near.resume()
  await ended
  assert.equal(came, 300_000)
})

test('a FIN ends one direction only, and the server stops counting the socket when it closes', async t => {
  const { server, near, far } = await pair(t)
  far.end()
  near.resume()
  await once(near, 'end')
  near.write('still here')
  const [bytes] = (await once(far, 'data')) as [Buffer]
  assert.equal(String(bytes), 'still here')
  near.end()
  await once(near, 'close')
  server.close()
  await once(server, 'close')
})

test('the addresses are those of the accepted connection', async t => {
  const { near, far } = await pair(t)
  assert.deepEqual([near.remoteAddress, near.remotePort], ['127.0.0.1', far.localPort])
})
