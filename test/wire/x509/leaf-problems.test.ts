import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import { leafProblems } from '../../../src/wire/x509/leaf-problems.ts'
import { leaf, noOpenssl, today } from './openssl.ts'

const it = (title: string, run: () => void): void => void test(title, { skip: noOpenssl }, run)
it('any purpose includes servers', () => {
  const facts = { ...readCertificate(leaf().der), extendedKeyUsage: ['anyExtendedKeyUsage'] }
  assert.deepEqual(leafProblems(facts, 0, { at: today }, [facts]), [])
  assert.equal(
    leafProblems({ ...facts, extendedKeyUsage: ['codeSigning'] }, 0, { at: today }, [facts])[0]?.code,
    'wrong-purpose',
  )
})
