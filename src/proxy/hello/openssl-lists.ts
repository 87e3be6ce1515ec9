import tls, { type SecureContext } from 'node:tls'
import { cipherSuiteFacts } from '../../wire/tls/registry/cipher-suite-facts.ts'
import { cipherSuites } from '../../wire/tls/registry/cipher-suites.ts'
import { groups } from '../../wire/tls/registry/groups.ts'
import type { ClientHello } from '../../wire/tls/values.ts'

export const renegotiationSignal = 0x00ff // RFC 5746 3.3

/** Suites with a tag of 8 bytes, which OpenSSL leaves out above security level 0. */
export const weakSuites: ReadonlySet<number> = new Set([0xc0a0, 0xc0a1, 0xc0a2, 0xc0a3, 0xc0ae, 0xc0af])

const spoken = new Set(['rsa', 'dhe', 'ecdhe'])
const proving = new Set(['rsa', 'ecdsa', 'dss'])

/** Suites below TLS 1.3 as OpenSSL's list, by IANA's names (since 3.2). */
export const suiteList = (suites: readonly number[]): string => suites.map(suite => cipherSuites[suite]).join(':')

const answers = new Map<number, boolean>()
let scratch: SecureContext | undefined

/** Whether this OpenSSL has a suite below TLS 1.3, and its server would prove itself by a certificate. */
export function hasSuite(suite: number): boolean {
  const known = answers.get(suite)
  if (known !== undefined) return known
  const facts = cipherSuiteFacts(suite)
  const answer =
    facts !== undefined && facts.cipher !== 'null' && spoken.has(facts.kx) && proving.has(facts.auth) && takes(suite)
  answers.set(suite, answer)
  return answer
}

function takes(suite: number): boolean {
  scratch ??= tls.createSecureContext()
  try {
    ;(scratch.context as NativeContext).setCiphers?.(suiteList([suite]))
    return true
  } catch {
    return false
  }
}

/** Of a SecureContext's native half, what Node's types do not show. */
export interface NativeContext {
  setMinProto?(version: number): void
  setMaxProto?(version: number): void
  getMaxProto?(): number
  setCiphers?(list: string): void
  setCipherSuites?(list: string): void
  setECDHCurve?(list: string): void
}

const mostShares = 4 // OPENSSL_CLIENT_MAX_KEY_SHARES

/**
 * The groups of a hello as OpenSSL's list (since 3.5): `*` before those of which the client sent a key share, so that
 * the server asks for no other (RFC 8446 4.1.4), and `?` before all, so that an unknown one is passed over.
 */
export function groupList({ supportedGroups = [], keyShares = [] }: ClientHello): string {
  const shared = new Set(
    keyShares
      .map(({ group }) => group)
      .filter(group => groups[group] !== undefined)
      .slice(0, mostShares),
  )
  return [...new Set(supportedGroups)]
    .filter(group => groups[group] !== undefined)
    .map(group => `?${shared.has(group) ? '*' : ''}${groups[group]}`)
    .join(':')
}
