import { bits, encode, integer, type Node, octets, oid, sequence, tag, yes } from './der.ts'

export const oids = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  commonName: '2.5.4.3',
  organizationName: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const

/** keyUsage as [byte, unused bits]. RFC 5280 4.2.1.3: bit 0 is digitalSignature, 2 keyEncipherment, 5 keyCertSign, 6 cRLSign. */
export const keyUsages = {
  sign: [0b1000_0000, 7],
  signAndEncipher: [0b1010_0000, 5],
  certificatesAndLists: [0b0000_0110, 1],
} as const

/** RFC 5280 4.2.1.9, for an authority; `pathLength` is how many others may stand between it and a leaf. */
export const authorityConstraints = (pathLength?: number): Node =>
  extension(
    oids.basicConstraints,
    true,
    pathLength === undefined ? sequence(yes()) : sequence(yes(), integer(Buffer.of(pathLength))),
  )

/** RFC 5280 4.2.1.9, for what is no authority. */
export const leafConstraints = (): Node => extension(oids.basicConstraints, true, sequence())

/** RFC 5280 4.2.1.3. */
export const keyUsage = ([byte, unused]: readonly [number, number]): Node =>
  extension(oids.keyUsage, true, bits(Buffer.of(byte), unused))

/** RFC 5280 4.2.1.12, for a TLS server and nothing else. */
export const serverAuth = (): Node => extension(oids.extKeyUsage, false, sequence(oid(oids.serverAuth)))

/** RFC 5280 4.2.1.2. */
export const subjectKeyIdentifier = (id: Buffer): Node => extension(oids.subjectKeyIdentifier, false, octets(id))

/** RFC 5280 4.2.1.1, by key identifier alone. */
export const authorityKeyIdentifier = (id: Buffer): Node =>
  extension(oids.authorityKeyIdentifier, false, sequence(tag(0, id)))

export function extension(id: string, critical: boolean, value: Node): Node {
  return critical ? sequence(oid(id), yes(), octets(encode(value))) : sequence(oid(id), octets(encode(value)))
}
