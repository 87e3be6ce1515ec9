import { createHash, createHmac, randomBytes } from 'node:crypto'
import { bmp, encode, integer, type Node, nothing, octets, oid, sequence, set, tagged } from './der.ts'

const data = '1.2.840.113549.1.7.1'
const certificateBag = '1.2.840.113549.1.12.10.1.3'
const x509 = '1.2.840.113549.1.9.22.1'
const friendlyName = '1.2.840.113549.1.9.20'
const trustedKeyUsage = '2.16.840.1.113894.746875.1.1' // Oracle's: without it Java takes no certificate for a root
const anyUsage = '2.5.29.37.0'
const sha256 = '2.16.840.1.101.3.4.2.1'
const rounds = 2048

/** A trust store as PKCS#12 (RFC 7292) of the certificates in a PEM text: neither encrypted nor sealed, so without a password. */
export function trustStore(pem: string): Buffer {
  const certificates = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z\d+/=]+)-----END CERTIFICATE-----/g)]
  return encode(store(safeOf(certificates.map(([, base64]) => bag(Buffer.from(base64!, 'base64'))))))
}

/** The same of one certificate with its name, sealed with an empty password: some programs open no other. */
export function sealedTrustStore(certificate: Buffer, name: string): Buffer {
  const safe = safeOf([bag(certificate, sequence(oid(friendlyName), set(bmp(name))))])
  return encode(store(safe, seal(safe)))
}

const safeOf = (bags: readonly Node[]): Buffer => encode(sequence(content(encode(sequence(...bags)))))

const store = (safe: Buffer, ...mac: readonly Node[]): Node => sequence(integer(Buffer.of(3)), content(safe), ...mac)

const content = (bytes: Buffer): Node => sequence(oid(data), tagged(0, octets(bytes)))

const bag = (certificate: Buffer, ...attributes: readonly Node[]): Node =>
  sequence(
    oid(certificateBag),
    tagged(0, sequence(oid(x509), tagged(0, octets(certificate)))),
    set(...attributes, sequence(oid(trustedKeyUsage), set(oid(anyUsage)))),
  )

function seal(safe: Buffer): Node {
  const salt = randomBytes(16)
  const mac = createHmac('sha256', sealKey(salt)).update(safe).digest()
  const digest = sequence(sequence(oid(sha256), nothing()), octets(mac))
  return sequence(digest, octets(salt), integer(Buffer.of(rounds >> 8, rounds & 0xff)))
}

/** RFC 7292 B.2 for SHA-256, whose 32 bytes are all that is needed: no second block. An empty password is two zero bytes. */
function sealKey(salt: Buffer): Buffer {
  const block = 64
  const purpose = Buffer.alloc(block, 3) // a MAC
  let hash = Buffer.concat([purpose, Buffer.alloc(block, salt), Buffer.alloc(block)])
  for (let round = 0; round < rounds; round++) hash = createHash('sha256').update(hash).digest()
  return hash
}
