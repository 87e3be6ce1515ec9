import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import { constraintProblems } from '../../../src/wire/x509/constraint-problems.ts'
import { alternativeNames, authority, generalName, type Minted, mint, name, nameConstraints } from './mint.ts'

const problems = (...path: readonly Minted[]): string[] =>
  constraintProblems(path.map(({ der }, index) => ({ facts: readCertificate(der), index }))).map(
    ({ certificate, message }) => `${certificate} ${message}`,
  )
const onlyGb = nameConstraints([generalName(4, name('C=GB'))])
const root = mint({ subject: 'CN=Root', extensions: [authority(), onlyGb] })

test('whatever is below an authority is bound by it, and each is named', () => {
  const middle = mint({ subject: 'C=US/CN=Middle', issuer: root, extensions: [authority()] })
  const leaf = mint({ subject: 'C=FR/CN=leaf', issuer: middle })
  assert.deepEqual(problems(leaf, middle, root), [
    '0 Root may not sign for CN=leaf, C=FR.',
    '1 Root may not sign for CN=Middle, C=US.',
  ])
})

test('an authority that issued itself a new key keeps its name, a server does not', () => {
  const again = mint({ subject: 'CN=Root', issuer: root, extensions: [authority()] })
  const leaf = mint({ subject: 'C=GB/CN=leaf', issuer: again })
  assert.deepEqual(problems(leaf, again, root), [])
  assert.deepEqual(problems(again, root), ['0 Root may not sign for CN=Root.'])
})

test('thousands of names and constraints take no second', () => {
  const many = (suffix: string): Buffer[] => Array.from({ length: 2000 }, (_, i) => generalName(2, `${i}.${suffix}`))
  const issuer = mint({ subject: 'CN=many', extensions: [authority(), nameConstraints(many('a.test'))] })
  const leaf = mint({ issuer, extensions: [alternativeNames(...many('b.test'))] })
  assert.equal(problems(leaf, issuer).length, 1)
  const good = mint({ issuer, extensions: [alternativeNames(...many('1999.a.test'))] })
  assert.deepEqual(problems(good, issuer), [])
})
