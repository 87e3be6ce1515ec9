import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helloDifferences } from '../../src/compare/hello-differences.ts'
import type { ClientHello } from '../../src/wire/tls/values.ts'
import { makeHello } from './make.ts'

const told = (hello: Partial<ClientHello>, sent: Partial<ClientHello>) =>
  helloDifferences(makeHello(hello), makeHello(sent)).map(({ kind, id, added }) => [kind, id, added ?? false])

test('a hello does not differ from itself, nor by the values of GREASE', () => {
  assert.deepEqual(told({}, {}), [])
  assert.deepEqual(told({ cipherSuites: [0x0a0a, 0x1301] }, { cipherSuites: [0x3a3a, 0x1301] }), [])
})

test('what is missing and what is added is told in every list', () => {
  const share = (group: number) => ({ group, keyExchange: new Uint8Array(1) })
  const cases: readonly [string, Partial<ClientHello>, Partial<ClientHello>][] = [
    ['version', { supportedVersions: [1, 2] }, { supportedVersions: [2, 3] }],
    ['cipherSuite', { cipherSuites: [1, 2] }, { cipherSuites: [2, 3] }],
    ['supportedGroup', { supportedGroups: [1, 2] }, { supportedGroups: [2, 3] }],
    ['signatureAlgorithm', { signatureAlgorithms: [1, 2] }, { signatureAlgorithms: [2, 3] }],
    ['keyShare', { keyShares: [share(1), share(2)] }, { keyShares: [share(2), share(3)] }],
    ['pskMode', { pskModes: [1, 2] }, { pskModes: [2, 3] }],
    ['compressionMethod', { compressionMethods: [1, 2] }, { compressionMethods: [2, 3] }],
  ]
  for (const [kind, hello, sent] of cases)
    assert.deepEqual(told(hello, sent), [
      [kind, 1, false],
      [kind, 3, true],
    ])
})

test('GREASE that a list lost or got, another order and another session id are differences', () => {
  assert.deepEqual(told({ cipherSuites: [0x1a1a, 1] }, { cipherSuites: [1] }), [['cipherSuite', 0x0a0a, false]])
  assert.deepEqual(told({ cipherSuites: [1] }, { cipherSuites: [0x1a1a, 1] }), [['cipherSuite', 0x0a0a, true]])
  assert.deepEqual(told({ cipherSuites: [1, 2] }, { cipherSuites: [2, 1] }), [['cipherSuiteOrder', 0, false]])
  const [none, full] = [{ sessionId: new Uint8Array(0) }, { sessionId: new Uint8Array(32) }]
  assert.deepEqual(told(none, full), [['sessionId', 0, true]])
  assert.deepEqual(told(full, none), [['sessionId', 32, false]])
})

test('an extension of other content is a difference, a ticket of another is none', () => {
  const extension = (type: number, data: number) => ({ extensions: [{ type, data: Uint8Array.of(data), start: 0 }] })
  assert.deepEqual(told(extension(11, 0), extension(11, 1)), [['extension', 11, false]])
  assert.deepEqual(told(extension(35, 0), extension(35, 1)), [])
})

test('a hello of very many extensions is looked through once', () => {
  const extensions = Array.from({ length: 400_000 }, (_, type) => ({ type, data: new Uint8Array(0), start: 0 }))
  assert.deepEqual(told({ extensions }, { extensions: extensions.slice(1) }), [['extension', 0, false]])
})
