import assert from 'node:assert/strict'
import { checkPrimeSync } from 'node:crypto'
import { test } from 'node:test'
import { ffdhe, ffdhePrime } from '../../../../../src/wire/tls/client/groups/ffdhe.ts'

test('the primes are those of RFC 7919 A', () => {
  // All begin with the same bits of e; the ends are from the RFC.
  for (const [bits, end] of [
    [2048, '886b423861285c97ffffffffffffffff'],
    [3072, '25e41d2b66c62e37ffffffffffffffff'],
    [4096, 'c68a007e5e655f6affffffffffffffff'],
    [6144, 'a40e329cd0e40e65ffffffffffffffff'],
    [8192, 'd68c8bb7c5c6424cffffffffffffffff'],
  ] as const) {
    const prime = ffdhePrime(bits).toString('hex')
    assert.equal(prime.length * 4, bits)
    assert.match(prime, new RegExp(`^ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e1.*${end}$`))
  }
  assert.ok(checkPrimeSync(ffdhePrime(2048), { checks: 4 }))
})

test('a share that is not as long as the prime is refused: RFC 8446 4.2.8.1', () => {
  const [here, there] = [ffdhe(2048), ffdhe(2048)]
  assert.deepEqual(here.agree(there.share), there.agree(here.share))
  assert.throws(() => here.agree(Buffer.of(4)), { alert: 47 })
  assert.throws(() => here.agree(Buffer.concat([Buffer.of(0), there.share])), { alert: 47 })
})
