import { showChain } from '../../compare/chain.ts'
import {
  alertName,
  cipherSuiteName,
  groupName,
  isGrease,
  signatureAlgorithmName,
  versionName,
} from '../../compare/names.ts'
import { MalformedError } from '../../wire/reader.ts'
import type { CertificateMessage, ClientHello, MessageValue, ServerHello } from '../../wire/tls/values.ts'
import { readOcspResponse } from '../../wire/x509/ocsp.ts'

/** What a message says in short lines; the most telling first. Not printable yet. */
export function messageFacts(value: MessageValue): string[] {
  switch (value.name) {
    case 'client_hello':
      return clientHelloFacts(value.hello)
    case 'server_hello':
    case 'hello_retry_request':
      return serverHelloFacts(value.hello)
    case 'encrypted_extensions': {
      const { alpn, earlyData } = value.extensions
      return line(alpn !== undefined && `alpn ${alpn}`, earlyData && 'early data accepted')
    }
    case 'certificate':
      return certificateFacts(value.certificate)
    case 'compressed_certificate':
      return value.certificate ? certificateFacts(value.certificate) : ['could not be decompressed']
    case 'certificate_status':
      return [`OCSP ${value.responses.map(showOcsp).join(', ')}`]
    case 'certificate_request': {
      const { authorities, signatureAlgorithms } = value.request
      return line(`${authorities.length} authorities`, `${signatureAlgorithms.length} signature algorithms`)
    }
    case 'certificate_verify':
      return value.verify.algorithm === 0 ? [] : [signatureAlgorithmName(value.verify.algorithm)]
    case 'server_key_exchange': {
      const { kind, group, algorithm, publicKey } = value.exchange
      return line(
        group === undefined ? kind : groupName(group),
        publicKey && `key ${publicKey.length} B`,
        algorithm !== undefined && signatureAlgorithmName(algorithm),
      )
    }
    case 'client_key_exchange':
      return line(
        value.publicKey && `key ${value.publicKey.length} B`,
        value.encryptedPreMaster && `encrypted pre-master secret ${value.encryptedPreMaster.length} B`,
      )
    case 'new_session_ticket': {
      const { lifetime, ticket, maxEarlyData } = value.ticket
      const early = maxEarlyData !== undefined && maxEarlyData > 0 && `early data up to ${maxEarlyData} B`
      return line(lifetime === 0 ? 'no lifetime given' : `lifetime ${lifetime} s`, `ticket ${ticket.length} B`, early)
    }
    case 'key_update':
      return [value.requested ? 'asks the peer for new keys too' : 'new keys']
    case 'alert':
      return [`${value.alert.level === 1 ? 'warning' : 'fatal'} ${alertName(value.alert.description)}`]
    case 'unknown':
      return [`handshake type ${value.type}`]
    case 'finished':
    case 'hello_request':
    case 'server_hello_done':
    case 'end_of_early_data':
    case 'change_cipher_spec':
      return []
  }
}

function clientHelloFacts(hello: ClientHello): string[] {
  const versions = (hello.supportedVersions ?? [hello.legacyVersion]).filter(version => !isGrease(version))
  return [
    ...line(
      `versions ${versions.map(version => versionName(version).replace(/^TLS /, '')).join(' ')}`,
      hello.supportedGroups && `groups ${namesOf(hello.supportedGroups, groupName, 4)}`,
    ),
    ...line(hello.serverName !== undefined && `sni ${hello.serverName}`, hello.alpn && `alpn ${hello.alpn.join(' ')}`),
    ...line(
      `${hello.cipherSuites.length} suites`,
      `${hello.extensions.length} extensions`,
      hello.psk && 'pre-shared key',
      hello.earlyData && 'early data',
    ),
  ]
}

function serverHelloFacts(hello: ServerHello): string[] {
  const group = hello.keyShare?.group ?? hello.selectedGroup
  return line(
    versionName(hello.selectedVersion ?? hello.legacyVersion),
    cipherSuiteName(hello.cipherSuite),
    group !== undefined && groupName(group),
    hello.alpn !== undefined && `alpn ${hello.alpn}`,
    hello.selectedPsk !== undefined && `pre-shared key ${hello.selectedPsk}`,
  )
}

function certificateFacts({ certificates, ocspResponse }: CertificateMessage): string[] {
  if (certificates.length === 0) return ['no certificate']
  return [showChain(certificates), ...line(ocspResponse && `OCSP stapled ${showOcsp(ocspResponse)}`)]
}

/** `471 B, good until 2026-11-28`; the signature is a matter of the message's checks. */
function showOcsp(response: Uint8Array): string {
  const size = `${response.length} B`
  try {
    const { status, basic } = readOcspResponse(response)
    const [first] = basic?.certificates ?? []
    if (!first) return `${size}, ${status}`
    const until =
      first.nextUpdate === undefined ? '' : ` until ${new Date(first.nextUpdate).toISOString().slice(0, 10)}`
    return `${size}, ${first.status}${first.status === 'good' ? until : ''}`
  } catch (error) {
    if (error instanceof MalformedError) return `${size}, unreadable`
    throw error
  }
}

function namesOf(values: readonly number[], nameOf: (value: number) => string, most: number): string {
  const known = values.filter(value => !isGrease(value))
  const shown = known.slice(0, most).map(nameOf).join(' ')
  return known.length > most ? `${shown} +${known.length - most}` : shown
}

/** The parts that are there, as one line; no line where none is. */
function line(...parts: (string | false | undefined)[]): string[] {
  const shown = parts.filter(part => typeof part === 'string' && part !== '')
  return shown.length > 0 ? [shown.join('  ')] : []
}
