import { recordAlgorithm } from '../../record-algorithm.ts'
import { cipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import { tls13 } from '../../registry/versions.ts'
import { canAgree } from '../groups/named-groups.ts'
import { canProtect } from '../records/protection.ts'

const exchanges = new Set(['tls13', 'ecdhe', 'dhe', 'rsa'])

/** What a server chose of a hello: versions, suites and groups by their numbers. */
interface Choice {
  readonly version: number
  readonly cipherSuite: number
  readonly group?: number
}

/** Whether what a server chose is not spoken here. CBC is not, for whether encrypt_then_mac goes with it is not known. */
export function isUnspoken({ version, cipherSuite, group }: Choice): boolean {
  const facts = cipherSuiteFacts(cipherSuite)
  if (!facts || !isSpoken(cipherSuite, version) || (group !== undefined && !canAgree(group))) return true
  return recordAlgorithm(facts, version).kind === 'cbc'
}

/** Whether a suite is done here in a version. */
function isSpoken(suite: number, version: number): boolean {
  const facts = cipherSuiteFacts(suite)
  if (!facts || (facts.kx === 'tls13') !== (version === tls13) || !exchanges.has(facts.kx)) return false
  return facts.auth !== 'anon' && canProtect(recordAlgorithm(facts, version))
}
