import assert from 'node:assert/strict'
import { checkPrimeSync, getDiffieHellman } from 'node:crypto'
import { test } from 'node:test'
import { exponentBits, ffdhePrime } from '../../../../../src/wire/tls/client/groups/safe-primes.ts'

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

test('an exponent is short in fields that are known, and long in others', () => {
  const other = Buffer.from(ffdhePrime(2048))
  other[100]! ^= 1
  for (const [prime, bits] of [
    [ffdhePrime(2048), 225],
    [ffdhePrime(8192), 400],
    [getDiffieHellman('modp14').getPrime(), 225],
    [getDiffieHellman('modp15').getPrime(), 275],
    [other, 2047],
    [Buffer.alloc(300, 0x7f), 2398],
    [Buffer.alloc(257, 1), 2048],
    [Buffer.alloc(384, 0xff), 3071],
  ] as const)
    assert.equal(exponentBits(prime), bits)
})
