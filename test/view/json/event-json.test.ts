import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionSummary, eventJson } from '../../../src/view/json/event-json.ts'
import { assertFits } from './schemas.ts'

test('an event has version, time and what it is about', () => {
  const event = eventJson({ event: 'trouble', message: 'the disk is full', stopped: true }, 1000)
  assert.deepEqual(event, {
    ...{ version: 1, time: '1970-01-01T00:00:01.000Z', event: 'trouble' },
    ...{ message: 'the disk is full', stopped: true },
  })
  assertFits('event', event)
})

test('a connection is summed up by what is known of it', () => {
  const bare = connectionSummary({ id: 1, openedAt: 0, client: {}, problems: [] })
  assert.deepEqual(bare, { id: 1, openedAt: '1970-01-01T00:00:00.000Z', legs: { client: {} } })
  const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'h2', resumed: false }
  const whole = connectionSummary({
    ...{ id: 2, openedAt: 1, within: 1, entrance: 'connect', target: { host: 'a.example', port: 443 } },
    ...{ treatment: 'observe', process: { pid: 1, name: 'curl', command: 'curl' }, serverName: 'a.example' },
    ...{ protocol: 'h2', client: { agreed }, upstream: {}, problems: [], closed: { at: 3 } },
  })
  assert.deepEqual(whole.legs, {
    client: { version: 'TLSv1.3', cipherSuite: agreed.cipherSuite, alpn: 'h2' },
    upstream: {},
  })
  assert.equal(whole.closed, 2)
  for (const connection of [bare, whole]) assertFits('event', eventJson({ event: 'connection-closed', connection }, 0))
})
