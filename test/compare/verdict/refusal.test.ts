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

test('an alert about a damaged record or Finished, or of a user who changed their mind, refuses no offer', () => {
  for (const description of [20, 22, 51, 90])
    assert.equal(checkRefusal(ask({}, {}, {}, [alertOf('to-client', description)])), undefined)
})

test('an alert after the handshake was done refuses no offer', () => {
  const question = ask({}, {}, {}, [alertOf('to-client', 70)])
  assert.equal(checkRefusal({ ...question, upstream: { ...question.upstream, outcome: 'established' } }), undefined)
})

test('what a server refused is the client’s own offer only where Parley sent that', () => {
  const question = ask({}, {}, {}, [alertOf('to-client', 70)])
  const connection = { ...question.connection, upstream: { mirrorGaps: [] } }
  const sent = question.hello
  assert.equal(checkRefusal({ ...question, connection, sent })?.standing, 'fails')
  const older = { ...question.hello, supportedVersions: [0x304, 0x303, 0x301] } // --min-tls kept the last one out
  assert.equal(checkRefusal({ ...question, connection, sent, hello: older })?.standing, 'may-fail')
})
