import { writePem } from '../../../wire/x509/pem.ts'
import { ChainJudge } from './chain-judge.ts'
import { certificates, type SelfTestName } from './self-test-certificates.ts'

const host = 'good.test'

interface Case {
  /** Leaf first. */
  readonly chain: readonly SelfTestName[]
  readonly host?: string
  readonly allowsWeak?: boolean
  /** One bit of the leaf's signature is another. */
  readonly damaged?: boolean
  /** The code of the problem and the alert; absent for a chain that must be accepted. */
  readonly fault?: readonly [code: string, alert: number]
}

const cases: readonly Case[] = [
  { chain: ['leaf', 'issuer'] },
  { chain: ['leaf', 'issuer', 'root'] },
  { chain: ['leaf', 'issuer'], host: 'other.test', fault: ['tls/certificate-wrong-host', 42] },
  { chain: ['leaf', 'issuer'], damaged: true, fault: ['tls/certificate-invalid', 51] },
  { chain: ['leaf'], fault: ['tls/certificate-unknown-issuer', 48] },
  { chain: ['leafOfStranger', 'stranger'], fault: ['tls/certificate-untrusted-root', 48] },
  { chain: ['stranger'], fault: ['tls/certificate-self-signed', 48] },
  { chain: ['expired', 'issuer'], fault: ['tls/certificate-expired', 45] },
  { chain: ['future', 'issuer'], fault: ['tls/certificate-not-yet-valid', 42] },
  { chain: ['leafOfLeaf', 'leaf', 'issuer'], fault: ['tls/certificate-invalid', 43] },
  { chain: ['forClients', 'issuer'], fault: ['tls/certificate-invalid', 43] },
  { chain: ['outOfConstraints', 'constrained'], fault: ['tls/certificate-invalid', 46] },
  { chain: ['unknownCritical', 'issuer'], fault: ['tls/certificate-invalid', 46] },
  { chain: ['signedWithSha1', 'issuer'], fault: ['tls/certificate-weak-digest', 42] },
  { chain: ['signedWithSha1', 'issuer'], allowsWeak: true },
]

let answer: Promise<boolean> | undefined

/**
 * Whether this Node and its OpenSSL judge chains as they must: the replay leans on what Node does not promise. Asked
 * once for the process, 15 ms; where it is false the exact client must not be used.
 */
export function isTrustworthy(): Promise<boolean> {
  answer ??= passes(new ChainJudge([writePem([Buffer.from(certificates.root, 'base64')])])).catch(() => false)
  return answer
}

/** Whether `judge`, who trusts the root of these tests alone, judges every one of them right. */
export async function passes(judge: Pick<ChainJudge, 'judge'>): Promise<boolean> {
  for (const { chain, allowsWeak = false, damaged = false, fault, ...asked } of cases) {
    const ders = chain.map(name => Buffer.from(certificates[name], 'base64'))
    if (damaged) ders[0]![ders[0]!.length - 1]! ^= 1
    const found = await judge.judge({ certificates: ders }, { host: asked.host ?? host, allowsWeak })
    if (found?.problem.code !== fault?.[0] || found?.alert !== fault?.[1]) return false
  }
  return true
}
