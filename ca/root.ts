import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { promisify } from 'node:util'
import { AuthorityError } from './authority-error.ts'
import { issueCertificate, keyIdentifierOf, nameOf, pemOf, publicKeyNode } from './certificate.ts'
import { readCertificateParts, readKeyIdentifier, readPathLength } from './certificate-parts.ts'
import type { Node } from './der.ts'
import { authorityConstraints, keyUsage, keyUsages, oids, subjectKeyIdentifier } from './extensions.ts'
import { loadRootFiles, publishRootFiles, type RootFiles, rootPaths, startAgain, sweepLeftovers } from './key-store.ts'

/** A root that has been read and found in order. */
export interface Root {
  readonly certificate: X509Certificate
  readonly pem: string
  readonly privateKey: KeyObject
  /** As the certificate has it, byte for byte: clients compare it with a leaf's issuer. */
  readonly subject: Node
  /** Absent where the root has no subjectKeyIdentifier. */
  readonly keyIdentifier?: Buffer
  /** Whether an intermediate may stand below it: a root that was brought from elsewhere may forbid it. */
  readonly delegates: boolean
  readonly notAfter: Date
}

const day = 86_400_000
const generate = promisify(generateKeyPair)

/** Opens the root under `folder`, or makes it. `now` in ms since the epoch. Throws AuthorityError. */
export async function openRoot(folder: string, now: number): Promise<Root> {
  await sweepLeftovers(folder, now)
  const files = (await loadRootFiles(folder)) ?? (await publishRootFiles(folder, await makeRoot(now)))
  return readRoot(folder, files, now)
}

/** A new root: RSA-2048, ten years from yesterday, its key made in the thread pool. */
export async function makeRoot(now: number): Promise<RootFiles> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 })
  const name = nameOf([oids.organizationName, 'Parley'], [oids.commonName, commonNameOf(now)])
  const notAfter = new Date(now)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + 10)
  const key = publicKeyNode(publicKey)
  const statement = {
    issuer: name,
    subject: name,
    validity: { notBefore: now - day, notAfter: notAfter.getTime() - day },
    publicKey: key,
    extensions: [
      authorityConstraints(),
      keyUsage(keyUsages.certificatesAndLists),
      subjectKeyIdentifier(keyIdentifierOf(key)),
    ],
  }
  return {
    certificate: pemOf(await issueCertificate(statement, privateKey)),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** Reads a root and checks that it can sign. Throws AuthorityError `ca/corrupt`, `ca/mismatch` or `ca/expired`. */
export function readRoot(folder: string, files: RootFiles, now: number): Root {
  const paths = rootPaths(folder)
  const refuse = (code: 'ca/corrupt' | 'ca/mismatch' | 'ca/expired', message: string, cause?: unknown) =>
    new AuthorityError(code, message, startAgain(folder), cause)
  const read = <T>(path: string, what: string, parse: () => T): T => {
    try {
      return parse()
    } catch (error) {
      throw refuse('ca/corrupt', `${path} is not ${what}`, error)
    }
  }
  const certificate = read(paths.certificate, 'a certificate in PEM', () => new X509Certificate(files.certificate))
  const parts = read(paths.certificate, 'a certificate in PEM', () => readCertificateParts(certificate.raw))
  const privateKey = read(paths.privateKey, 'a private key in PEM', () => createPrivateKey(files.privateKey))
  const publicKey = read(paths.publicKey, 'a public key in PEM', () => createPublicKey(files.publicKey))
  if (privateKey.asymmetricKeyType !== 'rsa') throw refuse('ca/corrupt', `${paths.privateKey} is not an RSA key`)
  if (!certificate.checkPrivateKey(privateKey)) {
    throw refuse('ca/mismatch', `${paths.privateKey} is not the key of ${paths.certificate}`)
  }
  if (!createPublicKey(privateKey).equals(publicKey)) {
    throw refuse('ca/mismatch', `${paths.publicKey} is not the public part of ${paths.privateKey}`)
  }
  if (!certificate.ca) throw refuse('ca/corrupt', `${paths.certificate} is no certificate authority's`)
  const notAfter = certificate.validToDate
  if (notAfter.getTime() <= now) {
    throw refuse('ca/expired', `${paths.certificate} has expired on ${notAfter.toISOString()}`)
  }
  const keyIdentifier = parts.extensions.get(oids.subjectKeyIdentifier)
  const constraints = parts.extensions.get(oids.basicConstraints)
  return {
    certificate,
    pem: pemOf(certificate.raw),
    privateKey,
    subject: parts.subject,
    delegates: !constraints || readPathLength(constraints) !== 0,
    notAfter,
    ...(keyIdentifier ? { keyIdentifier: readKeyIdentifier(keyIdentifier) } : {}),
  }
}

/** Tells this machine's root from others in a trust store; a common name has up to 64 characters. */
function commonNameOf(now: number): string {
  const today = new Date(now).toISOString().slice(0, 10)
  const room = 64 - `Parley CA (, ${today})`.length
  return `Parley CA (${[...`${userName()}@${hostname()}`].slice(0, room).join('')}, ${today})`
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'user' // the user id has no entry in the password file, as in containers
  }
}
