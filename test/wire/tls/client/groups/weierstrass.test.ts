import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weierstrass } from '../../../../../src/wire/tls/client/groups/weierstrass.ts'
import { fromHex } from '../../tls-fixtures.ts'

type Point = readonly [x: bigint, y: bigint]

// P-256: y^2 = x^3 - 3x + b
const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const mod = (a: bigint): bigint => ((a % p) + p) % p
const inverse = (a: bigint): bigint => {
  let [x, y, u, v] = [mod(a), p, 1n, 0n]
  while (x !== 0n) [x, y, u, v] = [y % x, x, v - (y / x) * u, u]
  return mod(v)
}
function sum(one: Point | undefined, other: Point | undefined): Point | undefined {
  if (!one || !other) return one ?? other
  const same = one[0] === other[0]
  if (same && one[1] !== other[1]) return undefined
  const slope = same
    ? mod((3n * one[0] ** 2n - 3n) * inverse(2n * one[1]))
    : mod((other[1] - one[1]) * inverse(other[0] - one[0]))
  const x = mod(slope ** 2n - one[0] - other[0])
  return [x, mod(slope * (one[0] - x) - one[1])]
}
/** By doubling and adding, to have the far side by other code. */
function multiply(k: bigint, point: Point): Point {
  let result: Point | undefined
  for (let doubled: Point | undefined = point; k > 0n; k >>= 1n, doubled = sum(doubled, doubled))
    if (k & 1n) result = sum(result, doubled)
  return result!
}
const hex = (value: bigint): string => value.toString(16).padStart(64, '0')
const bytesOf = ([x, y]: Point): Uint8Array => fromHex(`04${hex(x)}${hex(y)}`)
const pointOf = (share: Uint8Array): Point => [number(share.subarray(1, 33)), number(share.subarray(33))]

// NIST CAVP, KAS ECC CDH primitive, P-256, COUNT = 0
const d = 0x7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534n
const far: Point = [
  0x700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287n,
  0xdb71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4acn,
]

test('P-256 agrees with plain arithmetic, which agrees with NIST', () => {
  assert.equal(hex(multiply(d, far)[0]), '46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b')
  const { share, agree } = weierstrass('prime256v1')
  const generator = [
    0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  ] as const
  assert.equal(agree(bytesOf(multiply(d, generator))).toString('hex'), hex(multiply(d, pointOf(share))[0]))
})

test('the secret is as long as the field', () => {
  for (const [curve, share, secret] of [
    ['secp224r1', 57, 28],
    ['secp384r1', 97, 48],
    ['secp521r1', 133, 66],
    ['secp256k1', 65, 32],
    ['brainpoolP512r1', 129, 64],
  ] as const) {
    const [here, there] = [weierstrass(curve), weierstrass(curve)]
    assert.equal(here.share.length, share)
    assert.equal(here.agree(there.share).length, secret)
    assert.deepEqual(here.agree(there.share), there.agree(here.share))
  }
})

test('a point that is compressed, hybrid, infinite, too long or not on the curve is refused', () => {
  const { agree } = weierstrass('prime256v1')
  const [x, y] = far
  for (const point of [
    `02${hex(x)}`,
    `06${hex(x)}${hex(y)}`,
    '00',
    '',
    `04${hex(x)}${hex(y)}00`,
    `04${hex(x)}${hex(y ^ 1n)}`,
    `04${hex(0n)}${hex(0n)}`,
    `04${hex(p)}${hex(y)}`,
  ])
    assert.throws(() => agree(fromHex(point)), { alert: 47 }, point)
})

test('a point of another curve is refused', () => {
  assert.throws(() => weierstrass('secp256k1').agree(weierstrass('prime256v1').share), { alert: 47 })
})
