import assert from 'node:assert/strict'
import { test } from 'node:test'
import { socketParts } from '../../../../src/export/pcapng/content/web-socket-parts.ts'
import type { StreamMessage } from '../../../../src/model/stream-message.ts'
import { exchangeOf } from '../../../store/samples.ts'

const exchange = exchangeOf(1, { upgraded: 'websocket' })
const message = (seq: number, text: string, more: Partial<StreamMessage> = {}): StreamMessage => ({
  ...{ seq, direction: 'to-client', at: 1, endedAt: 2, opcode: 1, frames: 1, compressed: false, complete: true },
  ...{ length: text.length, bytes: Buffer.from(text) },
  ...more,
})
const parts = (messages: readonly StreamMessage[], direction: 'to-server' | 'to-client' = 'to-client') =>
  socketParts(
    { streamMessages: (_, { from = 0, limit }) => messages.filter(({ seq }) => seq >= from).slice(0, limit) },
    exchange,
    false,
    direction,
  )
const hex = (made: ReturnType<typeof parts>): string => {
  assert.ok(typeof made !== 'string')
  const bytes = Buffer.concat([...made.parts()].map(part => part.read(0, part.length)))
  assert.equal(bytes.length, made.length)
  return bytes.toString('hex')
}

test('a message is a frame, or as many as it had', () => {
  assert.equal(hex(parts([message(0, 'hi')])), '81026869')
  assert.equal(hex(parts([message(0, 'abc', { frames: 2, compressed: true })])), '41026162' + '800163')
  assert.equal(hex(parts([message(0, 'abc', { complete: false })])), '0103616263')
  assert.match(hex(parts([message(0, 'x'.repeat(200))])), /^817e00c8/)
})

test('what a client says is masked, and only that of the direction is there', () => {
  const all = Array.from({ length: 600 }, (_, seq) => message(seq, 'm', seq % 2 ? { direction: 'to-server' } : {}))
  assert.equal(hex(parts(all)).length, 300 * 6)
  assert.equal(hex(parts(all, 'to-server')).length, 300 * 14)
})

test('bytes that were not kept are counted, and what was changed is not made again', () => {
  const made = parts([message(0, 'ab', { length: 10 })])
  assert.ok(typeof made !== 'string')
  assert.equal(made.lost, 8)
  assert.match(parts([message(0, 'x', { acted: { how: 'dropped', acts: [] } })]) as string, /changed/)
})
