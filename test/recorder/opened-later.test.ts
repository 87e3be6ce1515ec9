import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import { AppKeys } from '../../src/recorder/app-keys.ts'
import { OpenedLater, type OpenedSink } from '../../src/recorder/opened-later.ts'
import { tlsPair } from '../wire/tls/record-pair.ts'
import { identity } from '../wire/tls/test-certificates.ts'

const local = { address: '127.0.0.1', port: 1 }
const opened: ConnectionEvent = { type: 'opened', at: 1, local, remote: local }
const treated = (treatment: 'pass-through' | 'observe'): ConnectionEvent => ({ type: 'treated', treatment })
const bytes = { toServer: 1, toClient: 1 }
const closed: ConnectionEvent = {
  type: 'leg-closed',
  leg: 'client',
  closed: { at: 9, by: 'client', how: 'fin' },
  bytes,
}

function rig() {
  const told: string[] = []
  const sink: OpenedSink = {
    event: (_id, _at, event) =>
      told.push(event.type === 'secured' ? `secured ${event.agreed.version} ${event.agreed.alpn}` : event.type),
    content: ({ direction }, _at, content) => told.push(`${direction} ${Buffer.from(content)}`),
    contentEnd: ({ direction }) => told.push(`${direction} ends`),
    keyLog: (_id, leg) => told.push(`key ${leg}`),
  }
  const keys = new AppKeys()
  return {
    keys,
    later: new OpenedLater(keys, sink),
    told: () => told.splice(0).filter(text => !text.startsWith('key')),
    all: told,
  }
}

for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
  test(`what ${version} carries is told when its keys are known, once, and its end`, async () => {
    const options = { ALPNProtocols: ['http/1.1'], minVersion: version, maxVersion: version }
    const { capture } = await tlsPair({ server: { ...identity('rsa'), ...options } }).connect(options)
    const { keys, later, told, all } = rig()
    later.event(7, opened)
    for (const direction of ['to-server', 'to-client'] as const)
      for (const chunk of capture.chunks[direction]) later.wire(7, direction, chunk)
    later.event(7, treated('pass-through'))
    later.openAll(1)
    assert.equal(all.length, 0)
    for (const line of capture.keyLog) keys.add(line)
    later.openAll(2)
    assert.ok(all.includes('key client') && all.includes('key upstream'))
    const content = [`secured ${version} http/1.1`, 'to-server ping', 'to-client pong']
    assert.deepEqual(told(), content)
    assert.equal(later.isBehind, false)
    later.openAll(3)
    assert.deepEqual(told(), [])
    later.event(7, closed)
    assert.deepEqual(told(), ['to-server ends', 'to-client ends'])
  })

test('keys that come just before the end are in time; what Parley opens itself is not kept', async () => {
  const { capture } = await tlsPair({ server: identity('rsa') }).connect()
  for (const [treatment, count] of [
    ['pass-through', 5],
    ['observe', 0],
  ] as const) {
    const { keys, later, told } = rig()
    later.event(7, opened)
    for (const direction of ['to-server', 'to-client'] as const)
      for (const chunk of capture.chunks[direction]) later.wire(7, direction, chunk)
    later.event(7, treated(treatment))
    for (const line of capture.keyLog) keys.add(line)
    later.event(7, closed)
    later.event(7, { type: 'closed', at: 9 })
    assert.equal(told().length, count, treatment)
  }
})

test('no more than 16 MB of a connection are kept, and what is lost is not told as an end', async () => {
  const { later, told } = rig()
  later.event(7, opened)
  later.event(7, treated('pass-through'))
  for (let i = 0; i < 20; i++) later.wire(7, 'to-server', { at: 1, offset: i << 20, bytes: Buffer.alloc(1 << 20) })
  later.event(7, closed)
  assert.deepEqual(told(), [])
})
