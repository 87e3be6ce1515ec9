import type { KeyObject } from 'node:crypto'
import { readStructure, type Structure } from '../../../x509/structure.ts'
import { type DelegatedCredential, delegationOf } from '../../delegated-credential.ts'
import { tls13 } from '../../registry/versions.ts'
import type { ClientHello } from '../../values.ts'
import { dataOf, lists } from '../checks/echoes.ts'
import { checkSigned, keyOf, schemesOf, spkiKey } from '../checks/signer.ts'
import { extension } from '../protocol.ts'
import { fits } from '../signing.ts'
import { fail } from '../tls-error.ts'

const delegationUsage = '1.3.6.1.4.1.44363.44'
const longest = 7 * 86_400_000 // ms; RFC 9345 4.1.3

/** A key to which the owner of a certificate has delegated the handshake. */
export interface Delegate {
  /** The only scheme that it signs with. */
  readonly scheme: number
  /** ms since the epoch */
  readonly until: number
  readonly key: KeyObject
}

/**
 * The key of the credential at a leaf, after every check of RFC 9345 4.1.3 but that of the CertificateVerify. `now`
 * in ms since the epoch. Throws TlsError.
 */
export function delegatedTo(
  credential: DelegatedCredential,
  leaf: Uint8Array,
  offer: ClientHello,
  now: number,
): Delegate {
  const { validTime, scheme, spki, algorithm, signature } = credential
  const certificate = readLeaf(leaf)
  const end = certificate.notBefore + validTime * 1000
  if (now >= end) fail('illegal-parameter', 'a delegated credential that has expired')
  if (end - now > longest) fail('illegal-parameter', 'a delegated credential for more than seven days')
  if (!certificate.extensions.list.some(({ oid }) => oid === delegationUsage))
    fail('illegal-parameter', 'a certificate that must not delegate')
  if (!certificate.extensions.values.keyUsage?.includes('digitalSignature'))
    fail('illegal-parameter', 'a certificate that delegates and whose key is not for digitalSignature')
  if (!lists(dataOf(offer.extensions, extension.delegatedCredential), 2, scheme))
    fail('illegal-parameter', `a delegated credential for scheme ${scheme}, which was not offered`)
  checkSigned(
    {
      scheme: algorithm,
      signature,
      over: delegationOf(leaf, credential),
      key: keyOf({ certificates: [leaf], rawKey: false }),
    },
    schemesOf(offer, tls13),
    tls13,
  )
  const key = keyOfSpki(spki)
  // RFC 9345 4.1.1: no rsaEncryption keys.
  if (key.asymmetricKeyType === 'rsa' || !fits(scheme, key, true))
    fail('illegal-parameter', 'a delegated credential whose key does not fit its scheme')
  return { scheme, until: end, key }
}

function readLeaf(leaf: Uint8Array): Structure {
  try {
    return readStructure(leaf)
  } catch {
    return fail('bad-certificate', 'a certificate that cannot be read')
  }
}

function keyOfSpki(spki: Uint8Array): KeyObject {
  try {
    return spkiKey(spki)
  } catch {
    return fail('illegal-parameter', 'a delegated credential whose key cannot be read')
  }
}
