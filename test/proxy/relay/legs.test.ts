import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import { bothClosed, firstOf, lanesOf, watchFailures } from '../../../src/proxy/relay/legs.ts'
import { MemoryTape } from '../memory-tape.ts'
import { readAll } from '../socket-pair.ts'

test('the first leg to go takes the other along', async () => {
  const [[client], [upstream]] = [duplexPair(), duplexPair()]
  const over = bothClosed(client, upstream)
  client.destroy()
  await over
  assert.ok(upstream.destroyed)
})

test('a client that has got nothing hears why its server failed, and one that has does not', async () => {
  for (const answered of [false, true]) {
    const [far, client] = duplexPair()
    const [, upstream] = duplexPair()
    const tape = new MemoryTape()
    const onSilentFailure = (error: Error, asked: Buffer) => Buffer.from(`${error.message} to ${asked}`)
    const options = { client, upstream, tape, connection: 1, onSilentFailure }
    watchFailures(options, lanesOf(1)['to-client'], { answered, asked: firstOf(Buffer.from('GET /')) })
    const heard = readAll(far)
    upstream.destroy(new Error('no answer'))
    if (answered) setImmediate(() => client.end())
    assert.equal(String(await heard), answered ? '' : 'no answer to GET /')
    assert.equal(tape.contentText('client', 'to-client'), answered ? '' : 'no answer to GET /')
  }
})
