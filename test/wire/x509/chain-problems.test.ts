import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import { issuerProblems, ownProblems, titleOf } from '../../../src/wire/x509/chain-problems.ts'
import { intermediate, leaf, noOpenssl, root, today } from './openssl.ts'

const it = (title: string, run: () => void): void => void test(title, { skip: noOpenssl }, run)

it('the last second of validity is valid', () => {
  const facts = readCertificate(leaf().der)
  assert.deepEqual(ownProblems(facts, 0, facts.notAfter, false), [])
  assert.equal(ownProblems(facts, 0, facts.notAfter + 1, false)[0]?.code, 'expired')
  assert.equal(ownProblems(facts, 0, facts.notBefore - 1, false)[0]?.code, 'not-yet-valid')
})

it('nobody minds how a trusted root is signed', () => {
  const facts = readCertificate(leaf().der)
  const sha1 = { ...facts, signatureAlgorithm: { oid: '', name: '', hash: 'SHA-1' } }
  assert.deepEqual(ownProblems(sha1, 0, today, true), [])
  assert.equal(ownProblems(sha1, 0, today, false)[0]?.code, 'weak-digest')
})

it('an authority needs the flag, the usage, the depth and the purpose', () => {
  const facts = readCertificate(intermediate().der)
  const code = (below: number, change: Partial<typeof facts> = {}) =>
    issuerProblems({ ...facts, ...change }, 1, below)[0]?.code
  assert.deepEqual([code(0), code(1)], [undefined, 'path-too-long'])
  assert.equal(code(0, { isCa: false }), 'not-a-ca')
  assert.equal(code(0, { isCa: false, version: 1 }), undefined)
  assert.equal(code(0, { keyUsage: ['cRLSign'] }), 'not-a-ca')
  assert.equal(code(0, { keyUsage: [] }), undefined)
  assert.equal(code(0, { extendedKeyUsage: ['clientAuth'] }), 'wrong-purpose')
  assert.equal(code(0, { extendedKeyUsage: ['clientAuth', 'serverAuth'] }), undefined)
  assert.equal(code(0, { extendedKeyUsage: ['clientAuth'], selfSigned: true }), undefined)
})

it('a certificate is called by its common name, or else by its first alternative name', () => {
  const facts = readCertificate(root().der)
  assert.equal(titleOf(facts), 'Test Root')
  const nameless = {
    ...readCertificate(leaf().der),
    subject: { attributes: [], text: '', bytes: new Uint8Array(), steps: [] },
  }
  assert.equal(titleOf(nameless), 'www.example.com')
  assert.equal(titleOf({ ...nameless, san: facts.san }), 'no name')
})
