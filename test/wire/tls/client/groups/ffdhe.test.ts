import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ffdhe } from '../../../../../src/wire/tls/client/groups/ffdhe.ts'

test('a share that is not as long as the prime is refused: RFC 8446 4.2.8.1', () => {
  const [here, there] = [ffdhe(2048), ffdhe(2048)]
  assert.deepEqual(here.agree(there.share), there.agree(here.share))
  assert.throws(() => here.agree(Buffer.of(4)), { alert: 47 })
  assert.throws(() => here.agree(Buffer.concat([Buffer.of(0), there.share])), { alert: 47 })
})
