import { generateKeyPair, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { ecdsaWithSha256, issueCertificate, keyIdentifierOf, nameOf, pemOf, publicKeyNode } from './certificate.ts'
import { encode } from './der.ts'
import {
  authorityConstraints,
  authorityKeyIdentifier,
  keyUsage,
  keyUsages,
  oids,
  serverAuth,
  subjectKeyIdentifier,
} from './extensions.ts'
import type { Issuer } from './issuer.ts'
import type { Root } from './root.ts'

const day = 86_400_000
const generate = promisify(generateKeyPair)

/**
 * An authority under the root whose P-256 key lives as long as this process and is never written: 0.03 ms a signature,
 * less than the way to the thread pool and back. `now` in ms since the epoch.
 */
export async function makeIntermediate(root: Root, now: number): Promise<Issuer> {
  const { privateKey, publicKey } = await generate('ec', { namedCurve: 'P-256' })
  const key = publicKeyNode(publicKey)
  const keyIdentifier = keyIdentifierOf(key)
  // a name for each run: some clients keep intermediates, and would try the key of another run
  const commonName = `Parley run ${randomBytes(4).toString('hex')}`
  const subject = nameOf([oids.organizationName, 'Parley'], [oids.commonName, commonName])
  const statement = {
    issuer: root.subject,
    subject,
    validity: { notBefore: now - day, notAfter: root.notAfter.getTime() },
    publicKey: key,
    extensions: [
      authorityConstraints(0), // none but leaves below it
      keyUsage(keyUsages.certificatesAndLists),
      serverAuth(),
      subjectKeyIdentifier(keyIdentifier),
      ...(root.keyIdentifier ? [authorityKeyIdentifier(root.keyIdentifier)] : []),
    ],
  }
  const der = await issueCertificate(statement, root.privateKey)
  return {
    type: 'ec',
    name: encode(subject),
    authorityKeyIdentifier: encode(authorityKeyIdentifier(keyIdentifier)),
    algorithm: encode(ecdsaWithSha256),
    sign: bytes => sign('sha256', bytes, privateKey),
    chain: pemOf(der) + root.pem,
    notAfter: root.notAfter,
    ...(root.constraints ? { constraints: root.constraints } : {}),
  }
}
