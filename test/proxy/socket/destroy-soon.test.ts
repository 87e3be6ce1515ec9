import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import { destroySoon } from '../../../src/proxy/socket/destroy-soon.ts'
import { once, readAll } from '../socket-pair.ts'

test('what is written goes out before the end', async () => {
  const [near, far] = duplexPair()
  const all = readAll(far)
  near.write('last words')
  destroySoon(near)
  assert.equal(near.destroyed, false)
  assert.equal(String(await all), 'last words')
  if (!near.closed) await once(near, 'close')
})

test('a stream that has said all is destroyed at once', async () => {
  const [near, far] = duplexPair()
  far.resume()
  near.end()
  await once(near, 'finish')
  destroySoon(near)
  assert.equal(near.destroyed, true)
})
