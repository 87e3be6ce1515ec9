import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aim } from '../../../src/proxy/entrance/arrival.ts'
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
