import { MalformedError } from '../../../reader.ts'
import { readClientHello } from '../../messages/client-hello.ts'
import { recordAlgorithm } from '../../record-algorithm.ts'
import { cipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import { isGrease } from '../../registry/names.ts'
import { tls13 } from '../../registry/versions.ts'
import { isSslv2Hello } from '../../sslv2-hello.ts'
import type { ClientHello } from '../../values.ts'
import { canAgree } from '../groups/named-groups.ts'
import { canProtect } from '../records/protection.ts'
import { types } from './extension-types.ts'
import { versionsOf } from './resumption.ts'

const exchanges = new Set(['tls13', 'ecdhe', 'dhe', 'rsa'])
const spoken = new Set([0x0301, 0x0302, 0x0303, tls13])

/** Why a ClientHello cannot be sent as it is and answered for, in a few words; undefined where it can. */
export function unfollowable(message: Uint8Array): string | undefined {
  if (isSslv2Hello(message)) return 'a hello in the form of SSL 2.0'
  const hello = read(message)
  if (!hello) return 'a hello that cannot be read'
  const versions = versionsOf(hello).filter(version => spoken.has(version))
  if (versions.length === 0) return 'no version from TLS 1.0 to 1.3'
  if (!hello.keyShares && hello.extensions.some(({ type }) => type === types.keyShare))
    return 'a key_share that cannot be read'
  if (versions.includes(tls13) && !sharesWell(hello)) return 'key shares in groups that cannot be made here alone'
  if (!versions.some(version => hello.cipherSuites.some(suite => canFollow(suite, version))))
    return 'no cipher suite that can be done here'
  return undefined
}

/** Groups that a server may choose of a hello, in a HelloRetryRequest or in TLS 1.2, and that cannot be done here. */
export const unsupportedGroups = ({ supportedGroups = [] }: ClientHello): number[] =>
  supportedGroups.filter(group => !isGrease(group) && !canAgree(group))

/** What a server chose of a hello: versions, suites and groups by their numbers. */
interface Choice {
  readonly version: number
  readonly cipherSuite: number
  readonly group?: number
}

/** Whether what a server chose is not spoken here. CBC is not, for whether encrypt_then_mac goes with it is not known. */
export function isUnspoken({ version, cipherSuite, group }: Choice): boolean {
  const facts = cipherSuiteFacts(cipherSuite)
  if (!facts || !canFollow(cipherSuite, version) || (group !== undefined && !canAgree(group))) return true
  return recordAlgorithm(facts, version).kind === 'cbc'
}

function read(message: Uint8Array): ClientHello | undefined {
  try {
    return readClientHello(message)
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}

/** A server takes one of the shares where it can: one of them at least must be ours to make, or there are none. */
function sharesWell({ keyShares = [], supportedGroups = [] }: ClientHello): boolean {
  const real = keyShares.filter(({ group }) => !isGrease(group))
  return real.length === 0 ? supportedGroups.some(canAgree) : real.some(({ group }) => canAgree(group))
}

function canFollow(suite: number, version: number): boolean {
  const facts = cipherSuiteFacts(suite)
  if (!facts || (facts.kx === 'tls13') !== (version === tls13) || !exchanges.has(facts.kx)) return false
  return facts.auth !== 'anon' && canProtect(recordAlgorithm(facts, version))
}
