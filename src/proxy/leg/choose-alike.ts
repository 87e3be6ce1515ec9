import type { SecureContext } from 'node:tls'
import type { MirrorGap } from '../../model/connection.ts'
import { cipherSuiteFacts } from '../../wire/tls/registry/cipher-suite-facts.ts'
import { cipherSuites } from '../../wire/tls/registry/cipher-suites.ts'
import { groups } from '../../wire/tls/registry/groups.ts'
import { signatureSchemes } from '../../wire/tls/registry/signature-schemes.ts'
import { tls12, tls13 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { LeafKeyType } from '../ports.ts'
import type { Choice } from './choice.ts'

interface NativeContext {
  setMinProto(version: number): void
  setMaxProto(version: number): void
  setCiphers(list: string): void
  setCipherSuites(list: string): void
  setECDHCurve(list: string): void
  setSigalgs(list: string): void
}

/** Has a server's context choose this and nothing else. Returns what it cannot, which it then chooses by itself. */
export function chooseAlike({ context }: SecureContext, choice: Choice, keyType: LeafKeyType = 'ec'): MirrorGap[] {
  const native = context as NativeContext
  const gaps: MirrorGap[] = []
  const attempt = (kind: string, id: number, set: () => void, cannot?: string): void => {
    try {
      if (cannot === undefined) return set()
      gaps.push({ kind, id, reason: cannot })
    } catch {
      gaps.push({ kind, id, reason: 'OpenSSL does not have it' })
    }
  }
  const { version, cipherSuite, group, signatureAlgorithm } = choice
  attempt('version', version, () => {
    native.setMinProto(version)
    native.setMaxProto(version)
  })
  const suite = cipherSuites[cipherSuite] ?? ''
  const setSuite = () =>
    version === tls13 ? native.setCipherSuites(suite) : native.setCiphers(`${suite}${level(choice)}`)
  attempt('cipherSuite', cipherSuite, setSuite, lackOfKey(cipherSuite, keyType))
  if (group !== undefined) attempt('group', group, () => native.setECDHCurve(groups[group] ?? ''))
  if (signatureAlgorithm !== undefined) {
    const cannot = canSign(signatureAlgorithm, keyType, version) ? undefined : `${ownKey[keyType]} cannot sign so`
    const set = () => native.setSigalgs(signatureSchemes[signatureAlgorithm] ?? '')
    attempt('signatureAlgorithm', signatureAlgorithm, set, cannot)
  }
  return gaps
}

const ownKey: Readonly<Record<LeafKeyType, string>> = { ec: 'Parley’s P-256 key', rsa: 'Parley’s RSA key' }

function lackOfKey(suite: number, keyType: LeafKeyType): string | undefined {
  const auth = cipherSuiteFacts(suite)?.auth
  if (auth === 'any' || auth === (keyType === 'rsa' ? 'rsa' : 'ecdsa')) return undefined
  return `it does not go with ${ownKey[keyType]}`
}

const sha1 = new Set([0x0201, 0x0203])
const weakCiphers = /^(aes-\d+-ccm-8|3des-cbc|rc4-128)$/

/** OpenSSL signs with SHA-1, and takes what is weaker than 112 bits, on security level 0 alone. */
const level = ({ version, cipherSuite, signatureAlgorithm = 0 }: Choice): string =>
  version < tls12 || sha1.has(signatureAlgorithm) || weakCiphers.test(cipherSuiteFacts(cipherSuite)?.cipher ?? '')
    ? ':@SECLEVEL=0'
    : ''

const byRsa = [0x0804, 0x0805, 0x0806]
const byRsaBelow13 = [0x0201, 0x0401, 0x0501, 0x0601, ...byRsa]
const byEcBelow13 = [0x0203, 0x0403, 0x0503, 0x0603]

/** From TLS 1.3 on an algorithm names its curve (RFC 8446 4.2.3). */
function canSign(algorithm: number, keyType: LeafKeyType, version: number): boolean {
  if (keyType === 'rsa') return (version === tls13 ? byRsa : byRsaBelow13).includes(algorithm)
  return (version === tls13 ? [0x0403] : byEcBelow13).includes(algorithm)
}

/** What of a server's choice the client itself offers: all, but where Parley's hello is not the client's. */
export function offeredOf(choice: Choice, hello: ClientHello): Choice | undefined {
  const { version, cipherSuite, group, signatureAlgorithm } = choice
  const versions = hello.supportedVersions ?? [hello.legacyVersion]
  const reaches = hello.supportedVersions ? versions.includes(version) : version <= hello.legacyVersion
  if (!reaches || !hello.cipherSuites.includes(cipherSuite)) return undefined
  const takes = (list: readonly number[] | undefined, value: number | undefined) =>
    value !== undefined && (!list || list.includes(value))
  return {
    version,
    cipherSuite,
    ...(takes(hello.supportedGroups, group) && { group: group! }),
    ...(takes(hello.signatureAlgorithms, signatureAlgorithm) && { signatureAlgorithm: signatureAlgorithm! }),
  }
}

/** Whether a client takes no signature, or no suite, that security level 2 allows. */
export function takesWeakOnly({ signatureAlgorithms, supportedVersions, cipherSuites: suites }: ClientHello): boolean {
  if (supportedVersions?.includes(tls13)) return false
  const signed = signatureAlgorithms?.some(algorithm => !sha1.has(algorithm)) ?? false
  return !signed || suites.every(suite => weakCiphers.test(cipherSuiteFacts(suite)?.cipher ?? 'null'))
}
