import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replayFlight } from '../../../../src/proxy/leg/exact/replay-server.ts'
import { helloMessage } from '../../hello-bytes.ts'

const hello = Buffer.concat([Buffer.of(22, 3, 1, 0, 0), helloMessage()])

/** Type and length of every record. */
function recordsOf(flight: Buffer): [type: number, length: number][] {
  const found: [number, number][] = []
  for (let at = 0; at < flight.length; at += 5 + flight.readUInt16BE(at + 3))
    found.push([flight[at]!, flight.readUInt16BE(at + 3)])
  return found
}

test('a ServerHello in clear, and the rest sealed', () => {
  const flight = replayFlight(hello, [Buffer.alloc(300)])
  const [first, sealed] = recordsOf(flight)
  assert.deepEqual([first?.[0], flight[5]], [22, 2])
  const [header, entry] = [4, 3 + 300 + 2]
  assert.deepEqual(sealed, [23, header + 2 + (header + 1 + 3 + entry) + 1 + 16])
})

test('a long chain fills records of the largest size', () => {
  const [, ...sealed] = recordsOf(replayFlight(hello, Array(10).fill(Buffer.alloc(4000))))
  assert.deepEqual(
    sealed.map(([, length]) => length),
    [16_401, 16_401, 4 + 2 + 4 + 1 + 3 + 10 * 4005 - 2 * 16_384 + 17],
  )
})

test('a hello without a share of X25519 is not answered', () => {
  const extensions = [[43, Buffer.from('020304', 'hex')]] as const
  const bare = Buffer.concat([Buffer.of(22, 3, 1, 0, 0), helloMessage({ extensions })])
  assert.throws(() => replayFlight(bare, []))
})
