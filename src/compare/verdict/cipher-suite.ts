import { tls13 } from '../../wire/tls/registry/versions.ts'
import { cipherSuiteName, versionName } from '../names.ts'
import { type Check, mismatch, withoutGrease } from './check.ts'

const signals = [0x00ff, 0x5600] // SCSVs of RFC 5746 and RFC 7507: not suites
const isTls13 = (suite: number): boolean => suite >> 8 === 0x13

export const checkCipherSuite: Check = ({ hello, upstream }) => {
  const { version, cipherSuite: chosen } = upstream.negotiated
  if (version === undefined || chosen === undefined) return undefined
  const aspect = 'cipher-suite'
  const name = cipherSuiteName(chosen)
  const offered = withoutGrease(hello.cipherSuites)
  if (offered.includes(chosen))
    return { aspect, standing: 'fits', sentence: `The client offers ${name}, which the server chose.` }
  const usable = offered.filter(suite => !signals.includes(suite) && isTls13(suite) === version >= tls13)
  const failure = { aspect, asBrowser: mismatch, asOpenssl: 'no shared cipher' }
  if (usable.length === 0)
    return { ...failure, standing: 'fails', sentence: `The client offers no cipher suite for ${versionName(version)}.` }
  return {
    ...failure,
    standing: 'may-fail',
    sentence: `The client does not offer ${name}, which the server chose; the server might accept one of the ${usable.length} that it does offer.`,
  }
}
