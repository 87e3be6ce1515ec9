import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { aim, within } from '../../../src/proxy/entrance/arrival.ts'
import type { Services } from '../../../src/proxy/services.ts'
import { MemoryTape } from '../memory-tape.ts'

test('where a client wants to go is noted, and refused where that is Parley itself', () => {
  const tape = new MemoryTape()
  const isOurs = (address: string, port: number): boolean => address === '127.0.0.1' && port === 8080
  const arrival = { services: { tape, isOurs } as unknown as Services, connection: 7 }
  assert.equal(aim(arrival, 'socks5', { host: 'a.example', port: 8080 }), undefined)
  for (const host of ['127.0.0.1', 'localhost'])
    assert.equal(aim(arrival, 'connect', { host, port: 8080 })?.code, 'proxy/loop')
  assert.deepEqual(
    tape.told('targeted', 7).map(({ entrance, target }) => [entrance, target.host]),
    [
      ['socks5', 'a.example'],
      ['connect', '127.0.0.1'],
      ['connect', 'localhost'],
    ],
  )
})

test('what comes inside a connection is one of its own, with the same ends', () => {
  const tape = new MemoryTape()
  const services = { tape, nextConnection: () => 8 } as unknown as Services
  const ends = { local: { address: '127.0.0.1', port: 1 }, remote: { address: '127.0.0.2', port: 2 } }
  const [outer, inner] = [new PassThrough(), new PassThrough()]
  const arrival = within({ services, socket: outer, connection: 7, address: '127.0.0.2', ends }, inner)
  assert.deepEqual([arrival.connection, arrival.address, arrival.socket === inner], [8, '127.0.0.2', true])
  const [opened] = tape.told('opened', 8)
  assert.deepEqual([opened?.local, opened?.remote, opened?.within], [ends.local, ends.remote, 7])
})
