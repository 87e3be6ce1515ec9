import assert from 'node:assert/strict'
import { test } from 'node:test'
import tls from 'node:tls'
import { replay } from '../../../../src/proxy/leg/exact/openssl-replay.ts'
import { replayOffer } from '../../../../src/proxy/leg/exact/replay-server.ts'
import { isAccepted, pkitsAnchor, pkitsChain, pkitsTests } from '../../../wire/x509/pkits.ts'
import { pemOf } from './pem.ts'

const end = Date.UTC(2030, 11, 31)
const skip = Date.now() > end && 'the certificates of PKITS have expired, and OpenSSL takes no other time than now'

test('NIST PKITS: OpenSSL judges every path as the suite says when it is replayed', { skip }, async () => {
  // The suite has SHA-1 and DSA of 1,024 bits.
  const context = tls.createSecureContext({ ...replayOffer, ciphers: 'DEFAULT@SECLEVEL=0', ca: [pemOf(pkitsAnchor)] })
  const wrong: string[] = []
  for (const one of pkitsTests) {
    const replayed = await replay(pkitsChain(one), context)
    const said = replayed ? (replayed.code ?? 'accepted') : 'not judged'
    if ((said === 'accepted') !== isAccepted(one)) wrong.push(`${one.test}: ${said}`)
  }
  // A DSA key that inherits its parameters from its issuer's: OpenSSL knows no way to use it in TLS.
  assert.deepEqual(wrong, ['4.1.5: not judged'])
})
