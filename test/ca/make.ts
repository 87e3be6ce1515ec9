import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { issueCertificate, nameOf, publicKeyNode } from '../../ca/certificate.ts'
import { encode, type Node, octets, oid, sequence, tag, yes } from '../../ca/der.ts'
import { oids } from '../../ca/extensions.ts'
import { makeRoot, type Root, readRoot } from '../../ca/root.ts'

export const day = 86_400_000
export const now = Date.now()

/** A folder that goes away with the test. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-ca-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function rootFor(at = now): Promise<Root> {
  return readRoot('/nowhere', await makeRoot(at), at)
}

/** RFC 5280 4.2.1.6 by forge, with which leaves are compared. */
export function subjectAltName(dnsNames: readonly string[], addresses: readonly Buffer[], critical = false): Node {
  const names = [...dnsNames.map(name => tag(2, Buffer.from(name, 'latin1'))), ...addresses.map(bytes => tag(7, bytes))]
  const value = octets(encode(sequence(...names)))
  return critical ? sequence(oid(oids.subjectAltName), yes(), value) : sequence(oid(oids.subjectAltName), value)
}

const signer = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const publicKeys: Record<string, KeyObject> = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey,
  ec: generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey,
  ed25519: generateKeyPairSync('ed25519').publicKey,
}

/** A certificate as a server could have it; times in ms since the epoch. */
export function realCertificate(
  how: {
    key?: 'rsa' | 'ec' | 'ed25519'
    commonName?: string
    dnsNames?: string[]
    addresses?: Buffer[]
    notBefore?: number
    notAfter?: number
  } = {},
): Promise<Buffer> {
  const name = how.commonName === undefined ? nameOf() : nameOf([oids.commonName, how.commonName])
  const names = how.dnsNames || how.addresses ? [subjectAltName(how.dnsNames ?? [], how.addresses ?? [])] : []
  const validity = { notBefore: how.notBefore ?? now - 30 * day, notAfter: how.notAfter ?? now + 60 * day }
  const publicKey = publicKeyNode(publicKeys[how.key ?? 'ec']!)
  const issuer = nameOf([oids.commonName, 'A real CA'])
  return issueCertificate({ issuer, subject: name, validity, publicKey, extensions: names }, signer)
}
