import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRefusal } from '../../../src/compare/verdict/refusal.ts'
import { alertOf } from '../make.ts'
import { ask } from './ask.ts'

test('only the server’s fatal alerts are refusals', () => {
  assert.equal(
    checkRefusal(ask({}, {}, {}, [alertOf('to-client', 70)]))?.asBrowser,
    'ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
  )
  assert.equal(checkRefusal(ask({}, {}, {}, [alertOf('to-server', 70)])), undefined)
  assert.equal(checkRefusal(ask({}, {}, {}, [alertOf('to-client', 112, 1)])), undefined)
})

test('an alert after the handshake was done refuses no offer', () => {
  const question = ask({}, {}, {}, [alertOf('to-client', 70)])
  assert.equal(checkRefusal({ ...question, upstream: { ...question.upstream, outcome: 'established' } }), undefined)
})
