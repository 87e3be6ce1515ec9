import assert from 'node:assert/strict'
import { diffieHellman } from 'node:crypto'
import { test } from 'node:test'
import { dhPrivateKey, dhPublicKey, dhPublicValue } from '../../../../../src/wire/tls/client/groups/dh-keys.ts'
import { ffdhePrime } from '../../../../../src/wire/tls/client/groups/safe-primes.ts'

const prime = ffdhePrime(2048)

test('OpenSSL takes a key from its numbers, and reckons with them', () => {
  const p = BigInt(`0x${prime.toString('hex')}`)
  for (const generator of [Buffer.of(2), Buffer.of(0, 0x80), Buffer.concat([Buffer.of(0), Buffer.alloc(255, 0x91)])]) {
    const group = { prime, generator }
    const exponent = 0x8001n
    const g = BigInt(`0x${generator.toString('hex')}`)
    let expected = 1n
    for (let bit = 15n; bit >= 0n; bit--) expected = (expected ** 2n * ((exponent >> bit) & 1n ? g : 1n)) % p
    const key = dhPrivateKey(group, Buffer.of(0x80, 0x01))
    assert.equal(BigInt(`0x${Buffer.from(dhPublicValue(key)).toString('hex')}`), expected)
  }
})

test('both halves of a pair have the same secret', () => {
  const group = { prime, generator: Buffer.of(2) }
  const [one, other] = [Buffer.alloc(32, 0x91), Buffer.alloc(30, 0x17)].map(x => dhPrivateKey(group, x))
  const secret = (mine: typeof one, far: typeof one): string => {
    const publicKey = dhPublicKey(group, Buffer.concat([Buffer.of(0, 0), dhPublicValue(far!)]))
    return diffieHellman({ privateKey: mine!, publicKey }).toString('hex')
  }
  assert.equal(secret(one, other), secret(other, one))
})

test('a group that cannot be throws', () => {
  assert.throws(() => dhPrivateKey({ prime: Buffer.alloc(256, 0xfe), generator: Buffer.of(2) }, Buffer.of(7)))
})
