import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TrafficSecret } from '../../../../../src/wire/tls/client/tls13/traffic-secret.ts'
import { expandLabel } from '../../../../../src/wire/tls/hkdf.ts'
import { recordAlgorithm } from '../../../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../../../src/wire/tls/registry/cipher-suite-facts.ts'

const algorithm = recordAlgorithm(cipherSuiteFacts(0x1301)!, 0x0304)
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

const secret = hex('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38')

test('what is sealed under a secret is opened under it', () => {
  const traffic = new TrafficSecret(secret, algorithm)
  const out = Buffer.alloc(100)
  const record = out.subarray(0, traffic.sealer().seal(22, Buffer.from('message'), out, 0))
  assert.deepEqual(traffic.opener().open(record), { type: 22, content: Buffer.from('message') })
})

test('the secret behind a KeyUpdate is that of RFC 8446 7.2', () => {
  const first = new TrafficSecret(secret, algorithm)
  const second = first.next()
  const expected = expandLabel('sha256', secret, 'traffic upd', new Uint8Array(0), 32)
  assert.deepEqual(second.value, expected)
  assert.deepEqual(second.next().value, expandLabel('sha256', expected, 'traffic upd', new Uint8Array(0), 32))
})
