import assert from 'node:assert/strict'
import { test } from 'node:test'
import { montgomery } from '../../../../../src/wire/tls/client/groups/montgomery.ts'
import { fromHex } from '../../tls-fixtures.ts'

interface Curve {
  readonly p: bigint
  readonly a24: bigint
  readonly bits: number
  readonly clamp: (k: bigint) => bigint
}
const x25519: Curve = {
  p: 2n ** 255n - 19n,
  a24: 121_665n,
  bits: 255,
  clamp: k => (k & (2n ** 254n - 8n)) | (2n ** 254n),
}
const x448: Curve = {
  p: 2n ** 448n - 2n ** 224n - 1n,
  a24: 39_081n,
  bits: 448,
  clamp: k => (k & (2n ** 448n - 4n)) | (2n ** 447n),
}

const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
const mod = (a: bigint, p: bigint): bigint => ((a % p) + p) % p
function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n
  for (; exponent > 0n; exponent >>= 1n, base = (base * base) % p) if (exponent & 1n) result = (result * base) % p
  return result
}

/** The ladder of RFC 7748 5, to have the far side by other code. */
function multiply({ p, a24, bits, clamp }: Curve, scalar: Uint8Array, point: Uint8Array): string {
  const k = clamp(number(scalar))
  const x1 = number(point) & (2n ** BigInt(bits) - 1n)
  let [x2, z2, x3, z3] = [1n, 0n, x1, 1n]
  for (let t = bits - 1; t >= 0; t--) {
    const bit = (k >> BigInt(t)) & 1n
    if (bit) [x2, x3, z2, z3] = [x3, x2, z3, z2]
    const [a, b, c, d] = [x2 + z2, x2 - z2, x3 + z3, x3 - z3]
    const [aa, bb, da, cb] = [a * a, b * b, d * a, c * b]
    const e = aa - bb
    ;[x3, z3] = [mod((da + cb) ** 2n, p), mod(x1 * (da - cb) ** 2n, p)]
    ;[x2, z2] = [mod(aa * bb, p), mod(e * (aa + a24 * e), p)]
    if (bit) [x2, x3, z2, z3] = [x3, x2, z3, z2]
  }
  const u = mod(x2 * power(z2, p - 2n, p), p)
  return Buffer.from(u.toString(16).padStart(point.length * 2, '0'), 'hex')
    .reverse()
    .toString('hex')
}
const base = (length: number, u: number) => Buffer.concat([Buffer.of(u), Buffer.alloc(length - 1)])

for (const [type, curve, u, length] of [
  ['x25519', x25519, 9, 32],
  ['x448', x448, 5, 56],
] as const)
  test(`${type} agrees with the ladder of RFC 7748`, () => {
    const scalar = Buffer.alloc(length, 0x77)
    const { share, agree } = montgomery(type)
    assert.equal(share.length, length)
    const far = fromHex(multiply(curve, scalar, base(length, u)))
    assert.equal(agree(far).toString('hex'), multiply(curve, scalar, share))
  })

test('the ladder here is that of RFC 7748 6.1', () => {
  const alice = fromHex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a')
  assert.equal(multiply(x25519, alice, base(32, 9)), '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
})

test('points of small order, whose secret is zeros, are refused', () => {
  const { agree } = montgomery('x25519')
  for (const point of [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ])
    assert.throws(() => agree(fromHex(point)), { alert: 47 }, point)
  for (const point of [0, 1]) assert.throws(() => montgomery('x448').agree(base(56, point)), { alert: 47 })
})

test('a share of another length is refused', () => {
  for (const length of [0, 31, 33, 56])
    assert.throws(() => montgomery('x25519').agree(Buffer.alloc(length, 9)), { alert: 47 })
})
