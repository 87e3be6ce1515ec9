import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { certificates, keys } from '../../../../src/export/html/page/certificates.ts'
import type { ReportLeg } from '../../../../src/export/html/shape.ts'
import { reportConnectionOf } from '../samples.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

const names = Array.from({ length: 14 }, (_, i) => `n${i}.example`)
const certificate = {
  ...{
    pem: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
    subject: 'CN=a',
    issuer: 'CN=b',
    serial: '1f',
  },
  ...{ notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2026-12-01T00:00:00.000Z', key: 'EC P-256' },
  subjectAlternativeNames: names,
}
const leg: ReportLeg = {
  chain: ['✓ a ← b', '! expires soon'],
  certificates: [certificate, { pem: 'x' }],
  clientCertificates: [{ ...certificate, subject: 'CN=client' }],
  keys: [{ name: 'client_write_key', source: 'RFC 8446 7.3', length: 16 }],
}
const connection = reportConnectionOf({ client: leg })

test('what the client got stands beside what the server sent', () => {
  const shown = certificates(connection)
  assert.deepEqual(textsOf(shown, '.subject'), ['CN=a', 'a certificate that cannot be read', 'CN=client'])
  assert.deepEqual(textsOf(shown, '.finding'), ['! expires soon'])
  assert.ok(textsOf(shown, 'dd').includes('2026-01-01 to 2026-12-01'))
  assert.ok(textsOf(shown, 'dd').includes(`${names.slice(0, 12).join(', ')} and 2 more`))
  assert.ok(textsOf(shown, '.quiet').includes('no TLS on this leg'))
  const [pem] = fake(shown).all('details')
  pem!.open = true
  assert.match(textsOf(shown, 'pre')[0]!, /^-----BEGIN CERTIFICATE-----\n/)
})

test('keys have their names and lengths, and dots in place of their values', () => {
  const shown = keys(connection)
  assert.deepEqual(textsOf(shown, '.masked'), ['•'.repeat(12)])
  assert.match(fake(shown).textContent, /client_write_key•+16 bytesRFC 8446 7\.3/)
  assert.deepEqual(textsOf(keys(reportConnectionOf({ sniffed: true })), 'h4'), ['the session'])
})
