import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CertificateFacts, readCertificate } from '../../../src/wire/x509/certificate.ts'
import { leafProblems } from '../../../src/wire/x509/leaf-problems.ts'
import { intermediate, leaf, noOpenssl, today } from './openssl.ts'

const it = (title: string, run: () => void): void => void test(title, { skip: noOpenssl }, run)
const constrained = (permitted: string[], excluded: string[], names: string[]): string[] => {
  const dns = (value: string) => ({ type: 'dns' as const, value })
  const authority = {
    ...readCertificate(intermediate().der),
    nameConstraints: { permitted: permitted.map(dns), excluded: excluded.map(dns) },
  }
  const facts: CertificateFacts = readCertificate(leaf().der)
  const named = { ...facts, san: { ...facts.san, dns: names } }
  return leafProblems(named, 0, { at: today }, [named, authority]).map(problem => problem.message)
}

it('a constraint covers a name and all below it, and no other that ends alike', () => {
  assert.deepEqual(constrained(['example.com'], [], ['example.com', 'A.b.EXAMPLE.com']), [])
  assert.deepEqual(constrained(['.example.com'], [], ['a.example.com']), [])
  assert.deepEqual(constrained(['example.com'], [], ['badexample.com']), [
    'Test Intermediate may not sign for badexample.com.',
  ])
  assert.deepEqual(constrained([], ['example.com'], ['a.example.com', 'b.example.com']).length, 1)
  assert.deepEqual(constrained([], [''], ['a']).length, 1)
})

it('any purpose includes servers', () => {
  const facts = { ...readCertificate(leaf().der), extendedKeyUsage: ['anyExtendedKeyUsage'] }
  assert.deepEqual(leafProblems(facts, 0, { at: today }, [facts]), [])
  assert.equal(
    leafProblems({ ...facts, extendedKeyUsage: ['codeSigning'] }, 0, { at: today }, [facts])[0]?.code,
    'wrong-purpose',
  )
})
