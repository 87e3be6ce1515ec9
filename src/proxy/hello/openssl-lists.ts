import tls, { type SecureContext } from 'node:tls'
import type { MirrorGap } from '../../model/connection.ts'
import { cipherSuiteFacts } from '../../wire/tls/registry/cipher-suite-facts.ts'
import { cipherSuites } from '../../wire/tls/registry/cipher-suites.ts'
import { groups } from '../../wire/tls/registry/groups.ts'
import { isGrease, type Names } from '../../wire/tls/registry/names.ts'
import { signatureSchemes } from '../../wire/tls/registry/signature-schemes.ts'
import type { ClientHello } from '../../wire/tls/values.ts'

/** Of a SecureContext's native half, what Node's types do not show. */
export interface NativeContext {
  setMinProto?(version: number): void
  setMaxProto?(version: number): void
  getMaxProto?(): number
  setCiphers?(list: string): void
  setCipherSuites?(list: string): void
  setECDHCurve?(list: string): void
  setSigalgs?(list: string): void
}

/** What a hello offers of what this OpenSSL has, as its lists, in the hello's order. */
export interface OpensslLists {
  /** Suites of TLS 1.3 and those below it, by IANA's names (since 3.2). */
  readonly of13: string
  readonly older: string
  readonly groups: string
  readonly schemes: string
  /** What it has not, and extensions that it does not send. */
  readonly gaps: readonly MirrorGap[]
}

/** Asks OpenSSL once for each name whether it has it. */
export function opensslLists(hello: ClientHello): OpensslLists {
  const suites = hello.cipherSuites.filter(hasSuite)
  const types = hello.extensions.map(({ type }) => type)
  return {
    of13: namesOf(cipherSuites, suites.filter(isTls13Suite)),
    older: namesOf(
      cipherSuites,
      suites.filter(suite => !isTls13Suite(suite)),
    ),
    groups: groupList(hello),
    schemes: namesOf(signatureSchemes, hello.signatureAlgorithms?.filter(hasScheme) ?? []),
    gaps: [
      ...lacking('cipherSuite', hello.cipherSuites, hasSuite),
      ...lacking('supportedGroup', hello.supportedGroups, hasGroup),
      ...lacking('signatureAlgorithm', hello.signatureAlgorithms, hasScheme),
      ...lacking('extension', types, type => sentExtensions.has(type)),
    ],
  }
}

const lacking = (kind: string, offered: readonly number[] = [], has: (id: number) => boolean): MirrorGap[] =>
  offered.filter(id => !has(id) && !isGrease(id)).map(id => ({ kind, id, reason: 'OpenSSL does not send it' }))

/** All that OpenSSL sends as Node drives it. */
const sentExtensions = new Set([0, 5, 10, 11, 13, 16, 22, 23, 35, 41, 43, 45, 51, 0xff01])

const namesOf = (names: Names, offered: readonly number[]): string => offered.map(id => names[id]).join(':')

/** Suites with a tag of 8 bytes, which OpenSSL leaves out above security level 0. */
export const weakSuites: ReadonlySet<number> = new Set([0xc0a0, 0xc0a1, 0xc0a2, 0xc0a3, 0xc0ae, 0xc0af])

export const isTls13Suite = (suite: number): boolean => suite >> 8 === 0x13

const spoken = new Set(['rsa', 'dhe', 'ecdhe'])
const proving = new Set(['rsa', 'ecdsa', 'dss'])

/** Whether OpenSSL has a suite, and its server would prove itself by a certificate. */
function hasSuite(suite: number): boolean {
  if (isTls13Suite(suite)) return suite >= 0x1301 && suite <= 0x1305
  const facts = cipherSuiteFacts(suite)
  if (!facts || facts.cipher === 'null' || !spoken.has(facts.kx) || !proving.has(facts.auth)) return false
  return takes('setCiphers', cipherSuites[suite])
}

const hasGroup = (group: number): boolean => takes('setECDHCurve', groups[group])
const hasScheme = (scheme: number): boolean => takes('setSigalgs', signatureSchemes[scheme])

type Setter = 'setCiphers' | 'setECDHCurve' | 'setSigalgs'

const answers = new Map<string, boolean>()
let scratch: SecureContext | undefined

/** Whether OpenSSL knows a name; of what has no name it does not. */
function takes(setter: Setter, name: string | undefined): boolean {
  if (name === undefined) return false
  const known = answers.get(`${setter} ${name}`)
  if (known !== undefined) return known
  const answer = tries(setter, name)
  answers.set(`${setter} ${name}`, answer)
  return answer
}

function tries(setter: Setter, name: string): boolean {
  scratch ??= tls.createSecureContext()
  try {
    ;(scratch.context as NativeContext)[setter]?.(name)
    return true
  } catch {
    return false
  }
}

const mostShares = 4 // OPENSSL_CLIENT_MAX_KEY_SHARES

/** `*` (since 3.5) stands before those of which the client sent a key share, so that the server asks for no other (RFC 8446 4.1.4). */
function groupList({ supportedGroups = [], keyShares = [] }: ClientHello): string {
  const shared = new Set(
    keyShares
      .map(({ group }) => group)
      .filter(hasGroup)
      .slice(0, mostShares),
  )
  const offered = [...new Set(supportedGroups)].filter(hasGroup)
  return offered.map(group => `${shared.has(group) ? '*' : ''}${groups[group]}`).join(':')
}
