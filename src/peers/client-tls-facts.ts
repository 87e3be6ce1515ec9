import type { DetailedPeerCertificate, PeerCertificate, TLSSocket } from 'node:tls'
import { codeOf } from './client-failure.ts'
import type { CertificateFacts, TlsFacts } from './client-types.ts'

/** What Node knows of a handshake that is over. */
export function factsOf(socket: TLSSocket): TlsFacts {
  const cipher = socket.getCipher()
  const ephemeral = socket.getEphemeralKeyInfo()
  const group = ephemeral && 'name' in ephemeral ? ephemeral.name : undefined
  const why = socket.authorizationError as Error | string | null | undefined
  return {
    version: socket.getProtocol() ?? '',
    cipherSuite: cipher.standardName,
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    resumed: socket.isSessionReused(),
    ...(group ? { group } : {}),
    authorized: socket.authorized,
    ...(why ? { authorizationError: codeOf(why) ?? String(why) } : {}),
    certificates: chainOf(socket.getPeerCertificate(true)),
  }
}

function chainOf(leaf: DetailedPeerCertificate): CertificateFacts[] {
  const seen = new Set<string>()
  const chain: CertificateFacts[] = []
  for (let one: DetailedPeerCertificate | undefined = leaf; one?.fingerprint256; one = one.issuerCertificate) {
    if (seen.has(one.fingerprint256)) break
    seen.add(one.fingerprint256)
    chain.push(certificateFacts(one))
  }
  return chain
}

function certificateFacts(one: PeerCertificate): CertificateFacts {
  const { subjectaltname: names = '', valid_from: validFrom, valid_to: validTo, fingerprint256 } = one
  return { subject: nameOf(one.subject), issuer: nameOf(one.issuer), names, validFrom, validTo, fingerprint256 }
}

const nameOf = (name: PeerCertificate['subject'] | undefined): string => {
  const cn: string | string[] | undefined = name?.CN
  return Array.isArray(cn) ? cn.join(', ') : (cn ?? '')
}
