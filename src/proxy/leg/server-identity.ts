import tls, { type PeerCertificate as LegacyCertificate, type TLSSocket } from 'node:tls'
import { MalformedError } from '../../wire/reader.ts'
import { readCertificate } from '../../wire/x509/certificate.ts'
import type { PeerCertificate } from './peer-certificate.ts'

/** Node's word for what is wrong with the names of a certificate; undefined: `host`, a name or an address, is among them. */
export function identityCode(host: string, peer: PeerCertificate): string | undefined {
  try {
    const wrong = tls.checkServerIdentity(host, namesOf(peer))
    return wrong && codeOf(wrong)
  } catch (error) {
    return codeOf(error as Error) // ERR_TLS_CERT_ALTNAME_FORMAT
  }
}

/**
 * Keeps Node from making its first form of certificates of what a server sent, which it does to check the names: for a key
 * on a curve without a NIST name, such as secp256k1, Node 26 crashes, even in a certificate that nobody trusts.
 */
export function guardIdentity(socket: TLSSocket): void {
  socket.getPeerCertificate = ((): LegacyCertificate | object => {
    const peer = socket.getPeerX509Certificate()
    return peer ? namesOf(peer) : {}
  }) as TLSSocket['getPeerCertificate']
}

/** As much of that form as `checkServerIdentity` asks for. */
const namesOf = ({ raw, subjectAltName }: PeerCertificate): LegacyCertificate =>
  ({ subject: { CN: commonNames(raw) }, subjectaltname: subjectAltName }) as unknown as LegacyCertificate

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? error.message

function commonNames(der: Uint8Array): string[] {
  try {
    return readCertificate(der)
      .subject.attributes.filter(([type]) => type === 'CN')
      .map(([, value]) => value)
  } catch (error) {
    if (error instanceof MalformedError) return []
    throw error
  }
}
