import { constants, type KeyObject, privateEncrypt, sign } from 'node:crypto'
import { digest } from '../prf.ts'

const curves: Readonly<Record<number, string>> = {
  1027: 'prime256v1',
  1283: 'secp384r1',
  1539: 'secp521r1',
  2074: 'brainpoolP256r1',
  2075: 'brainpoolP384r1',
  2076: 'brainpoolP512r1',
}
/** Schemes of keys that sign in one way. */
const own: Readonly<Record<number, string>> = {
  2055: 'ed25519',
  2056: 'ed448',
  2308: 'ml-dsa-44',
  2309: 'ml-dsa-65',
  2310: 'ml-dsa-87',
}
/** The hashes that schemes sign with: by the scheme where it is one of TLS 1.3, else by its first byte. */
const hashes: Readonly<Record<number, string>> = {
  4: 'sha256',
  5: 'sha384',
  6: 'sha512',
  2052: 'sha256',
  2053: 'sha384',
  2054: 'sha512',
  2057: 'sha256',
  2058: 'sha384',
  2059: 'sha512',
  2074: 'sha256',
  2075: 'sha384',
  2076: 'sha512',
}

/**
 * Whether a key can sign with a scheme: RFC 8446 4.2.3. In TLS 1.3 a scheme names the kind of key and its curve, and
 * PKCS #1 and SHA-1 sign no handshake; in TLS 1.2 (RFC 5246 7.4.1.4.1) the curve is free.
 */
export function fits(scheme: number, key: KeyObject, tls13: boolean): boolean {
  const kind = key.asymmetricKeyType
  if (scheme in own) return kind === own[scheme] && (tls13 || scheme < 0x0900)
  if (scheme >= 0x0804 && scheme <= 0x0806) return kind === 'rsa'
  if (scheme >= 0x0809 && scheme <= 0x080b) return kind === 'rsa-pss'
  if (tls13) return scheme in curves && kind === 'ec' && key.asymmetricKeyDetails?.namedCurve === curves[scheme]
  const hash = scheme >> 8
  if (hash < 2 || hash > 6) return false // MD5 signs nothing: RFC 9155
  return (scheme & 255) === 1 ? kind === 'rsa' : (scheme & 255) === 3 && kind === 'ec'
}

/** The first scheme of those that a server takes with which we would sign; SHA-1 is none of them (RFC 9155). */
export const schemeFor = (key: KeyObject, taken: readonly number[], tls13: boolean): number | undefined =>
  taken.find(scheme => fits(scheme, key, tls13) && scheme >> 8 >= 4)

/** Signs `data` with a scheme that fits the key. */
export function signed(key: KeyObject, scheme: number, data: Uint8Array): Buffer {
  if (scheme in own) return sign(null, data, key)
  const hash = hashes[scheme] ?? hashes[scheme >> 8]
  if (scheme < 0x0800 || scheme in curves) return sign(hash, data, key)
  return sign(hash, data, {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  })
}

/** The signature before TLS 1.2, where the key decides: RFC 4346 7.4.8 and 7.4.3, RFC 4492 5.8. */
export function signedLegacy(key: KeyObject, messages: readonly Uint8Array[]): Buffer {
  const kind = key.asymmetricKeyType
  if (kind === 'rsa') return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digest('md5-sha1', messages))
  return sign(kind === 'ec' ? 'sha1' : null, Buffer.concat(messages), key)
}
