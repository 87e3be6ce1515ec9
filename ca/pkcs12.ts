import { encode, integer, type Node, octets, oid, sequence, set, tagged } from './der.ts'

const data = '1.2.840.113549.1.7.1'
const certificateBag = '1.2.840.113549.1.12.10.1.3'
const x509 = '1.2.840.113549.1.9.22.1'
const trustedKeyUsage = '2.16.840.1.113894.746875.1.1' // Oracle's: without it Java takes no certificate for a root
const anyUsage = '2.5.29.37.0'

/** A trust store as PKCS#12 (RFC 7292) of the certificates in a PEM text: neither encrypted nor sealed, so without a password. */
export function trustStore(pem: string): Buffer {
  const certificates = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z\d+/=]+)-----END CERTIFICATE-----/g)]
  const bags = certificates.map(([, base64]) => bag(Buffer.from(base64!, 'base64')))
  const safe = sequence(content(encode(sequence(...bags))))
  return encode(sequence(integer(Buffer.of(3)), content(encode(safe))))
}

const content = (bytes: Buffer): Node => sequence(oid(data), tagged(0, octets(bytes)))

const bag = (certificate: Buffer): Node =>
  sequence(
    oid(certificateBag),
    tagged(0, sequence(oid(x509), tagged(0, octets(certificate)))),
    set(sequence(oid(trustedKeyUsage), set(oid(anyUsage)))),
  )
