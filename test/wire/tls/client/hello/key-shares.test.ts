import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownKeyShares, singleShare } from '../../../../../src/wire/tls/client/hello/key-shares.ts'

const x25519 = Buffer.alloc(32, 9)
const mlkem = Buffer.alloc(1184, 8)
const shares = (hybrid: Buffer, plain: Buffer) => [
  { group: 4588, keyExchange: hybrid },
  { group: 29, keyExchange: plain },
]

test('a client that puts one X25519 key into two shares is followed in it', () => {
  for (const client of [
    shares(Buffer.concat([mlkem, x25519]), x25519),
    shares(Buffer.concat([mlkem, x25519]), x25519).reverse(),
  ]) {
    const { pairs } = ownKeyShares(client)
    assert.deepEqual(pairs.get(4588)!.share.subarray(-32), pairs.get(29)!.share)
  }
})

test('a client that has two keys gets two', () => {
  const { pairs } = ownKeyShares(shares(Buffer.concat([mlkem, x25519]), Buffer.alloc(32, 1)))
  assert.notDeepEqual(pairs.get(4588)!.share.subarray(-32), pairs.get(29)!.share)
})

test('the content is a list of groups and keys: RFC 8446 4.2.8', () => {
  const { data, pairs } = ownKeyShares([
    { group: 0x0a0a, keyExchange: Buffer.of(0) },
    { group: 29, keyExchange: x25519 },
  ])
  assert.equal(data.toString('hex'), `00290a0a000100001d0020${pairs.get(29)!.share.toString('hex')}`)
  assert.equal(ownKeyShares([]).data.toString('hex'), '0000')
  const pair = pairs.get(29)!
  assert.equal(singleShare(29, pair).toString('hex'), `0024001d0020${pair.share.toString('hex')}`)
})
