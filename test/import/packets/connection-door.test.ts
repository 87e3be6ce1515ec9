import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellingDoor } from './telling-door.ts'

test('connections are numbered as they come, and one may come inside another', () => {
  const { told, connection } = tellingDoor()
  const outer = connection()
  const inner = outer.inside(1)
  inner.content('to-server', 1, Buffer.from('a'))
  inner.content('to-server', 1, Buffer.from('b'))
  outer.gap('to-client', 1, 5)
  outer.legClosed(2, { toServer: 1, toClient: 2 }, 'server', 'reset')
  inner.close(3)
  assert.deepEqual(told, [
    'c1 opened 10.0.0.1 10.0.0.2',
    'c2 opened 10.0.0.1 10.0.0.2 within c1',
    'c2 > ab',
    'c1 < (5 missing)',
    'c1 reset by server, 1 2',
    'c2 closed',
  ])
})

test('the name in a hello is the target, where no proxy was asked for another', () => {
  const { told, connection } = tellingDoor()
  const [straight, tunnel] = [connection(), connection()]
  straight.tell(1, { type: 'targeted', entrance: 'transparent', target: { host: '10.0.0.2', port: 443 } })
  tunnel.tell(1, { type: 'targeted', entrance: 'connect', target: { host: 'b.example', port: 443 } })
  straight.hello(2, 'a.example')
  straight.hello(2, undefined)
  tunnel.hello(2, 'a.example')
  assert.deepEqual(told.slice(4), [
    ...['c1 hello a.example', 'c1 transparent a.example:443', 'c1 hello undefined'],
    'c2 hello a.example',
  ])
})
