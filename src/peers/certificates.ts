import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { certificatePem } from './certificate.ts'

/** A certificate with what its server sends after it, and its private key, both PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

export interface LeafSpec {
  readonly host: string
  readonly keyType?: 'ec' | 'rsa'
  readonly use?: 'server' | 'client'
  readonly issuer?: 'root' | 'intermediate' | 'self'
  /** False leaves the intermediate out of `cert`, as a misconfigured server does. */
  readonly complete?: boolean
  /** In days from now; negative is the past. */
  readonly validFrom?: number
  readonly validUntil?: number
}

export interface TestAuthority {
  /** The throwaway root that clients of the origins have to trust. */
  readonly caPem: string
  readonly intermediatePem: string
  /** How long making the keys took, in ms. */
  readonly tookMs: number
  issue(spec: LeafSpec): Identity
}

const generate = promisify(generateKeyPair)
const day = 86_400_000
const domainValidated = '2.23.140.1.2.1' // what public authorities say, whose intermediates the others are like
const from = (days: number) => new Date(Date.now() + days * day)
const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' })

/** Makes a root, an intermediate and two leaf keys that live only in memory. Every leaf of one key type shares its key. */
export async function makeTestAuthority(): Promise<TestAuthority> {
  const startedAt = performance.now()
  const ec = () => generate('ec', { namedCurve: 'P-256' })
  const rsa = () => generate('rsa', { modulusLength: 2048 })
  const pairs = await Promise.all([rsa(), ec(), ec(), ec()])
  const [rsaKey, ecKey, rootKey, middleKey] = pairs.map(pair => pair.privateKey)
  const root = { subject: 'Parley demo root', key: rootKey! }
  const middle = { subject: 'Parley demo intermediate', key: middleKey! }
  const dates = { notBefore: from(-2), notAfter: from(30) }
  const caPem = certificatePem({ ...root, ...dates, issuer: root, use: 'authority' })
  const intermediatePem = certificatePem({ ...middle, ...dates, issuer: root, use: 'authority' })
  const keyPems = { ec: pemOf(ecKey!), rsa: pemOf(rsaKey!) }

  function issue(spec: LeafSpec): Identity {
    const { host, keyType = 'ec', use = 'server', issuer = 'root', complete = true } = spec
    const subject = { subject: host, key: keyType === 'rsa' ? rsaKey! : ecKey! }
    const leaf = certificatePem({
      ...subject,
      issuer: { root, intermediate: middle, self: subject }[issuer],
      notBefore: from(spec.validFrom ?? -1),
      notAfter: from(spec.validUntil ?? 20),
      use,
      names: use === 'server' ? [host] : [],
      ...(issuer === 'intermediate' && { policy: domainValidated }),
    })
    return { cert: issuer === 'intermediate' && complete ? leaf + intermediatePem : leaf, key: keyPems[keyType] }
  }
  return { caPem, intermediatePem, tookMs: performance.now() - startedAt, issue }
}
