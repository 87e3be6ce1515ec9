import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ExactTls } from '../../../../src/proxy/leg/exact/exact-tls.ts'
import { Unfollowed } from '../../../../src/proxy/leg/exact/exact-upstream.ts'
import { readClientHello } from '../../../../src/wire/tls/messages/client-hello.ts'
import { offer } from '../../../wire/tls/client/offer.ts'

const target = { host: 'origin.localhost', port: 443 }
const hello = readClientHello(offer({ suites: [0x0005] }))
const right = () => Promise.resolve(true)

test('nothing stands in the way until a server has chosen what cannot be followed', async () => {
  const exact = new ExactTls('auto', right)
  assert.equal(await exact.obstacle(target, hello), undefined)
  exact.remember(target, hello, new Unfollowed('RC4'))
  assert.match((await exact.obstacle(target, hello)) ?? '', /chose RC4/)
  assert.equal(await exact.obstacle({ ...target, port: 444 }, hello), undefined)
  assert.equal(await exact.obstacle(target, { ...hello, cipherSuites: [0x1301, 0xc02f] }), undefined)
})

test('what a server chose is forgotten after an hour', async () => {
  let time = 0
  const exact = new ExactTls('auto', right, () => time)
  exact.remember(target, hello, new Unfollowed('RC4'))
  time = 3_599_999
  assert.ok(await exact.obstacle(target, hello))
  time++
  assert.equal(await exact.obstacle(target, hello), undefined)
})

test('who wants no other client gets no other', async () => {
  const exact = new ExactTls('exact', right)
  exact.remember(target, hello, new Unfollowed('RC4'))
  assert.equal(await exact.obstacle(target, hello), undefined)
})

test('a judge that fails its own test stands in the way', async () => {
  const exact = new ExactTls('exact', () => Promise.resolve(false))
  assert.match((await exact.obstacle(target, hello)) ?? '', /cannot be judged/)
})
