import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { checkCertificate } from '../../../src/compare/verdict/certificate.ts'
import { makeTestAuthority } from '../../../src/peers/certificates.ts'
import { ask } from './ask.ts'

const problem = (code: string) => checkCertificate(ask({}, {}, { problems: [{ code, blame: 'server', message: '' }] }))

test('what every client refuses fails, what depends on its roots may', () => {
  assert.equal(problem('tls/certificate-wrong-host')?.standing, 'fails')
  assert.equal(problem('tls/certificate-incomplete-chain')?.standing, 'may-fail')
})

test('OpenSSL calls a root that it does not know by whether it was sent', async () => {
  const question = ask({}, {}, { problems: [{ code: 'tls/certificate-untrusted-root', blame: 'parley', message: '' }] })
  const words = (serverCertificates: readonly Buffer[]) =>
    checkCertificate({ ...question, upstream: { ...question.upstream, serverCertificates } })?.asOpenssl
  const { caPem, intermediatePem } = await makeTestAuthority()
  const [root, intermediate] = [caPem, intermediatePem].map(pem => new X509Certificate(pem).raw) as [Buffer, Buffer]
  assert.equal(words([intermediate, root]), 'self-signed certificate in certificate chain')
  assert.equal(words([intermediate]), 'unable to get local issuer certificate')
})

test('problems of another kind are not the certificate’s', () => {
  assert.equal(problem('tcp/refused'), undefined)
  assert.equal(problem('toString'), undefined)
})

test('what --insecure tolerated is judged all the same', () => {
  const tolerated = { code: 'tls/certificate-expired', blame: 'server', message: '' } as const
  assert.equal(checkCertificate(ask({}, {}, { tolerated }))?.standing, 'fails')
})
