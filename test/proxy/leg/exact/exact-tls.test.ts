import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ExactTls } from '../../../../src/proxy/leg/exact/exact-tls.ts'
import { Unfollowed } from '../../../../src/proxy/leg/exact/exact-upstream.ts'

const target = { host: 'origin.localhost', port: 443 }
const right = () => Promise.resolve(true)

test('nothing stands in the way until a server has chosen what cannot be followed', async () => {
  const exact = new ExactTls('auto', right)
  assert.equal(await exact.obstacle(target), undefined)
  exact.remember(target, new Unfollowed('RC4'))
  assert.match((await exact.obstacle(target)) ?? '', /chose RC4/)
  assert.equal(await exact.obstacle({ ...target, port: 444 }), undefined)
})

test('who wants no other client gets no other', async () => {
  const exact = new ExactTls('exact', right)
  exact.remember(target, new Unfollowed('RC4'))
  assert.equal(await exact.obstacle(target), undefined)
})

test('a judge that fails its own test stands in the way', async () => {
  const exact = new ExactTls('exact', () => Promise.resolve(false))
  assert.match((await exact.obstacle(target)) ?? '', /cannot be judged/)
})
