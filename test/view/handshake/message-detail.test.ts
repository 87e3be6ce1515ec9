import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageDetail } from '../../../src/view/handshake/message-detail.ts'
import { printable } from '../../../src/view/printable.ts'
import { makeHandshake, type Said } from '../../compare/make.ts'
import { stapledHandshake } from '../../wire/tls/stapling-pair.ts'
import { identity } from '../../wire/tls/test-certificates.ts'
import { noOpenssl } from '../../wire/x509/openssl.ts'
import { readPem } from '../../wire/x509/read-pem.ts'
import { recordedPair } from '../recorded.ts'

test('every line of every message is printable and points into the message, inside its parent', async () => {
  const { client, upstream } = await recordedPair()
  for (const message of [...client!.messages, ...upstream!.messages]) {
    const parents: { start: number; end: number }[] = []
    for (const line of messageDetail(message)) {
      assert.equal(printable(line.name + line.shown), line.name + line.shown)
      if (!line.range) continue
      parents.length = line.indent
      const { start, end } = parents.at(-1) ?? { start: 0, end: message.bytes.length }
      assert.ok(line.range.start >= start && line.range.end <= end, `${line.key} ${JSON.stringify(line.range)}`)
      parents.push(line.range)
    }
  }
})

test('a certificate opens up where its bytes are', async () => {
  const { upstream } = await recordedPair()
  const message = upstream!.messages.find(({ name }) => name === 'certificate')!
  const subjects = messageDetail(message).filter(({ key }) => key.endsWith('to be signed/subject'))
  assert.equal(subjects.length, upstream!.serverCertificates.length)
  assert.equal(subjects[0]!.shown, 'CN=api.example.test')
  const { start, end } = subjects[0]!.range!
  assert.ok(Buffer.from(message.bytes.subarray(start, end)).includes('api.example.test'))
})

test('the certificates of a compressed message have no place in it', () => {
  const certificates = readPem(identity('rsa').cert)
  const said: Said = ['to-client', { name: 'compressed_certificate', algorithm: 2, certificate: { certificates } }]
  const lines = messageDetail(makeHandshake([said]).messages[0]!).filter(({ key }) => key.includes('/certificate'))
  assert.ok(lines.length > 20)
  assert.deepEqual(
    lines.filter(({ range }) => range),
    [],
  )
})

test('checks and what could not be read come last', () => {
  const [message] = makeHandshake([['to-client', { name: 'finished', verifyData: new Uint8Array(1) }]]).messages
  const checks = [
    { name: 'verify_data', passed: true, detail: 'agrees' },
    { name: 'other', detail: 'no key' },
  ]
  const lines = messageDetail({ ...message!, checks, malformed: 'at byte 4' })
  assert.deepEqual(
    lines.slice(1).map(({ name, shown }) => `${name} | ${shown}`),
    ['✓ check | verify_data: agrees', '? not checked | other: no key', '✗ malformed | at byte 4'],
  )
})

for (const [version, name] of [
  ['TLSv1.3', 'certificate'],
  ['TLSv1.2', 'certificate_status'],
] as const)
  test(`a stapled OCSP response opens up where its bytes are (${version})`, { skip: noOpenssl }, async () => {
    const { messages } = await stapledHandshake(version)
    const lines = messageDetail(messages.find(message => message.name === name)!)
    const status = lines.find(({ key }) => key.endsWith('responses/response/status'))
    assert.equal(status?.shown, 'good')
    assert.ok(status.range)
    assert.match(lines.at(-1)!.shown, /^OCSP signature: ecdsa-with-SHA256 with the issuer’s key/)
  })
