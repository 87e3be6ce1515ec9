import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { bytesOf, decode, itemsOf, type Node, oidOf } from '../../ca/der.ts'
import { trustStore } from '../../ca/pkcs12.ts'
import { makeTestAuthority } from '../../src/peers/certificates.ts'

/** `[0]` holds one value. */
const inner = (node: Node | undefined): Node => itemsOf(node)[0]!
const bytesIn = (contentInfo: Node): Buffer => bytesOf(inner(itemsOf(contentInfo)[1]))

const bagsOf = (store: Buffer): readonly Node[] => {
  const [version, content, ...rest] = itemsOf(decode(store))
  assert.deepEqual([bytesOf(version), rest], [Buffer.of(3), []], 'version 3, and no MAC')
  const [safe, ...others] = itemsOf(decode(bytesIn(content!)))
  assert.deepEqual(others, [])
  return itemsOf(decode(bytesIn(safe!)))
}

test('a trust store holds the certificates of the text, in order, each marked as trusted', async () => {
  const pems = [(await makeTestAuthority()).caPem, (await makeTestAuthority()).caPem]
  const bags = bagsOf(trustStore(`a word before\n${pems.join('between\n')}`))
  assert.deepEqual(
    bags.map(bag => bytesOf(inner(itemsOf(inner(itemsOf(bag)[1]))[1]))),
    pems.map(pem => new X509Certificate(pem).raw),
  )
  for (const bag of bags) {
    const [attribute] = itemsOf(itemsOf(bag)[2])
    assert.equal(oidOf(itemsOf(attribute)[0]), '2.16.840.1.113894.746875.1.1')
  }
})

test('of a text without certificates it is empty', () => assert.deepEqual(bagsOf(trustStore('none')), []))
