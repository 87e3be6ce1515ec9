import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LeafSpec, makeTestAuthority, type TestAuthority } from '../../../src/peers/certificates.ts'
import { type Owner, temporaryFolder } from './processes.ts'

/** Paths of PEM files. */
export interface Files {
  readonly cert: string
  readonly key: string
}

/** A test authority with its files. */
export interface Identities {
  readonly folder: string
  readonly authority: TestAuthority
  readonly caPath: string
  leaf(name: string, spec: LeafSpec): Files
}

export async function makeIdentities(owner: Owner): Promise<Identities> {
  const folder = temporaryFolder(owner)
  const authority = await makeTestAuthority()
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return {
    folder,
    authority,
    caPath: write('ca.pem', authority.caPem),
    leaf(name, spec) {
      const { cert, key } = authority.issue(spec)
      return { cert: write(`${name}.pem`, cert), key: write(`${name}.key.pem`, key) }
    },
  }
}

/** Certificates of the kinds that Parley's own authority does not make: test/fixtures/tls-identities. */
export function fixture(name: 'rsa' | 'ecdsa' | 'ed25519' | 'ed448' | 'rsa-pss' | 'chain'): Files {
  const path = (file: string): string =>
    fileURLToPath(new URL(`../../fixtures/tls-identities/${file}`, import.meta.url))
  return { cert: path(`${name}.pem`), key: path(`${name}.key.pem`) }
}

/** A self-signed DSA certificate, for the suites that nobody uses any more. */
export function dsaIdentity(folder: string): Files {
  const [parameters, key, cert] = ['dsa.params', 'dsa.key.pem', 'dsa.pem'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { stdio: 'ignore', timeout: 30_000 })
  openssl('genpkey', '-genparam', '-algorithm', 'DSA', '-pkeyopt', 'dsa_paramgen_bits:1024', '-out', parameters)
  openssl('genpkey', '-paramfile', parameters, '-out', key)
  openssl('req', '-x509', '-new', '-key', key, '-subj', '/CN=dsa.example', '-days', '30', '-out', cert)
  return { cert, key }
}
