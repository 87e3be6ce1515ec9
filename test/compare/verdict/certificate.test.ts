import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCertificate } from '../../../src/compare/verdict/certificate.ts'
import { ask } from './ask.ts'

const problem = (code: string) => checkCertificate(ask({}, {}, { problems: [{ code, blame: 'server', message: '' }] }))

test('what every client refuses fails, what depends on its roots may', () => {
  assert.equal(problem('tls/certificate-wrong-host')?.standing, 'fails')
  assert.equal(problem('tls/certificate-incomplete-chain')?.standing, 'may-fail')
})

test('problems of another kind are not the certificate’s', () => {
  assert.equal(problem('tcp/refused'), undefined)
  assert.equal(problem('toString'), undefined)
})

test('what --insecure tolerated is judged all the same', () => {
  const tolerated = { code: 'tls/certificate-expired', blame: 'server', message: '' } as const
  assert.equal(checkCertificate(ask({}, {}, { tolerated }))?.standing, 'fails')
})
