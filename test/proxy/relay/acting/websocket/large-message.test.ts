import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LargeMessage } from '../../../../../src/proxy/relay/acting/websocket/large-message.ts'
import { deflateAlone } from '../../../../../src/wire/websocket/permessage-deflate.ts'

const first = { fin: true, rsv: 4, opcode: 1, masked: false, length: 0 }
const half = { noContextTakeover: false, windowBits: 15 }
const deflated = (text: string): Uint8Array => deflateAlone(Buffer.from(text), half)!

test('what a message says is known when all of it has come, and goes on uncompressed where that is wanted', async () => {
  const frames: Uint8Array[] = []
  const large = new LargeMessage(first, Buffer.from('before '), frame => frames.push(frame))
  for (const byte of deflated('hello')) large.push(Uint8Array.of(byte))
  assert.equal(String(Buffer.from((await large.end())!)), 'before hello')
  const starts = frames.map(([start]) => start)
  assert.deepEqual([starts[0], starts.at(-1)], [0x01, 0x80])
  assert.ok(starts.slice(1, -1).every(start => start === 0))
  assert.equal(Buffer.concat(frames.map(frame => frame.subarray(2))).toString(), 'hello')
})

test('one that is no deflated data has no end, and nothing may refer to it', async () => {
  const frames: Uint8Array[] = []
  const large = new LargeMessage(first, new Uint8Array(0), frame => frames.push(frame))
  large.push(Uint8Array.of(6, 6, 6))
  assert.equal(await large.end(), undefined)
  assert.deepEqual(frames, [])
})

test('who pushes faster than it is read is asked to wait', async () => {
  const large = new LargeMessage(first, new Uint8Array(0))
  const some = deflated('x'.repeat(100))
  assert.equal(large.room(), undefined)
  large.push(Buffer.concat(Array(100_000).fill(some)))
  assert.ok(large.room())
  await large.room()
  assert.equal(large.room(), undefined)
  large.close()
})
