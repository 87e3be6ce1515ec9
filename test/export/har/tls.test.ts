import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { readLegPair } from '../../../src/compare/read-leg-pair.ts'
import { harTls } from '../../../src/export/har/tls.ts'
import { type Capture, openCapture } from '../../../src/store/capture.ts'
import { recordVisits } from '../../cli/recorded-run.ts'

let capture: Capture
before(async () => {
  capture = openCapture((await recordVisits()).path)
})

// biome-ignore lint/suspicious/noExplicitAny: it is read as another program would read it
const tlsOf = (id: number): any => harTls(readLegPair(capture, capture.connection(id)!))

test('both legs are there, with what differs and the verdict', () => {
  const { _tls, _securityDetails } = tlsOf(1)
  assert.equal(_tls.client.negotiated.version.name, 'TLS 1.3')
  assert.equal(_tls.upstream.negotiated.alpn, 'h2')
  assert.match(_tls.client.ja4, /^t13/)
  assert.notEqual(_tls.client.certificates.server[0].issuer, _tls.upstream.certificates.server[0].issuer)
  assert.equal(_tls.verdict.agreed, 'yes')
  assert.ok(_tls.differences.every((row: { mark: string }) => row.mark !== '='))
  assert.deepEqual([_securityDetails.protocol, typeof _securityDetails.validTo], ['TLS 1.3', 'number'])
})

test('in clear there is nothing, and of a handshake that failed no security', () => {
  assert.deepEqual(tlsOf(2), {})
  assert.equal(tlsOf(3)._securityDetails, undefined)
  assert.equal(tlsOf(3)._tls.upstream.outcome, 'failed')
})
