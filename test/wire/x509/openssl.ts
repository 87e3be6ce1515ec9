import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPem } from './read-pem.ts'

/** Why tests that need certificates are skipped; undefined where openssl runs. */
export const noOpenssl: string | false = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return false
  } catch {
    return 'the openssl program is not installed'
  }
})()

const folder = mkdtempSync(join(tmpdir(), 'parley-x509-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

export const pathOf = (file: string): string => join(folder, file)

export function openssl(...args: string[]): string {
  return execFileSync('openssl', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 30_000,
  })
}

export interface Issued {
  readonly name: string
  readonly der: Uint8Array
}

export interface Request {
  readonly key: readonly string[]
  readonly subject: string
  readonly extensions?: string
  /** Absent for a certificate that signs itself. */
  readonly issuer?: Issued
  /** YYYYMMDDHHMMSSZ */
  readonly from?: string
  readonly to?: string
  /** 'sha256' unless told; 'default' for keys that choose it themselves. */
  readonly digest?: string
}

export const keys = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  rsa1024: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  pss: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  ed25519: ['-algorithm', 'ED25519'],
} as const

let count = 0x0a01

/** One certificate by `openssl ca`, which alone sets both dates. Its files are NAME.key, NAME.pem. */
export function issue({ key, subject, extensions = '', issuer, from, to, digest = 'sha256' }: Request): Issued {
  const serial = (count++).toString(16).padStart(4, '0')
  const name = `c${serial}`
  const store = pathOf(`${name}.ca`)
  mkdirSync(store)
  writeFileSync(join(store, 'index.txt'), '')
  writeFileSync(join(store, 'index.txt.attr'), 'unique_subject = no\n')
  writeFileSync(join(store, 'serial'), `${serial}\n`)
  writeFileSync(pathOf(`${name}.cnf`), config(store, extensions))
  openssl('genpkey', ...key, '-out', `${name}.key`)
  const request = ['-key', `${name}.key`, '-subj', subject, '-utf8', '-out', `${name}.csr`, '-config', `${name}.cnf`]
  openssl('req', '-new', ...request)
  const by = issuer
    ? ['-cert', `${issuer.name}.pem`, '-keyfile', `${issuer.name}.key`]
    : ['-selfsign', '-keyfile', `${name}.key`]
  const dates = ['-startdate', from ?? '20250101000000Z', '-enddate', to ?? '20350101000000Z']
  const output = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-notext', '-md', digest, '-extensions', 'v3']
  openssl('ca', '-batch', '-config', `${name}.cnf`, ...by, ...dates, ...output)
  return { name, der: readPem(readFileSync(pathOf(`${name}.pem`), 'utf8'))[0]! }
}

const config = (store: string, extensions: string): string => `
[ca]
default_ca = it
[it]
database = ${store}/index.txt
serial = ${store}/serial
new_certs_dir = ${store}
policy = any
email_in_dn = no
preserve = yes
[any]
countryName = optional
organizationName = optional
commonName = optional
[req]
distinguished_name = dn
[dn]
[v3]
${extensions}
`

export const caExtensions = `basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
`

export const leafExtensions = (san: string): string => `basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = ${san}
authorityKeyIdentifier = keyid
`

/** When every certificate with the usual dates is valid. */
export const today = Date.UTC(2026, 5, 1)

const once = new Map<string, Issued>()
/** A certificate that several tests share, made when first asked for. */
export function shared(name: string, make: () => Issued): Issued {
  const known = once.get(name) ?? make()
  once.set(name, known)
  return known
}

export const root = (): Issued =>
  shared('root', () => issue({ key: keys.p256, subject: '/C=GB/O=Test/CN=Test Root', extensions: caExtensions }))

export const intermediate = (): Issued =>
  shared('intermediate', () =>
    issue({
      key: keys.p256,
      subject: '/C=GB/O=Test/CN=Test Intermediate',
      issuer: root(),
      extensions: caExtensions.replace('CA:TRUE', 'CA:TRUE, pathlen:0'),
    }),
  )

export const leaf = (): Issued =>
  shared('leaf', () =>
    issue({
      key: keys.p256,
      subject: '/C=GB/O=Test/CN=www.example.com',
      issuer: intermediate(),
      extensions: leafExtensions('DNS:www.example.com, DNS:*.example.org, IP:127.0.0.1, IP:2001:db8::1'),
    }),
  )

/** One of every extension that openssl can write. */
export const everything = (): Issued =>
  shared('everything', () =>
    issue({
      key: keys.rsa,
      subject: '/C=GB/O=Ümlaut, Ltd/CN=all.example.com',
      issuer: root(),
      extensions: `basicConstraints = critical, CA:TRUE, pathlen:3
keyUsage = critical, digitalSignature, keyEncipherment, keyCertSign
extendedKeyUsage = serverAuth, clientAuth, 1.2.3.4
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid, issuer:always
subjectAltName = DNS:all.example.com, DNS:*.all.example.com, IP:192.0.2.7, IP:2001:db8::7, email:a@example.com, URI:https://example.com/x, RID:1.2.3.4, dirName:dir, otherName:1.2.3.4;UTF8:other
issuerAltName = DNS:issuer.example.com
authorityInfoAccess = OCSP;URI:http://ocsp.example.com/, caIssuers;URI:http://ca.example.com/ca.cer
subjectInfoAccess = caRepository;URI:http://repo.example.com/
crlDistributionPoints = URI:http://crl.example.com/a.crl, URI:http://crl.example.com/b.crl
freshestCRL = URI:http://crl.example.com/delta.crl
certificatePolicies = 2.23.140.1.2.2, 1.2.3.4.5.6, @notice
policyConstraints = requireExplicitPolicy:2, inhibitPolicyMapping:1
inhibitAnyPolicy = 4
policyMappings = 1.2.3.4:1.2.3.5
nameConstraints = permitted;DNS:example.com, excluded;DNS:bad.example.com, permitted;IP:192.0.2.0/255.255.255.0
tlsfeature = status_request
nsCertType = server
nsComment = "a comment"
1.2.3.4.5.6.7 = critical, DER:0403010203
2.5.29.16 = DER:300480020500
1.3.6.1.4.1.311.21.1 = DER:020102
1.3.6.1.4.1.11129.2.4.2 = DER:${sctExtension}
[notice]
policyIdentifier = 1.3.6.1.4.1.44947.1.1.1
CPS.1 = https://cps.example.com/
userNotice.1 = @text
[text]
explicitText = "read this"
[dir]
C = GB
O = Directory
`,
    }),
  )

export const sctLogId = 'ab'.repeat(32)
/** RFC 6962 3.3: one v1 timestamp of 2024-01-01, ecdsa with SHA-256, signature 01020304. */
const sctExtension = (() => {
  const one = `00${sctLogId}${Date.UTC(2024, 0, 1).toString(16).padStart(16, '0')}00000403000401020304`
  const item = `${(one.length / 2).toString(16).padStart(4, '0')}${one}`
  const list = `${(item.length / 2).toString(16).padStart(4, '0')}${item}`
  return `04${(list.length / 2).toString(16).padStart(2, '0')}${list}`
})()
