import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Leaf } from '../../ca/leaf.ts'
import { LeafCache } from '../../ca/leaf-cache.ts'

const day = 86_400_000

function fixture(limit = 10) {
  const state = { now: 1_000_000, mints: 0, life: 44 * day }
  const cache = new LeafCache(limit, () => state.now)
  const mint = async (): Promise<Leaf> => {
    state.mints++
    const notAfter = new Date(state.now + state.life)
    return { host: 'h', key: '', chain: '', der: Buffer.alloc(0), keyType: 'ec', notAfter, minted: true, cacheKey: 'k' }
  }
  return { state, leafFor: (key: string) => cache.leafFor(key, mint), cache }
}

test('those who ask together wait for one minting; who asks later hears that it was cached', async () => {
  const { state, leafFor } = fixture()
  const leaves = await Promise.all(Array.from({ length: 100 }, () => leafFor('k')))
  assert.equal(new Set(leaves).size, 1)
  assert.equal(state.mints, 1)
  assert.equal(leaves[0]?.minted, true)
  assert.equal(await leafFor('k'), leaves[0])
  assert.equal(leaves[0]?.minted, false)
})

test('a leaf is minted again a day before it ends, not earlier', async () => {
  const { state, leafFor } = fixture()
  const first = await leafFor('k')
  state.now = first.notAfter.getTime() - day - 1
  assert.equal(await leafFor('k'), first)
  state.now++
  assert.notEqual(await leafFor('k'), first)
})

test('a leaf that ends within a day is kept for half of its life', async () => {
  const { state, leafFor } = fixture()
  state.life = 1000
  const first = await leafFor('k')
  state.now += 499
  assert.equal(await leafFor('k'), first)
  state.now += 1
  assert.notEqual(await leafFor('k'), first)
})

test('the limit holds, and the leaf asked for last stays', async () => {
  const { state, leafFor } = fixture(2)
  const a = await leafFor('a')
  await leafFor('b')
  await leafFor('a')
  await leafFor('c')
  assert.equal(await leafFor('a'), a)
  assert.equal(state.mints, 3)
  await leafFor('b')
  assert.equal(state.mints, 4)
})

test('a failure reaches all who wait and is not remembered', async () => {
  const { cache, leafFor } = fixture()
  const fail = () => Promise.reject(new Error('no'))
  const both = await Promise.allSettled([cache.leafFor('k', fail), leafFor('k')])
  assert.deepEqual(
    both.map(result => result.status),
    ['rejected', 'rejected'],
  )
  assert.equal((await leafFor('k')).minted, true)
})
