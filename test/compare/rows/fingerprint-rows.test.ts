import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprintRows, firstHello } from '../../../src/compare/rows/fingerprint-rows.ts'
import type { MirrorGap } from '../../../src/model/connection.ts'
import { helloOf, makeConnection, makeHandshake, makeHello } from '../make.ts'

const marks = (suites: readonly number[], mirrorGaps?: readonly MirrorGap[]) =>
  fingerprintRows({
    connection: makeConnection({ upstream: mirrorGaps ? { mirrorGaps } : {} }),
    client: makeHandshake([helloOf(makeHello())]),
    upstream: makeHandshake([helloOf(makeHello({ cipherSuites: suites }))]),
  }).map(({ aspect, mark }) => `${aspect} ${mark}`)

const gap = { kind: 'cipherSuite', id: 5, reason: 'r' }

test('a faithful mirror has the client’s fingerprints', () => {
  assert.deepEqual(marks(makeHello().cipherSuites, []), ['ja3 =', 'ja4 ='])
})

test('a fingerprint that could not be mirrored is told from one that was not', () => {
  assert.deepEqual(marks([0x1301], [gap]), ['ja3 ~', 'ja4 ~'])
  assert.deepEqual(marks([0x1301]), ['ja3 ≠', 'ja4 ≠'])
})

test('the hello that counts is the first, not the answer to a HelloRetryRequest', () => {
  const [first, second] = [makeHello({ serverName: 'first' }), makeHello({ serverName: 'second' })]
  assert.equal(firstHello(makeHandshake([helloOf(first), helloOf(second)]))?.serverName, 'first')
  assert.equal(firstHello(undefined), undefined)
})
