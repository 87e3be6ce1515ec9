import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Direction } from '../../../../../src/model/party.ts'
import { WebSocketCore } from '../../../../../src/proxy/relay/acting/websocket/websocket-core.ts'
import type { StreamVerdict } from '../../../../../src/rules/verdict.ts'
import { writeFrame } from '../../../../../src/wire/websocket/write-frame.ts'

test('a direction that waits for a verdict does not hold the other', () => {
  const got: string[] = []
  const held: Direction[] = []
  const claims = {
    act: ({ direction }: { readonly direction: Direction }) =>
      direction === 'to-server' ? new Promise<never>(() => {}) : ({ type: 'pass', acts: [] } as const),
  }
  const core = new WebSocketCore(claims, undefined, {
    write: direction => void got.push(direction),
    hold: direction => void held.push(direction),
    acted: () => {},
    serverContent: () => {},
  })
  const frame = writeFrame({ fin: true, rsv: 0, opcode: 1, masked: false }, Buffer.from('a'))
  core.push('to-server', frame)
  core.push('to-client', frame)
  assert.deepEqual([got, held], [['to-client'], ['to-server']])
})

const frame = (text: string, more: Partial<Parameters<typeof writeFrame>[0]> = {}): Uint8Array =>
  writeFrame({ fin: true, rsv: 0, opcode: 1, masked: false, ...more }, Buffer.from(text))

/** What of these frames goes to the server, where each message is answered so. */
function gone(verdict: StreamVerdict, ...frames: readonly Uint8Array[]): Buffer {
  const parts: Buffer[] = []
  const core = new WebSocketCore({ act: () => verdict }, undefined, {
    write: (_, bytes) => void parts.push(Buffer.from(bytes)),
    hold: () => {},
    acted: () => {},
    serverContent: () => {},
  })
  core.push('to-server', Buffer.concat(frames))
  return Buffer.concat(parts)
}

test('a message of frames without end is not held without end, though they hold nothing', () => {
  const empty = frame('', { fin: false, opcode: 0 })
  const many = Array.from({ length: 70_000 }, () => empty)
  const passed = gone({ type: 'pass', acts: [] }, frame('a', { fin: false }), ...many)
  assert.equal(passed.length, 3 + 70_000 * empty.length)
})

test('reserved bits that mean nothing here stay, and their receiver refuses them as it would', () => {
  const change: StreamVerdict = { type: 'change', bytes: Buffer.from('changed'), acts: [] }
  assert.deepEqual(gone(change, frame('one', { rsv: 4 })), Buffer.from(frame('changed', { rsv: 4 })))
  assert.deepEqual(
    gone(change, frame('a', { fin: false }), frame('b', { opcode: 0, rsv: 4 })),
    Buffer.concat([frame('chan', { fin: false }), frame('ged', { opcode: 0, rsv: 4 })]),
  )
})
