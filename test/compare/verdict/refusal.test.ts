import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRefusal } from '../../../src/compare/verdict/refusal.ts'
import { explainFailure } from '../../../src/problem/explain.ts'
import { alertOf, certificateOf, helloOf, makeHello, type Said } from '../make.ts'
import { ask } from './ask.ts'

test('only alerts with which the server ends the handshake are refusals', () => {
  assert.equal(
    checkRefusal(ask({}, {}, {}, [alertOf('to-client', 70)]))?.asBrowser,
    'ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
  )
  assert.equal(checkRefusal(ask({}, {}, {}, [alertOf('to-server', 70)])), undefined)
  const warned = ask({}, {}, {}, [alertOf('to-client', 112, 1)])
  const goesOn = { ...warned.upstream, outcome: 'pending' } as const
  assert.equal(checkRefusal({ ...warned, upstream: goesOn }), undefined)
})

test('an alert of level 1 that ends the handshake is the refusal that the problem names (RFC 8446 6)', () => {
  const warned = ask({}, {}, {}, [helloOf(makeHello()), alertOf('to-client', 112, 1)])
  assert.equal(checkRefusal(warned)?.asBrowser, 'ERR_SSL_UNRECOGNIZED_NAME_ALERT')
  const [problem] = explainFailure(warned.connection, undefined, warned.upstream)
  assert.deepEqual([problem?.code, problem?.blame], ['tls/unrecognized-name', 'server'])
})

test('where Parley broke the handshake off first, neither verdict nor problem says that the server refused', () => {
  const broken = ask({}, {}, {}, [helloOf(makeHello()), alertOf('to-server', 50), alertOf('to-client', 40)])
  assert.equal(checkRefusal(broken), undefined)
  assert.equal(explainFailure(broken.connection, undefined, broken.upstream)[0]?.code, 'tls/illegal-message')
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

const request: Said = [
  'to-client',
  { name: 'certificate_request', request: { signatureAlgorithms: [], authorities: [] } },
]

test('handshake_failure after CertificateRequest is about the client certificate, as Chromium says it', () => {
  const question = ask({}, {}, {}, [
    helloOf(makeHello()),
    request,
    certificateOf('to-server'),
    alertOf('to-client', 40),
  ])
  const connection = { ...question.connection, upstream: { mirrorGaps: [] } }
  const reason = checkRefusal({ ...question, connection, sent: question.hello })
  assert.deepEqual([reason?.standing, reason?.asBrowser], ['may-fail', 'ERR_BAD_SSL_CLIENT_AUTH_CERT'])
  assert.match(reason!.sentence, /client certificate/)
  const [problem] = explainFailure(question.connection, undefined, question.upstream)
  assert.equal(problem?.code, 'tls/client-certificate-required')
})

test('padding and GREASE alone do not make another offer', () => {
  const question = ask({}, {}, {}, [alertOf('to-client', 70)])
  const gap = (id: number) => ({ kind: 'extension', id, reason: '' })
  const standing = (ids: readonly number[]) =>
    checkRefusal({
      ...question,
      connection: { ...question.connection, upstream: { mirrorGaps: ids.map(gap) } },
      sent: question.hello,
    })?.standing
  assert.deepEqual([standing([21]), standing([0x0a0a, 21]), standing([17])], ['fails', 'fails', 'may-fail'])
})

test('a warning that other messages followed ended nothing', () => {
  const warned = ask({}, {}, {}, [helloOf(makeHello()), alertOf('to-client', 112, 1), certificateOf('to-client')])
  assert.equal(checkRefusal(warned), undefined)
  assert.deepEqual(explainFailure(warned.connection, undefined, warned.upstream), [])
})
