import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import type { ConnectionJson } from '../../../src/view/json/connection-json.ts'
import { titleOf } from './facts.ts'
import type { JudgedLeg } from './judge.ts'

/** Holds `parley show --json` against tshark: messages, what was agreed, JA3, and the certificates against OpenSSL. */
export function assertJsonAgrees(shown: readonly ConnectionJson[], { connection, leg, theirs }: JudgedLeg): void {
  const title = `c${connection.id} ${connection.serverName} ${leg}`
  const tls = shown.find(({ id }) => id === connection.id)?.legs[leg]?.tls
  assert.ok(tls, `${title} is shown`)
  assert.deepEqual(
    tls.messages.map(({ direction, contentType, type, length, extensions }) => [
      direction,
      titleOf(contentType, type),
      length,
      extensions?.map(extension => extension.type).join(' ') ?? '',
    ]),
    theirs.messages.map(message => [
      message.direction === 'to-server' ? 'C>S' : 'S>C',
      message.title,
      message.length,
      message.facts.extensions ?? '',
    ]),
    title,
  )
  const hello = theirs.messages.find(message => message.title === 'handshake 1')
  assert.equal(tls.ja3, hello?.facts.ja3, `${title}: JA3`)
  const answer = theirs.messages.findLast(message => message.title === 'handshake 2')
  const version = answer?.facts.versions ?? answer?.facts['legacy version']
  assert.equal(String(tls.negotiated.version?.number), version, `${title}: version`)
  assert.equal(String(tls.negotiated.cipherSuite?.number), answer?.facts.suites, `${title}: suite`)
  const alpn = theirs.messages.find(({ title, facts }) => /^handshake (2|8)$/.test(title) && facts.alpn)?.facts.alpn
  assert.equal(tls.negotiated.alpn, alpn, `${title}: ALPN`)
  for (const { pem, issuer, serial, subject, notAfter } of tls.certificates.server) {
    const read = new X509Certificate(pem)
    assert.equal(notAfter, read.validToDate.toISOString(), `${title}: ${subject}`)
    assert.equal(serial?.replaceAll(':', '').toUpperCase(), read.serialNumber, `${title}: ${subject}`)
    const names = read.subject.split('\n').map(part => part.replace(/^\w+=/, ''))
    for (const name of names) assert.ok(subject?.includes(name), `${title}: ${subject} has ${name}`)
    const byWhom = read.issuer.split('\n').map(part => part.replace(/^\w+=/, ''))
    for (const name of byWhom) assert.ok(issuer?.includes(name), `${title}: ${issuer} has ${name}`)
  }
}
