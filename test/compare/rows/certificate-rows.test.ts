import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateRows } from '../../../src/compare/rows/certificate-rows.ts'
import { type IdentityName, identity } from '../../wire/tls/test-certificates.ts'
import { readPem } from '../../wire/x509/read-pem.ts'
import { makeConnection, makeHandshake } from '../make.ts'

const chain = (name: IdentityName) => readPem(identity(name).cert)

const rowFor = (aspect: string, client: readonly Uint8Array[], upstream: readonly Uint8Array[]) =>
  certificateRows({
    connection: makeConnection(),
    client: makeHandshake([], { serverCertificates: client }),
    upstream: makeHandshake([], { serverCertificates: upstream }),
  }).find(row => row.aspect === aspect)

test('the same certificates are the same, as in a tunnel that is passed through', () => {
  assert.equal(rowFor('certificate', chain('rsa'), chain('rsa'))?.mark, '=')
  assert.equal(rowFor('key', chain('rsa'), chain('rsa'))?.mark, '=')
})

test('a minted certificate of the same name is still another certificate', () => {
  const row = rowFor('certificate', chain('ecdsa'), chain('rsa'))
  assert.equal(row?.client, row?.upstream)
  assert.equal(row?.mark, '≠')
  assert.match(row?.why ?? '', /minted/)
})

test('keys of another kind are told by kind and size', () => {
  const row = rowFor('key', chain('ecdsa'), chain('rsa'))
  assert.deepEqual([row?.client, row?.upstream, row?.mark], ['EC P-256', 'RSA 2048 bits', '≠'])
})

test('bytes that are no certificate do not stop the comparison', () => {
  assert.equal(rowFor('certificate', [Uint8Array.of(1, 2, 3)], chain('rsa'))?.client, 'unreadable certificate')
})

test('a client certificate that only the server asks for matters', () => {
  const serverCertificates = chain('rsa')
  const rows = certificateRows({
    connection: makeConnection(),
    client: makeHandshake([], { serverCertificates }),
    upstream: makeHandshake([], { serverCertificates }, { clientCertificate: 'requested', ocspStapled: true }),
  })
  assert.equal(rows.find(row => row.aspect === 'client-certificate')?.mark, '!')
  assert.equal(rows.find(row => row.aspect === 'ocsp')?.mark, '≠')
})

test('a leg that resumes shows no certificate, which is not a leg that failed', () => {
  const [client, upstream] = [
    makeHandshake([], { serverCertificates: chain('rsa') }),
    makeHandshake([], {}, { resumption: 'ticket' }),
  ]
  const [row] = certificateRows({ connection: makeConnection(), client, upstream })
  assert.equal(row?.why, 'The upstream leg resumes an earlier session, so no certificates are sent.')
})
