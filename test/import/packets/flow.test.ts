import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flow } from '../../../src/import/packets/flow.ts'
import { readSegment } from '../../../src/wire/tcp/read-segment.ts'
import { type TcpParts, tcp } from '../../wire/packet/make-packets.ts'
import { client, noKeys, server, tellingDoor } from './telling-door.ts'

function flow(name?: string) {
  const { told, door } = tellingDoor()
  const made = new Flow(door, noKeys, { client, server, ...(name !== undefined && { name }) }, 0, true)
  const push = (direction: 'to-server' | 'to-client', parts: Partial<TcpParts>) => {
    const bytes = tcp({ from: 1, to: 2, seq: 0, ...parts })
    made.push(direction, 5, readSegment(bytes, bytes.length)!)
  }
  return {
    told,
    flow: made,
    up: (parts: Partial<TcpParts>) => push('to-server', parts),
    down: (parts: Partial<TcpParts>) => push('to-client', parts),
  }
}

test('a connection is told from its first content on, and who ended it first', () => {
  const { told, flow: one, up, down } = flow('a.example')
  up({ seq: 9, flags: 'S' })
  down({ seq: 99, ack: 10, flags: 'S' })
  assert.deepEqual(told, [])
  up({ seq: 10, ack: 100, data: 'GET / HTTP/1.0\r\n\r\n' })
  down({ seq: 100, ack: 28, data: 'HTTP/1.0 200 OK\r\n\r\n', flags: 'F' })
  up({ seq: 28, ack: 120, flags: 'F' })
  assert.deepEqual(told, [
    'c1 opened 10.0.0.1 10.0.0.2',
    'c1 transparent a.example:443',
    'c1 > GET / HTTP/1.0\r\n\r\n',
    'c1 < HTTP/1.0 200 OK\r\n\r\n',
    'c1 < (end)',
    'c1 > (end)',
    'c1 fin by server, 18 19',
    'c1 closed',
  ])
  assert.equal(one.isOver, true)
})

test('a reset ends it at once, what comes then is no part of it', () => {
  const { told, up, down } = flow()
  up({ seq: 10, data: 'GET / HTTP/1.0\r\n' })
  down({ seq: 100, ack: 26, flags: 'R' })
  up({ seq: 26, data: 'more' })
  assert.deepEqual(told.slice(2), ['c1 > GET / HTTP/1.0\r\n', 'c1 reset by server, 16 0', 'c1 closed'])
})

test('what the capture ends before has no end of its own', () => {
  const { told, flow: one, up } = flow()
  up({ seq: 10, data: 'GET / HTTP/1.0\r\n' })
  one.close(9)
  one.close(9)
  assert.deepEqual(told.slice(3), ['c1 closed'])
})

test('another SYN begins another connection, the same one again does not', () => {
  const { flow: one, up } = flow()
  up({ seq: 10, flags: 'S' })
  const segment = (parts: Partial<TcpParts>) => readSegment(tcp({ from: 1, to: 2, seq: 10, flags: 'S', ...parts }), 20)!
  assert.deepEqual(
    [
      one.isOther(segment({}), 'to-server'),
      one.isOther(segment({ seq: 11 }), 'to-server'),
      one.isOther(segment({ ack: 1 }), 'to-client'),
    ],
    [false, true, false],
  )
})

test('a SYN that was captured behind the first data belongs to it', () => {
  const { flow: one, up } = flow()
  up({ seq: 11, data: 'GET / HTTP/1.0\r\n' })
  const syn = (seq: number) => readSegment(tcp({ from: 1, to: 2, seq, flags: 'S' }), 20)!
  assert.deepEqual([one.isOther(syn(10), 'to-server'), one.isOther(syn(5_000_000), 'to-server')], [false, true])
})
