import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { duplexPair } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { echoWebSocket } from '../../src/peers/websocket-echo.ts'
import { FrameReader, frame, opcodes } from '../../src/peers/websocket-frames.ts'

const asking = { headers: { upgrade: 'WebSocket', 'sec-websocket-key': 'x' } } as unknown as IncomingMessage

/** What the server sends after its head when it is sent `bytes`, until it closes. */
async function answersTo(...bytes: Buffer[]) {
  const [client, server] = duplexPair()
  echoWebSocket(asking, server, bytes[0] ?? Buffer.alloc(0))
  for (const more of bytes.slice(1)) client.write(more)
  const answer = Buffer.concat(await client.toArray())
  const start = answer.indexOf('\r\n\r\n') + 4
  assert.match(answer.subarray(0, start).toString(), /^HTTP\/1\.1 101 /)
  return new FrameReader().push(answer.subarray(start))
}

const bye = frame(opcodes.close, Buffer.of(3, 232), true)

test('messages and pings are answered unmasked, those that came with the upgrade too', async () => {
  const frames = await answersTo(
    frame(opcodes.text, Buffer.from('a'), true),
    frame(opcodes.ping, Buffer.from('p'), true),
    frame(opcodes.pong, Buffer.from('ignored'), true),
    bye,
  )
  assert.deepEqual(
    frames.map(({ opcode, payload, masked }) => [opcode, payload.toString('latin1'), masked]),
    [
      [opcodes.text, 'a', false],
      [opcodes.pong, 'p', false],
      [opcodes.close, '\x03\xe8', false],
    ],
  )
})

test('nothing is answered after a close', async () => {
  const frames = await answersTo(Buffer.concat([bye, frame(opcodes.text, Buffer.from('late'), true)]))
  assert.equal(frames.length, 1)
})

test('an unmasked frame is refused with 1002, and one too big with 1009', async () => {
  const codes = [frame(opcodes.text, Buffer.from('a'), false), Buffer.from([0x81, 0xff])].map(async bytes => {
    const [close] = await answersTo(bytes)
    return close?.payload.readUInt16BE(0)
  })
  assert.deepEqual(await Promise.all(codes), [1002, 1009])
})

test('an upgrade without a key is a bad request', async () => {
  const [client, server] = duplexPair()
  echoWebSocket({ headers: { upgrade: 'websocket' } } as IncomingMessage, server, Buffer.alloc(0))
  assert.match(await text(client), /^HTTP\/1\.1 400 /)
})
