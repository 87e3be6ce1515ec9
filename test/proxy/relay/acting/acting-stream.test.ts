import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import { ActingStream } from '../../../../src/proxy/relay/acting/acting-stream.ts'
import type { ActingPorts } from '../../../../src/proxy/relay/acting/core.ts'
import { once, readAll } from '../../socket-pair.ts'

/** Passes everything, and shows its ports. */
function passing() {
  const [server, upstream] = duplexPair()
  const told: string[] = []
  let ports: ActingPorts | undefined
  const stream = new ActingStream({
    upstream,
    acted: () => {},
    serverContent: () => {},
    destroy: () => {},
    elsewhere: () => Promise.reject(new Error('nobody')),
    coreOf: own => {
      ports = own
      return {
        push: (direction, bytes) => void own.write(direction, bytes),
        end: direction => own.end(direction),
        drained: () => {},
        close: () => void told.push('closed'),
      }
    },
  })
  for (const end of [stream, server]) end.on('error', () => {})
  return { server, stream, told, ports: ports! }
}

test('it stands in the server’s place, with both ends', async () => {
  const { server, stream, told } = passing()
  const [request, response] = [readAll(server), readAll(stream)]
  stream.end('ask')
  assert.equal(String(await request), 'ask')
  server.end('answer')
  assert.equal(String(await response), 'answer')
  if (!stream.closed) await once(stream, 'close')
  assert.deepEqual(told, ['closed'])
})

test('who writes to it waits while it does not read', async () => {
  const { stream, ports, server } = passing()
  server.resume()
  ports.flow('to-server', false)
  let written = 0
  stream.write('a', () => written++)
  stream.write('b', () => written++)
  await new Promise(setImmediate)
  assert.equal(written, 0)
  ports.flow('to-server', true)
  await new Promise(setImmediate)
  assert.equal(written, 2)
})

test('a server that goes takes it along', async () => {
  const { server, stream } = passing()
  const closed = once(stream, 'close')
  server.destroy(new Error('gone'))
  stream.resume()
  await closed
  assert.ok(stream.destroyed)
})
