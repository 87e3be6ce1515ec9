import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import { findLeaf, findPath, neededLinks } from '../../../src/wire/x509/chain-path.ts'
import { trustStore } from '../../../src/wire/x509/trust-store.ts'
import { intermediate, leaf, noOpenssl, root, today } from './openssl.ts'

const facts = () => [leaf(), intermediate(), root()].map(({ der }) => readCertificate(der))

test('the leaf is the first, unless that is an authority and another is not', { skip: noOpenssl }, () => {
  const [one, two, three] = facts()
  assert.equal(findLeaf([one, two]), 0)
  assert.equal(findLeaf([three, two, one]), 2)
  assert.equal(findLeaf([three, two]), 0)
  assert.equal(findLeaf([undefined, one]), 1)
  assert.equal(findLeaf([undefined]), -1)
})

test('trust begins at the first root that is known, sent or not', { skip: noOpenssl }, () => {
  const chain = facts()
  const store = trustStore([root().der])
  assert.deepEqual(findPath(chain, store, today).anchor, { der: root().der, length: 2, sent: false })
  const trusted = findPath(chain, trustStore([intermediate().der]), today)
  assert.deepEqual([trusted.anchor?.length, trusted.path], [1, [0, 1, 2]])
  assert.equal(findPath(chain, undefined, today).anchor, undefined)
})

test('many certificates that name each other end in a path of bounded length', { skip: noOpenssl }, () => {
  const [, two] = facts()
  const loop = Array.from({ length: 500 }, () => ({ ...two!, subject: two!.issuer, selfSigned: false }))
  assert.equal(findPath(loop, undefined, today).path.length, 32)
})

test('of an authority that was renewed the certificate counts that is valid, wherever it stands', {
  skip: noOpenssl,
}, () => {
  const [one, two, three] = facts()
  const expired = { ...two!, notAfter: today - 1 }
  const early = { ...two!, notBefore: today + 1 }
  assert.deepEqual(findPath([one, expired, early, two, three], undefined, today).path, [0, 3, 4])
  assert.deepEqual(findPath([one, expired, three], undefined, today).path, [0, 1, 2])
})

test('links count up to the root that is trusted', { skip: noOpenssl }, () => {
  const path = [0, 1, 2]
  const links = [0, 1].map(subject => ({ subject, issuer: subject + 1, verified: subject === 0 }))
  const upTo = (length: number, sent: boolean): number =>
    neededLinks({ path, links, anchor: { der: root().der, length, sent } }).length
  assert.deepEqual([upTo(1, true), upTo(1, false), upTo(2, true), upTo(3, true)], [0, 1, 1, 2])
  assert.equal(neededLinks({ path, links }).length, 2)
})
