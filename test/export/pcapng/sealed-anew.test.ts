import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LaneContentOrWhy, latin1Part } from '../../../src/export/pcapng/content/lane-content.ts'
import { laneBytes } from '../../../src/export/pcapng/lane-bytes.ts'
import { sealedAnew } from '../../../src/export/pcapng/sealed-anew.ts'
import type { LegCapture } from '../../../src/wire/tls/capture.ts'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import { bytesOf, directions, dropBodies } from '../../wire/tls/capture-edits.ts'
import { tlsPair } from '../../wire/tls/record-pair.ts'
import { identity } from '../../wire/tls/test-certificates.ts'

const applicationData = 23
const content = (text: string): LaneContentOrWhy => ({
  lost: 0,
  messages: [{ notBefore: 0, length: text.length, parts: () => [latin1Part(0, text)] }],
})
const said = { 'to-server': 'ping', 'to-client': 'pong' }

/** The records of application data that are content, by what the dissector opens. */
function withoutContent(capture: LegCapture): LegCapture {
  const { records } = dissect(capture)
  const places = new Set(
    records
      .filter(({ type, innerType, encrypted }) => encrypted && (innerType ?? type) === applicationData)
      .map(({ direction, offset }) => `${direction} ${offset}`),
  )
  const count = { 'to-server': 0, 'to-client': 0 }
  const own = {
    'to-server': records.filter(r => r.direction === 'to-server'),
    'to-client': records.filter(r => r.direction === 'to-client'),
  }
  return dropBodies(capture, ({ direction }) =>
    places.has(`${direction} ${own[direction][count[direction]++]?.offset}`),
  )
}

const made = (kept: LegCapture, contentOf: Parameters<typeof sealedAnew>[1]) => {
  const { lanes } = sealedAnew(kept, contentOf)
  const told = {
    'to-server': [...laneBytes(kept.chunks['to-server'], lanes['to-server'].overlays, { offset: 0, at: 0 })],
    'to-client': [...laneBytes(kept.chunks['to-client'], lanes['to-client'].overlays, { offset: 0, at: 0 })],
  }
  const pieces = (direction: (typeof directions)[number]) => told[direction]
  return {
    lanes,
    pieces,
    bytes: (direction: (typeof directions)[number]) => Buffer.concat(pieces(direction).map(piece => piece.bytes)),
  }
}

for (const [version, ciphers] of [
  ['TLSv1.3', 'TLS_AES_256_GCM_SHA384'],
  ['TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256'],
  ['TLSv1.2', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ['TLSv1.2', 'ECDHE-RSA-AES128-GCM-SHA256'],
] as const)
  test(`what was not kept of ${version} with ${ciphers} is encrypted again`, async () => {
    const pair = tlsPair({ server: identity('rsa') })
    const { capture } = await pair.connect({ minVersion: version, maxVersion: version, ciphers })
    const kept = withoutContent(capture)
    const { lanes, pieces, bytes } = made(kept, direction => content(said[direction]))
    for (const direction of directions) {
      assert.equal(kept.headers[direction].length, 1, direction)
      assert.deepEqual(lanes[direction].anew, { lost: 0 })
      const again = bytes(direction)
      assert.equal(again.length, bytesOf(capture, direction).length)
      // With an explicit nonce the bytes may be others than OpenSSL's; all else follows from keys, number and content.
      if (!ciphers.includes('AES128')) assert.deepEqual(again, bytesOf(capture, direction))
      const opened: string[] = []
      const whole = { ...capture, chunks: { ...capture.chunks, [direction]: pieces(direction) } }
      dissect(whole, { content: (to, _, text) => void (to === direction && opened.push(Buffer.from(text).toString())) })
      assert.deepEqual(opened, [said[direction]])
    }
  })

test('where content has another length, is not known, or no key opens it, the headers are there', async () => {
  const { capture } = await tlsPair({ server: identity('rsa') }).connect({ minVersion: 'TLSv1.3' })
  const kept = withoutContent(capture)
  const why = (contentOf: Parameters<typeof sealedAnew>[1], of = kept): unknown => {
    const { lanes } = made(of, contentOf)
    const overlay = lanes['to-client'].overlays.at(-1)
    assert.equal(overlay?.bytes()?.length, 5)
    assert.equal(overlay?.length, 5 + kept.headers['to-client'][0]!.length)
    return (lanes['to-client'].anew as { why: string }).why
  }
  assert.match(why(() => content('too long')) as string, /does not have the length/)
  assert.equal(
    why(() => 'it rains'),
    'it rains',
  )
  assert.match(why(() => content('pong'), { ...kept, keyLog: [] }) as string, /no keys|could not be opened/)
})

test('a lane that was kept as it came stays as it is', async () => {
  const { capture } = await tlsPair({ server: identity('rsa') }).connect()
  const { lanes, bytes } = made(capture, () => assert.fail('nobody needs the content'))
  assert.deepEqual(lanes['to-client'], { overlays: [] })
  assert.deepEqual(bytes('to-client'), bytesOf(capture, 'to-client'))
})
