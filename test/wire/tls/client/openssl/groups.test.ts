import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groups as groupNames } from '../../../../../src/wire/tls/registry/groups.ts'
import { offer } from '../offer.ts'
import { assertMet } from './expect-met.ts'
import { opensslOrigin } from './origin.ts'

/** IANA's number, and OpenSSL's name for its server. */
const modern: readonly (readonly [number, string])[] = [
  [23, 'P-256'],
  [24, 'P-384'],
  [25, 'P-521'],
  [29, 'X25519'],
  [30, 'X448'],
  [31, 'brainpoolP256r1tls13'],
  [32, 'brainpoolP384r1tls13'],
  [33, 'brainpoolP512r1tls13'],
  [256, 'ffdhe2048'],
  [257, 'ffdhe3072'],
  [258, 'ffdhe4096'],
  [259, 'ffdhe6144'],
  [260, 'ffdhe8192'],
  [512, 'MLKEM512'],
  [513, 'MLKEM768'],
  [514, 'MLKEM1024'],
  [4587, 'SecP256r1MLKEM768'],
  [4588, 'X25519MLKEM768'],
  [4589, 'SecP384r1MLKEM1024'],
]
const curves: readonly (readonly [number, string])[] = [
  [21, 'P-224'],
  [22, 'secp256k1'],
  [23, 'P-256'],
  [24, 'P-384'],
  [25, 'P-521'],
  [26, 'brainpoolP256r1'],
  [27, 'brainpoolP384r1'],
  [28, 'brainpoolP512r1'],
  [29, 'X25519'],
  [30, 'X448'],
]
const named = (group: number, name: string): string => `${groupNames[group] ?? name} (${group})`

for (const [group, ecdhCurve] of modern) {
  test(`TLS 1.3 over ${named(group, ecdhCurve)}`, async () => {
    const met = await opensslOrigin({ ecdhCurve }).meet({ hello: offer({ groups: [group] }) })
    assertMet(met)
    assert.deepEqual([met.client.group, met.client.retried], [group, false])
  })

  test(`a HelloRetryRequest to ${named(group, ecdhCurve)}`, async () => {
    const other = group === 24 ? 23 : 24
    for (const shares of [[other], []]) {
      const hello = offer({ groups: [other, group], shares })
      const met = await opensslOrigin({ ecdhCurve }).meet({ hello })
      assertMet(met)
      assert.deepEqual([met.client.group, met.client.retried], [group, true])
    }
  })
}

for (const [group, ecdhCurve] of curves)
  test(`TLS 1.2 over ${named(group, ecdhCurve)}`, async () => {
    const hello = offer({ groups: [group], versions: [0x0303], suites: [0xc02f] })
    const met = await opensslOrigin({ ecdhCurve }).meet({ hello })
    assertMet(met)
    assert.equal(met.client.group, group)
  })

test('of several shares the server takes the one it likes', async () => {
  for (const [group, ecdhCurve] of [
    [4588, 'X25519MLKEM768'],
    [29, 'X25519'],
    [23, 'P-256'],
  ] as const) {
    const met = await opensslOrigin({ ecdhCurve }).meet({
      hello: offer({ groups: [4588, 29, 23], shares: [4588, 29, 23] }),
    })
    assertMet(met)
    assert.equal(met.client.group, group)
  }
})
