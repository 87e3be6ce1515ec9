import { isWhole } from '../../model/link.ts'
import { cipherSuiteFacts } from '../../wire/tls/registry/cipher-suite-facts.ts'
import { tls12 } from '../../wire/tls/registry/versions.ts'
import { listNames, signatureAlgorithmName, versionName } from '../names.ts'
import { type Check, mismatch, withoutGrease } from './check.ts'

/** The kind of key that makes a signature, as far as its number tells (RFC 8446 4.2.3). */
export function keyKindOf(algorithm: number): string {
  if (algorithm === 0x0807 || algorithm === 0x0808) return 'EdDSA'
  if (algorithm >= 0x0804 && algorithm <= 0x0806) return 'RSA'
  if (algorithm >= 0x0809 && algorithm <= 0x080b) return 'RSA-PSS'
  const kind = algorithm & 0xff
  return kind === 1 ? 'RSA' : kind === 2 ? 'DSA' : kind === 3 ? 'ECDSA' : 'another'
}

export const checkSignatureAlgorithm: Check = question => {
  const { hello, upstream } = question
  const chosen = upstream.negotiated.signatureAlgorithm
  if (!hello.signatureAlgorithms) return undefined
  if (chosen === undefined) return checkLegacySignature(question)
  const aspect = 'signature-algorithm'
  const name = signatureAlgorithmName(chosen)
  const offered = withoutGrease(hello.signatureAlgorithms)
  if (offered.includes(chosen))
    return {
      aspect,
      standing: 'fits',
      sentence: `The client accepts ${name}, which the server signed with.`,
    }
  const kind = keyKindOf(chosen)
  const usable = offered.filter(algorithm => keyKindOf(algorithm) === kind)
  const failure = { aspect, asBrowser: mismatch, asOpenssl: 'no suitable signature algorithm' }
  if (usable.length === 0)
    return {
      ...failure,
      standing: 'fails',
      sentence: `The server’s certificate has a key of type ${kind}, and the client accepts no signatures by such keys.`,
    }
  const names = listNames(usable, signatureAlgorithmName)
  return {
    ...failure,
    standing: 'may-fail',
    sentence: `The client does not accept ${name}, which the server signed with; the server’s key could also sign with ${names}.`,
  }
}

/** Before TLS 1.2 the algorithm was fixed (RFC 4346 7.4.3); no client that can name algorithms names that one for RSA. */
const checkLegacySignature: Check = ({ connection, hello, upstream }) => {
  const { version, cipherSuite, resumption } = upstream.negotiated
  const facts = cipherSuite === undefined ? undefined : cipherSuiteFacts(cipherSuite)
  const signed = (facts?.kx === 'dhe' || facts?.kx === 'ecdhe') && facts.auth !== 'anon' && resumption === 'none'
  if (version === undefined || version >= tls12 || !signed || isWhole(connection)) return undefined
  const sha1 = facts.auth === 'dss' ? 0x0202 : 0x0203
  if (facts.auth !== 'rsa' && hello.signatureAlgorithms?.includes(sha1)) return undefined
  const digest = facts.auth === 'rsa' ? 'MD5 with SHA-1' : 'SHA-1'
  return {
    aspect: 'signature-algorithm',
    standing: 'may-fail',
    sentence: `${versionName(version)} signs with ${digest}, which the client does not offer: OpenSSL 3 and others refuse it at their default security level.`,
    asOpenssl: 'legacy sigalg disallowed or unsupported',
  }
}
