import { constants, createPublicKey, type KeyObject, publicDecrypt, verify } from 'node:crypto'
import type { Direction } from '../../direction.ts'
import { remembered } from '../../remembered.ts'
import { derCertificate } from '../../x509/der-certificate.ts'
import type { Check } from '../handshake.ts'
import { digest } from '../prf.ts'
import { nameOf } from '../registry/names.ts'
import { signatureSchemes } from '../registry/signature-schemes.ts'

const name = 'signature'
const hashes: Readonly<Record<number, string>> = {
  1: 'md5',
  2: 'sha1',
  3: 'sha224',
  4: 'sha256',
  5: 'sha384',
  6: 'sha512',
}
/** RFC 8446 4.2.3: schemes that are no pair of hash and signature. An absent hash is the algorithm's own. */
const schemes: Readonly<Record<number, { readonly kind: 'pss' | 'dsa' | 'own'; readonly hash?: string }>> = {
  2052: { kind: 'pss', hash: 'sha256' },
  2053: { kind: 'pss', hash: 'sha384' },
  2054: { kind: 'pss', hash: 'sha512' },
  2055: { kind: 'own' },
  2056: { kind: 'own' },
  2057: { kind: 'pss', hash: 'sha256' },
  2058: { kind: 'pss', hash: 'sha384' },
  2059: { kind: 'pss', hash: 'sha512' },
  2074: { kind: 'dsa', hash: 'sha256' }, // ecdsa_brainpoolP256r1tls13_sha256 and its sisters
  2075: { kind: 'dsa', hash: 'sha384' },
  2076: { kind: 'dsa', hash: 'sha512' },
  2308: { kind: 'own' }, // mldsa44, 65, 87
  2309: { kind: 'own' },
  2310: { kind: 'own' },
}

export interface SignatureInput {
  /** SignatureScheme; absent before TLS 1.2, where the key's type decides. */
  readonly algorithm: number | undefined
  readonly signature: Uint8Array
  /** DER of the signer's certificate; absent where it was not seen. */
  readonly certificate: Uint8Array | undefined
  /** In place of that in the certificate. */
  readonly key?: KeyObject
  readonly signed: readonly Uint8Array[]
  /** SSL 3.0: the hashes that are signed as they are, instead of `signed`. */
  readonly hashed?: { readonly md5: Uint8Array; readonly sha1: Uint8Array }
  /** Whose key it is; 'certificate' unless told. */
  readonly of?: string
  /** What `signed` is, for the reader. */
  readonly covers: string
}

/** Verifies the signature of CertificateVerify or ServerKeyExchange with the key of the sender's certificate. */
export function checkSignature(input: SignatureInput): Check {
  const { algorithm, certificate, covers, of = 'certificate' } = input
  const scheme =
    algorithm === undefined ? 'the signature of versions before TLS 1.2' : nameOf(signatureSchemes, algorithm)
  if (!certificate && !input.key) return { name, detail: 'not verified: no certificate was seen before it' }
  const key = input.key ?? publicKeyOf(certificate!)
  if (!key) return { name, detail: 'not verified: the key of the certificate could not be read' }
  try {
    const passed = algorithm === undefined ? verifyLegacy(key, input) : verifyScheme(key, algorithm, input)
    if (passed === undefined) return { name, detail: `not verified: ${scheme} is not supported` }
    return {
      name,
      passed,
      detail: `${scheme} with the ${key.asymmetricKeyType} key of the ${of}, over ${covers}`,
    }
  } catch {
    return { name, passed: false, detail: `${scheme} does not fit the ${key.asymmetricKeyType} key of the ${of}` }
  }
}

/** RFC 8446 4.4.3: 64 spaces, a context string, a zero byte, the hash of the handshake messages. */
export function signedInTls13(direction: Direction, handshake: Uint8Array): Uint8Array {
  const context = `TLS 1.3, ${direction === 'to-server' ? 'client' : 'server'} CertificateVerify\0`
  return Buffer.concat([Buffer.alloc(64, ' '), Buffer.from(context, 'latin1'), handshake])
}

function verifyScheme(key: KeyObject, algorithm: number, input: SignatureInput): boolean | undefined {
  const data = Buffer.concat(input.signed)
  const scheme = schemes[algorithm]
  if (scheme?.kind === 'own') return verify(null, data, key, input.signature)
  if (scheme?.kind === 'pss')
    return verify(
      scheme.hash,
      data,
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
      input.signature,
    )
  const hash = scheme?.hash ?? hashes[algorithm >> 8]
  const signer = algorithm & 0xff
  if (!hash || (!scheme && (signer < 1 || signer > 3))) return undefined
  if (!scheme && (signer === 1) !== (key.asymmetricKeyType === 'rsa')) return false
  return verify(hash, data, key, input.signature)
}

/**
 * RFC 4346 7.4.3: RSA signs MD5 and SHA-1 together without their names; DSA and ECDSA (RFC 4492 5.4) sign SHA-1; EdDSA
 * signs the data itself (RFC 8422 5.4, 5.8). Undefined for a key that these versions do not sign with.
 */
function verifyLegacy(key: KeyObject, { signed, hashed, signature }: SignatureInput): boolean | undefined {
  switch (key.asymmetricKeyType) {
    case 'rsa': {
      const recovered = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature)
      return recovered.equals(hashed ? Buffer.concat([hashed.md5, hashed.sha1]) : digest('md5-sha1', signed))
    }
    case 'dsa':
    case 'ec':
      return hashed ? undefined : verify('sha1', Buffer.concat(signed), key, signature)
    case 'ed25519':
    case 'ed448':
      return hashed ? undefined : verify(null, Buffer.concat(signed), key, signature)
    default:
      return undefined
  }
}

const publicKeyOf = remembered((certificate: Uint8Array): KeyObject | undefined => {
  try {
    return derCertificate(certificate).publicKey
  } catch {
    try {
      return createPublicKey({ key: Buffer.from(certificate), format: 'der', type: 'spki' }) // RFC 7250: a raw key
    } catch {
      return undefined
    }
  }
})
