import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../src/model/connection.ts'
import { hasSpoken, pairOf, Sisters } from '../../src/recorder/sisters.ts'
import type { Handshake, TlsRecord } from '../../src/wire/tls/handshake.ts'

const opened = (id: number, pid: number | undefined, more: Partial<Connection> = {}): Connection => ({
  id,
  openedAt: 0,
  client: { remote: { address: '127.0.0.1', port: 40_000 + id } },
  target: { host: 'a.test', port: 443 },
  serverName: 'a.test',
  problems: [],
  ...(pid !== undefined && { process: { pid, name: 'browser', command: '' } }),
  ...more,
})

test('sisters have one program and one server', () => {
  const sisters = new Sisters()
  const other = { target: { host: 'b.test', port: 443 } }
  for (const one of [opened(1, 7), opened(2, 8), opened(3, 7, other), opened(4, 7)]) sisters.add(one)
  assert.deepEqual(sisters.of(opened(4, 7)), [1])
  assert.deepEqual(sisters.of(opened(3, 7, other)), [])
})

test('programs of this machine that cannot be told apart have none; another machine is one client', () => {
  assert.equal(pairOf(opened(1, undefined)), undefined)
  assert.equal(
    pairOf(opened(1, undefined, { client: { remote: { address: '::ffff:127.0.0.1', port: 1 } } })),
    undefined,
  )
  assert.ok(pairOf(opened(1, undefined, { client: { remote: { address: '192.0.2.1', port: 1 } } })))
})

test('those that were left are acquitted once, when a sister works', () => {
  const sisters = new Sisters()
  sisters.leave(opened(1, 7))
  sisters.leave(opened(2, 8))
  assert.deepEqual(sisters.acquit(opened(3, 7)), [1])
  assert.deepEqual(sisters.acquit(opened(4, 7)), [])
})

test('a client that sent application data has accepted what it was shown', () => {
  const record = (more: Partial<TlsRecord>) => ({ direction: 'to-server', type: 23, ...more }) as TlsRecord
  const made = (outcome: Handshake['outcome'], records: TlsRecord[]) => ({ outcome, records }) as unknown as Handshake
  assert.ok(hasSpoken(made('established', [record({})])))
  assert.ok(hasSpoken(made('established', [record({ innerType: 23 })])))
  for (const no of [record({ innerType: 22 }), record({ direction: 'to-client' }), record({ type: 21 })])
    assert.ok(!hasSpoken(made('established', [no])))
  assert.ok(!hasSpoken(made('failed', [record({})])))
})
