import type { Offer } from '../../wire/tls/narrow-offer.ts'
import { cipherSuiteFacts } from '../../wire/tls/registry/cipher-suite-facts.ts'
import { tls13 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { LeafKeyType } from '../ports.ts'

const secp256r1 = 23
const ecdsaSecp256r1Sha256 = 0x0403

/** The type of leaf key that a client can verify, where no server's certificate says what it should be. */
export function leafKeyFor(hello: Offer | undefined): LeafKeyType {
  if (!hello) return 'ec'
  const { signatureAlgorithms, supportedGroups, supportedVersions, cipherSuites } = hello
  if (signatureAlgorithms && !signatureAlgorithms.includes(ecdsaSecp256r1Sha256)) return 'rsa'
  if (supportedVersions?.includes(tls13)) return 'ec'
  // Up to TLS 1.2 the suite and the groups bind the key as well (RFC 8422 2, 5.1).
  const fits = (!supportedGroups || supportedGroups.includes(secp256r1)) && cipherSuites.some(isEcdsa)
  return fits ? 'ec' : 'rsa'
}

type CertificateOffer = Offer & Pick<ClientHello, 'signatureAlgorithmsCert'>

/** The type of signature on a leaf that a client can verify: ECDSA for those alone that say so, RSA for all others. */
export function leafSignatureFor(hello: CertificateOffer | undefined): LeafKeyType {
  const verifies = hello?.signatureAlgorithmsCert ?? hello?.signatureAlgorithms // RFC 8446 4.2.3
  return verifies?.includes(ecdsaSecp256r1Sha256) ? leafKeyFor(hello) : 'rsa'
}

const isEcdsa = (suite: number): boolean => cipherSuiteFacts(suite)?.auth === 'ecdsa'
