import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { OriginConnection } from '../../../../src/proxy/entrance/cleartext/origin-connection.ts'
import { Origins } from '../../../../src/proxy/entrance/cleartext/origins.ts'
import { streamPair } from '../../stream-pair.ts'

function rig() {
  const dialled: OriginConnection[] = []
  const targeted: string[] = []
  const origins = new Origins(
    { dial: origin => dialled.push(origin), targeted: ({ host, port }) => targeted.push(`${host}:${port}`) },
    {
      head: () => true,
      bytes: () => {},
      responded: () => {},
      unreadable: () => {},
      drained: () => {},
      ended: () => {},
    },
  )
  return { origins, dialled, targeted }
}
const a = { host: 'a.test', port: 80 }
const b = { host: 'a.test', port: 81 }

test('an origin has one connection, dialled in a later turn, and a target is told where it changes', async () => {
  const { origins, dialled, targeted } = rig()
  const first = origins.for(a)
  assert.equal(origins.for(a), first)
  assert.notEqual(origins.for(b), first)
  assert.equal(origins.for(a), first)
  assert.equal(dialled.length, 0)
  await turn()
  assert.deepEqual(
    dialled.map(({ target }) => target.port),
    [80, 81],
  )
  assert.deepEqual(targeted, ['a.test:80', 'a.test:81', 'a.test:80'])
})

test('what is forgotten or ended is dialled anew', async () => {
  const { origins, dialled } = rig()
  const first = origins.for(a)
  origins.forget(first)
  const second = origins.for(a)
  second.destroy()
  assert.equal(new Set([first, second, origins.for(a)]).size, 3)
  await turn()
  assert.equal(dialled.length, 3)
})

test('the end of what the client says reaches every origin, and destroying ends every connection', async () => {
  const { origins } = rig()
  const pairs = [a, b].map(target => {
    const pair = streamPair()
    origins.for(target).connected(pair[0])
    return pair
  })
  origins.finish()
  assert.ok(pairs.every(([ours]) => ours.writableEnded))
  origins.destroy()
  assert.ok(pairs.every(([ours]) => ours.destroyed))
})
