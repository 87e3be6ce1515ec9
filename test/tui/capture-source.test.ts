import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { captureSource } from '../../src/tui/capture-source.ts'
import { sampleExchange, secure } from './sample.ts'
import { sampleWorld } from './world.ts'

const { writer, source } = await sampleWorld()

test('a connection is told with both handshakes, its table and its comparison', () => {
  const view = source.connection(1)!
  assert.equal(view.handshakes.client!.outcome, 'established')
  assert.equal(view.handshakes.upstream!.outcome, 'established')
  assert.ok(view.table.rows.length > 5)
  assert.ok(view.comparison.rows.some(({ aspect }) => aspect === 'cipher-suite'))
})

test('a connection is dissected once, and anew when it changed and has rested ten times as long', () => {
  const capture = openCapture(writer.path)
  let now = 0
  const connection: typeof capture.connection = id => {
    now += 300
    return capture.connection(id)
  }
  const slow = captureSource({ ...capture, connection }, () => now)
  const first = slow.connection(1)
  assert.equal(slow.connection(1), first)
  writer.connection({ ...secure, protocol: 'changed' })
  writer.commit()
  slow.changed({ flows: [], connections: [1] })
  assert.equal(slow.connection(1), first)
  now += 3001
  assert.equal(slow.connection(1)!.connection.protocol, 'changed')
  capture.close()
})

test('a leg without TLS has no handshake', () => {
  assert.deepEqual(source.connection(3)!.handshakes, {})
  assert.equal(source.connection(999), undefined)
})

test('counts are held for a moment and then asked for anew', () => {
  const capture = openCapture(writer.path)
  let now = 0
  const held = captureSource(capture, () => now)
  const before = held.counts().flows
  const all = held.count(undefined)!
  writer.exchange(sampleExchange(writer.nextFlowId()))
  writer.commit()
  assert.equal(held.counts().flows, before)
  now += 300
  assert.equal(held.counts().flows, before + 1)
  assert.equal(held.count(undefined), all + 1)
  assert.ok(held.count({ type: 'pattern', name: 'm', pattern: 'POST' })! < all)
  capture.close()
})
