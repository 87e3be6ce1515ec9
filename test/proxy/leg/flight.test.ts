import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksForCertificate, lastAlert } from '../../../src/proxy/leg/flight.ts'

const record = (type: number, ...bytes: Buffer[]): Buffer => {
  const fragment = Buffer.concat(bytes)
  return Buffer.concat([Buffer.from([type, 3, 3, 0, fragment.length]), fragment])
}
const serverHello = record(22, Buffer.from(`02000026${'0303'.padEnd(68, '7')}00c02b00`, 'hex'))

test('a server asks for a certificate where a CertificateRequest stands in clear, in one record with others or cut', () => {
  const [request, done] = [Buffer.from('0d00000702014000000000', 'hex'), Buffer.from('0e000000', 'hex')]
  assert.equal(asksForCertificate(Buffer.concat([serverHello, record(22, request, done)])), true)
  const cut = [record(22, request.subarray(0, 5)), record(22, request.subarray(5), done)]
  assert.equal(asksForCertificate(Buffer.concat([serverHello, ...cut])), true)
  assert.equal(asksForCertificate(Buffer.concat([serverHello, record(22, done)])), false)
  assert.equal(
    asksForCertificate(Buffer.concat([serverHello, record(20, Buffer.from([1])), record(22, request)])),
    false,
  )
})

test('an alert in clear counts where it came last', () => {
  const alert = (description: number): Buffer => record(21, Buffer.from([1, description]))
  assert.equal(lastAlert(alert(112)), 112)
  assert.equal(lastAlert(Buffer.concat([alert(112), serverHello])), undefined)
  assert.equal(lastAlert(Buffer.concat([serverHello, record(21, Buffer.alloc(26))])), undefined, 'encrypted')
  assert.equal(lastAlert(Buffer.from('HTTP/1.1 400')), undefined)
})
