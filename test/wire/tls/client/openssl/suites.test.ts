import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { cipherSuiteFacts } from '../../../../../src/wire/tls/registry/cipher-suite-facts.ts'
import { cipherSuites } from '../../../../../src/wire/tls/registry/cipher-suites.ts'
import { identity } from '../../test-certificates.ts'
import { offer, suites12, suites13 } from '../offer.ts'
import { assertMet } from './expect-met.ts'
import { opensslOrigin } from './origin.ts'

const data = randomBytes(50_000)
const origins = { rsa: opensslOrigin({}), ecdsa: opensslOrigin(identity('ecdsa')) }
const originOf = (suite: number) => origins[cipherSuiteFacts(suite)?.auth === 'ecdsa' ? 'ecdsa' : 'rsa']
const encryptThenMac = 22
const extendedMasterSecret = 23

for (const suite of suites13)
  test(`TLS 1.3 with ${cipherSuites[suite]}`, async () => {
    const met = await origins.rsa.meet({ hello: offer({ suites: [suite] }), data })
    assertMet(met, data)
    assert.deepEqual([met.client.version, met.cipher], [0x0304, cipherSuites[suite]])
  })

for (const suite of suites12)
  test(`TLS 1.2 with ${cipherSuites[suite]}`, async () => {
    const cbc = cipherSuiteFacts(suite)?.mac !== 'aead'
    for (const without of cbc ? [[], [encryptThenMac], [extendedMasterSecret]] : [[], [extendedMasterSecret]]) {
      const hello = offer({ suites: [suite], versions: [0x0303], without })
      const met = await originOf(suite).meet({ hello, data })
      assertMet(met, data)
      assert.deepEqual([met.client.version, met.cipher], [0x0303, cipherSuites[suite]])
      assert.equal(met.client.extendedMasterSecret, !without.includes(extendedMasterSecret))
    }
  })

const older = suites12.filter(suite => cipherSuiteFacts(suite)?.mac === 'sha1')
for (const [version, name] of [
  [0x0302, '1.1'],
  [0x0301, '1.0'],
] as const)
  for (const suite of older)
    test(`TLS ${name} with ${cipherSuites[suite]}`, async () => {
      for (const without of [[], [encryptThenMac], [extendedMasterSecret]]) {
        const hello = offer({ suites: [suite], versions: [version], without: [...without, 13] })
        const met = await originOf(suite).meet({ hello, data })
        assertMet(met, data)
        assert.deepEqual([met.client.version, met.cipher], [version, cipherSuites[suite]])
      }
    })
