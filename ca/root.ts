import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { promisify } from 'node:util'
import { AuthorityError, shellWord } from './authority-error.ts'
import { issueCertificate, keyIdentifierOf, nameOf, pemOf, publicKeyNode } from './certificate.ts'
import { readCertificateParts, readExtensions, readKeyIdentifier, readPathLength } from './certificate-parts.ts'
import type { Node } from './der.ts'
import { authorityConstraints, keyUsage, keyUsages, oids, subjectKeyIdentifier } from './extensions.ts'
import { loadRootFiles, publishRootFiles, type RootFiles, rootPaths, startAgain, sweepLeftovers } from './key-store.ts'
import { type Constraints, nameConstraints, readConstraints, readNameConstraints } from './name-constraints.ts'

/** A root that has been read and found in order. */
export interface Root {
  readonly certificate: X509Certificate
  readonly pem: string
  readonly privateKey: KeyObject
  /** As the certificate has it, byte for byte: clients compare it with a leaf's issuer. */
  readonly subject: Node
  /** Absent where the root has no subjectKeyIdentifier. */
  readonly keyIdentifier?: Buffer
  /** Absent where the root may speak for every host. */
  readonly constraints?: Constraints
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

/** What a new root is to be. */
export interface RootWish {
  /** The hosts that it may speak for, with all below them; every host where absent. */
  readonly only?: readonly string[]
  /** From now; ten years where absent. */
  readonly days?: number
}

/** A new root: RSA-2048, from yesterday, its key made in the thread pool. Throws AuthorityError `ca/host`. */
export async function makeRoot(now: number, { only, days }: RootWish = {}): Promise<RootFiles> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 })
  const name = nameOf([oids.organizationName, 'Parley'], [oids.commonName, commonNameOf(now)])
  const tenYears = new Date(now).setUTCFullYear(new Date(now).getUTCFullYear() + 10) - day
  const key = publicKeyNode(publicKey)
  const statement = {
    issuer: name,
    subject: name,
    validity: { notBefore: now - day, notAfter: days === undefined ? tenYears : now + days * day },
    publicKey: key,
    extensions: [
      authorityConstraints(),
      keyUsage(keyUsages.certificatesAndLists),
      ...(only ? [nameConstraints(readConstraints(only))] : []),
      subjectKeyIdentifier(keyIdentifierOf(key)),
    ],
  }
  return {
    certificate: pemOf(await issueCertificate(statement, privateKey)),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** The root's certificate anew, in PEM: key, name and extensions stay, so that who trusts the old one takes what this signs. */
export async function renewCertificate({ certificate, privateKey, subject }: Root, now: number): Promise<string> {
  const span = certificate.validToDate.getTime() - certificate.validFromDate.getTime()
  const statement = {
    issuer: subject,
    subject,
    validity: { notBefore: now - day, notAfter: now - day + span },
    publicKey: publicKeyNode(certificate.publicKey),
    extensions: readExtensions(certificate.raw),
  }
  return pemOf(await issueCertificate(statement, privateKey))
}

/** Reads a root and checks that it can sign. Throws AuthorityError `ca/corrupt`, `ca/mismatch` or `ca/expired`. */
export function readRoot(folder: string, files: RootFiles, now: number): Root {
  const paths = rootPaths(folder)
  const refuse = (code: 'ca/corrupt' | 'ca/mismatch', message: string, cause?: unknown) =>
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
    const message = `${paths.certificate} has expired on ${notAfter.toISOString()}`
    const remedy = `run "parley ca renew --ca-dir ${shellWord(folder)}", and have clients trust it anew`
    throw new AuthorityError('ca/expired', message, remedy)
  }
  const keyIdentifier = parts.extensions.get(oids.subjectKeyIdentifier)
  const constraints = parts.extensions.get(oids.basicConstraints)
  const hosts = parts.extensions.get(oids.nameConstraints)
  return {
    certificate,
    pem: pemOf(certificate.raw),
    privateKey,
    subject: parts.subject,
    delegates: !constraints || readPathLength(constraints) !== 0,
    notAfter,
    ...(hosts ? { constraints: readNameConstraints(hosts) } : {}),
    ...(keyIdentifier ? { keyIdentifier: readKeyIdentifier(keyIdentifier) } : {}),
  }
}

/** Tells this root from others in a trust store, those of the same day too; a common name has up to 64 characters. */
function commonNameOf(now: number): string {
  const mark = `${new Date(now).toISOString().slice(0, 10)} ${randomBytes(2).toString('hex')}`
  const room = 64 - `Parley CA (, ${mark})`.length
  return `Parley CA (${[...`${userName()}@${hostname()}`].slice(0, room).join('')}, ${mark})`
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'user' // the user id has no entry in the password file, as in containers
  }
}
