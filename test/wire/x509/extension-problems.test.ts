import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import { extensionProblems } from '../../../src/wire/x509/extension-problems.ts'
import { alternativeNames, authority, extension, generalName, mint } from './mint.ts'

const problems = (...extensions: readonly Buffer[]): string[] =>
  extensionProblems(readCertificate(mint({ subject: 'CN=It', extensions }).der), 0).map(
    ({ code, message }) => `${code}: ${message}`,
  )
const nothing = Buffer.of(5, 0)

test('a critical extension that clients do not heed is a problem, known here or not', () => {
  assert.deepEqual(problems(extension('1.2.3', nothing, true)), [
    'unknown-critical-extension: It has a critical extension that clients do not heed: 1.2.3.',
  ])
  assert.match(problems(extension('1.3.6.1.4.1.11129.2.4.3', nothing, true))[0]!, /heed: Precertificate Poison\.$/)
})

test('one that is not critical is none, nor one that they heed', () => {
  assert.deepEqual(problems(extension('1.2.3', nothing), authority(), alternativeNames(generalName(2, 'a'))), [])
})

test('a critical extension that cannot be read is a problem', () => {
  const [problem, ...rest] = problems(extension('2.5.29.30', Buffer.of(4, 0), true))
  assert.match(problem!, /^malformed: It has a critical extension that cannot be read, Name Constraints: .*\.$/)
  assert.deepEqual(rest, [])
})
