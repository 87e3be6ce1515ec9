import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageFailures } from '../../../src/problem/catalogue/message-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('message', messageFailures)

test('a gap in what was recorded is the fault of Parley', () => {
  for (const code of ['http1/gap', 'http2/gap', 'websocket/gap'] as const)
    assert.equal(messageFailures[code].blame, 'parley')
})
