import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { KeyPair } from '../../../../../src/wire/tls/client/groups/key-pair.ts'
import { canAgree, curveShare, keyPair } from '../../../../../src/wire/tls/client/groups/named-groups.ts'
import { TlsError } from '../../../../../src/wire/tls/client/tls-error.ts'

test('the share of each group has the length of its standard', () => {
  const lengths: Readonly<Record<number, number>> = {
    21: 57,
    22: 65,
    23: 65,
    24: 97,
    25: 133,
    26: 65,
    27: 97,
    28: 129,
    29: 32,
    30: 56,
    31: 65,
    32: 97,
    33: 129,
    256: 256,
    257: 384,
    258: 512,
    259: 768,
    260: 1024,
    512: 800,
    513: 1184,
    514: 1568,
    4587: 65 + 1184,
    4588: 1184 + 32,
    4589: 97 + 1568,
    25497: 32 + 1184,
  }
  for (const [group, length] of Object.entries(lengths)) {
    assert.ok(canAgree(Number(group)), group)
    assert.equal(keyPair(Number(group))?.share.length, length, group)
  }
})

test('of other groups there is no key pair', () => {
  for (const group of [0, 1, 19, 34, 41, 0x0a0a, 0xfe30]) {
    assert.equal(canAgree(group), false)
    assert.equal(keyPair(group), undefined)
  }
})

test('every key pair is new', () => {
  for (const group of [23, 29, 4588]) assert.notDeepEqual(keyPair(group)?.share, keyPair(group)?.share)
})

test('a hybrid and a plain share have the same key in one map, whichever came first', () => {
  for (const [first, second] of [
    [4588, 29],
    [29, 4588],
    [23, 4587],
    [25497, 29],
  ] as const) {
    const curves = new Map<number, KeyPair>()
    const shares = new Map([first, second].map(group => [group, keyPair(group, curves)!.share]))
    const [mixed, plain] = first > 100 ? [first, second] : [second, first]
    assert.deepEqual(curveShare(mixed, shares.get(mixed)!), { group: plain, key: shares.get(plain) })
    assert.notDeepEqual(keyPair(plain, new Map())?.share, shares.get(plain))
  }
  assert.equal(curveShare(29, Buffer.alloc(32)), undefined)
})

test('a hybrid refuses a share whose curve part is bad, and one of another length', () => {
  for (const [group, length] of [
    [4588, 1088 + 32],
    [4587, 65 + 1088],
    [25497, 32 + 1088],
  ] as const) {
    const pair = keyPair(group)!
    assert.throws(() => pair.agree(Buffer.alloc(length)), { alert: 47 }) // zeros: a bad point
    assert.throws(() => pair.agree(Buffer.alloc(length - 1, 9)), { alert: 47 })
    assert.throws(() => pair.agree(Buffer.alloc(0)), { alert: 47 })
  }
})

test('whatever bytes come as a share, there is a secret or an illegal parameter', () => {
  const pairs = [23, 25, 26, 29, 30, 256, 512, 513, 4587, 4588, 25497].map(group => keyPair(group)!)
  const lengths = fc.constantFrom(0, 1, 32, 56, 65, 133, 256, 768, 1088, 1120, 1153)
  const bytes = lengths.chain(length => fc.uint8Array({ minLength: length, maxLength: length }))
  fc.assert(
    fc.property(fc.constantFrom(...pairs), bytes, (pair, peer) => {
      try {
        assert.ok(pair.agree(peer).length >= 28)
      } catch (error) {
        if (!(error instanceof TlsError) || error.alert !== 47) throw error
      }
    }),
    { numRuns: 400 },
  )
})
