import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, get, settled, speaker, talking, u32Bytes } from './peers.ts'

test('a block that is encoded anew keeps its priority, its padding and the receiver’s limit of frames', async () => {
  const at = talking({
    request: (id, head) => (id === 1 ? claimRequest(async () => ({ type: 'change', acts: [], head })) : undefined),
  })
  const { client } = at
  at.fromClient(client.preface, client.headers(1, get('/'), true))
  await settled()
  const block = speaker().encoder.encode(get(`/${'x'.repeat(20_000)}`), new Uint8Array(4).fill(2))
  const priority = Buffer.concat([u32Bytes(0), ascii('\x10')])
  const before = at.bytes('to-server').length
  at.fromClient(frameBytes(1, 0x2d, 3, Buffer.concat([ascii('\x03'), priority, block, Buffer.alloc(3)])))
  const frames = at.bytes('to-server').subarray(before)
  assert.equal(frames.readUIntBE(0, 3), 16_384)
  assert.equal(frames[4], 0x29, 'END_STREAM, PADDED, PRIORITY; END_HEADERS comes with the last')
  assert.deepEqual(frames.subarray(9, 15), Buffer.concat([ascii('\x03'), priority]))
  assert.equal(frames[9 + 16_384 + 3], 9)
  assert.match(at.atServer().at(-1)!, /^HEADERS 3 END .*:path=\/x{20000}$/)
})
