import { listNames, signatureAlgorithmName } from '../names.ts'
import { type Check, mismatch, withoutGrease } from './check.ts'

/** The kind of key that makes a signature, as far as its number tells (RFC 8446 4.2.3). */
export function keyKindOf(algorithm: number): string {
  if (algorithm === 0x0807 || algorithm === 0x0808) return 'EdDSA'
  if (algorithm >= 0x0804 && algorithm <= 0x0806) return 'RSA'
  if (algorithm >= 0x0809 && algorithm <= 0x080b) return 'RSA-PSS'
  const kind = algorithm & 0xff
  return kind === 1 ? 'RSA' : kind === 2 ? 'DSA' : kind === 3 ? 'ECDSA' : 'another'
}

export const checkSignatureAlgorithm: Check = ({ hello, upstream }) => {
  const chosen = upstream.negotiated.signatureAlgorithm
  if (chosen === undefined || !hello.signatureAlgorithms) return undefined
  const aspect = 'signature-algorithm'
  const name = signatureAlgorithmName(chosen)
  const offered = withoutGrease(hello.signatureAlgorithms)
  if (offered.includes(chosen))
    return {
      aspect,
      standing: 'fits',
      sentence: `The client accepts ${name} signatures, with which the server signed.`,
    }
  const kind = keyKindOf(chosen)
  const usable = offered.filter(algorithm => keyKindOf(algorithm) === kind)
  const failure = { aspect, asBrowser: mismatch, asOpenssl: 'no suitable signature algorithm' }
  if (usable.length === 0)
    return {
      ...failure,
      standing: 'fails',
      sentence: `The server’s certificate has a key of kind ${kind}, and the client accepts no signature of such a key.`,
    }
  const names = listNames(usable, signatureAlgorithmName)
  return {
    ...failure,
    standing: 'may-fail',
    sentence: `The client does not accept ${name}, with which the server signed; its key could also sign with ${names}.`,
  }
}
