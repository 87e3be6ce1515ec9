import assert from 'node:assert/strict'
import { test } from 'node:test'
import { finiteField } from '../../../../../src/wire/tls/client/groups/finite-field.ts'
import { ffdhePrime } from '../../../../../src/wire/tls/client/groups/safe-primes.ts'

const prime = ffdhePrime(2048)
const p = BigInt(`0x${prime.toString('hex')}`)
const bytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(512, '0'), 'hex')
const number = (value: Buffer): bigint => BigInt(`0x${value.toString('hex')}`)
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (; exponent > 0n; exponent >>= 1n, base = (base * base) % p) if (exponent & 1n) result = (result * base) % p
  return result
}

test('the secret is what plain arithmetic gives, in as many bytes as the prime', () => {
  const exponent = 2n ** 200n + 12_345n
  for (const generator of [2n, 2n ** 90n + 1n]) {
    const { share, agree } = finiteField(prime, bytes(generator))
    assert.equal(share.length, 256)
    const secret = agree(bytes(power(generator, exponent)))
    assert.equal(secret.length, 256)
    assert.equal(number(secret), power(number(share), exponent))
  }
})

test('a share may come without the zeros in front, as TLS 1.2 has it', () => {
  const { share, agree } = finiteField(Buffer.concat([Buffer.alloc(3), prime]), Buffer.of(2))
  assert.equal(share.length, 256)
  const far = bytes(power(2n, 90n)) // 2^90
  assert.deepEqual(agree(far), agree(far.subarray(200)))
})

test('0, 1, p - 1, p and what is beyond are refused', () => {
  const { agree } = finiteField(prime, Buffer.of(2))
  for (const value of [0n, 1n, p - 1n, p, p + 2n]) assert.throws(() => agree(bytes(value)), { alert: 47 })
  assert.throws(() => agree(Buffer.alloc(0)), { alert: 47 })
  assert.throws(() => agree(Buffer.alloc(60_000, 0xff)), { alert: 47 })
})

test('a group below 2,048 bits is not safe enough, whatever zeros stand before it', () => {
  for (const small of [prime.subarray(1), Buffer.concat([Buffer.alloc(200), prime.subarray(128)]), Buffer.alloc(0)])
    assert.throws(() => finiteField(small, Buffer.of(2)), { alert: 71 })
})

test('a group that is too large, even, or whose generator cannot be one is refused', () => {
  const two = Buffer.of(2)
  assert.throws(() => finiteField(Buffer.concat([Buffer.of(1), ffdhePrime(8192)]), two), { alert: 47 })
  assert.throws(() => finiteField(bytes(p - 1n), two), { alert: 47 })
  for (const generator of [0n, 1n, p - 1n, p]) assert.throws(() => finiteField(prime, bytes(generator)), { alert: 47 })
})

test('a group that is no field still gives an answer or a refusal', () => {
  const composite = finiteField(bytes(p - 2n), Buffer.of(2))
  assert.equal(composite.agree(bytes(5n)).length, 256)
})

test('a large group is taken if it is known to be one of safe primes, for there the exponent is short', () => {
  const large = ffdhePrime(6144)
  assert.equal(finiteField(large, Buffer.of(2)).share.length, 768)
  const unknown = Buffer.from(large)
  unknown[9]! ^= 1
  assert.throws(() => finiteField(unknown, Buffer.of(2)), { code: 'unsupported' })
})
