import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import type { ConnectionEvent } from '../../../src/model/connection-event.ts'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { tellClosed } from '../../../src/proxy/tunnel/scope.ts'
import { MemoryTape } from '../memory-tape.ts'

test('a leg that nobody closed was closed by Parley; one that was, by whoever did', () => {
  const [socket] = duplexPair()
  const told: ConnectionEvent[] = []
  const tap = new JsTap({ socket, tape: new MemoryTape(), connection: 1, leg: 'client' })
  tellClosed({ tell: event => told.push(event) }, 'client', tap)
  socket.emit('end')
  tellClosed({ tell: event => told.push(event) }, 'client', tap)
  const how = told.map(event => event.type === 'leg-closed' && [event.leg, event.closed.by, event.closed.how])
  assert.deepEqual(how, [
    ['client', 'parley', 'fin'],
    ['client', 'client', 'fin'],
  ])
})
