import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Direction } from '../../../../../src/model/party.ts'
import { WebSocketCore } from '../../../../../src/proxy/relay/acting/websocket/websocket-core.ts'
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
