import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Fin, sequencesOf, showSequence } from '../../../src/view/handshake/sequence.ts'
import type { Direction } from '../../../src/wire/direction.ts'
import { helloOf, makeHandshake, makeHello, type Said } from '../../compare/make.ts'

const record = (direction: Direction, offset: number, length: number, at = 0) =>
  ({ direction, at, offset, type: 22, version: 0x0303, length, encrypted: false, opened: true }) as const

const withRecords = (records: readonly ReturnType<typeof record>[], of: readonly (readonly number[])[]) => {
  const done: Said = ['to-client', { name: 'server_hello_done' }]
  const handshake = makeHandshake([helloOf(makeHello()), done])
  return { ...handshake, records, messages: handshake.messages.map((message, i) => ({ ...message, records: of[i]! })) }
}

test('a 517-byte hello is acknowledged by 518', () => {
  const [hello, answer] = sequencesOf(
    withRecords([record('to-server', 0, 512), record('to-client', 0, 117)], [[0], [1]]),
  )
  assert.equal(showSequence(hello!), 'Seq=1 Len=517 Ack=1')
  assert.equal(hello!.acknowledgedBy, 518)
  assert.equal(showSequence(answer!), 'Seq=1 Len=122 Ack=518')
})

test('after CONNECT the numbers go on from where TLS begins', () => {
  const [hello] = sequencesOf(withRecords([record('to-server', 120, 512), record('to-client', 39, 10)], [[0], [1]]))
  assert.equal(showSequence(hello!), 'Seq=121 Len=517 Ack=40')
})

test('a message of several records spans them all', () => {
  const records = [record('to-server', 0, 10), record('to-server', 15, 10), record('to-client', 0, 1)]
  assert.equal(sequencesOf(withRecords(records, [[0, 1], [2]]))[0]!.length, 30)
})

test('records that are not there give no numbers', () => {
  assert.deepEqual(sequencesOf(withRecords([], [[], [7]])), [undefined, undefined])
})

test('what is sent after the other side’s FIN acknowledges the FIN as well', () => {
  const records = [record('to-server', 0, 512), record('to-client', 0, 117), record('to-client', 122, 19, 15)]
  const handshake = withRecords(records, [[0], [2]])
  const ackOf = (fin?: Fin) => sequencesOf(handshake, fin)[1]!.acknowledges
  assert.equal(ackOf(), 518)
  assert.equal(ackOf({ direction: 'to-server', at: 10 }), 519)
  assert.equal(ackOf({ direction: 'to-server', at: 20 }), 518)
  assert.equal(ackOf({ direction: 'to-client', at: 10 }), 518)
})
