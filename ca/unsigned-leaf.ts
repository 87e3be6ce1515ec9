import { randomSerial, type Validity } from './certificate.ts'
import { encode, oid, yes } from './der.ts'
import { integer, octets, sequence, set, tag, tagged, time, utf8 } from './der-parts.ts'
import { keyUsage, keyUsages, leafConstraints, oids, serverAuth } from './extensions.ts'
import type { HostName } from './host-name.ts'
import type { Issuer } from './issuer.ts'
import type { LeafKey } from './leaf-keys.ts'
import type { Likeness } from './likeness.ts'
import { type Constraints, permitsAddress, permitsName } from './name-constraints.ts'

// what every leaf has
const v3 = tagged(0, integer(Buffer.of(2)))
const [commonNameId, altNamesId] = [encode(oid(oids.commonName)), encode(oid(oids.subjectAltName))]
const critical = encode(yes())
const common = { ec: constantExtensions('ec'), rsa: constantExtensions('rsa') }

/** The TBSCertificate of a leaf (RFC 5280 4.1.2), in DER: what `issuer` is to sign. */
export function unsignedLeaf(
  issuer: Issuer,
  key: LeafKey,
  host: HostName,
  like: Likeness | undefined,
  { notBefore, notAfter }: Validity,
): Buffer {
  const { constraints } = issuer
  const commonName = like ? like.commonName : host.text
  // RFC 5280 appendix A.1: a common name has up to 64 characters, and some stacks stop one short of it
  const named =
    commonName !== undefined && commonName !== '' && [...commonName].length < 64 && mayStand(commonName, constraints)
  const altNames = octets(sequence(...generalNames(host, like, constraints)))
  return sequence(
    v3,
    integer(randomSerial()),
    issuer.algorithm,
    issuer.name,
    sequence(time(notBefore), time(notAfter)),
    named ? sequence(set(sequence(commonNameId, utf8(commonName)))) : sequence(),
    key.publicKey,
    tagged(
      3,
      sequence(
        common[key.type],
        named ? sequence(altNamesId, altNames) : sequence(altNamesId, critical, altNames), // RFC 5280 4.2.1.6
        issuer.authorityKeyIdentifier,
      ),
    ),
  )
}

/** Those of the host, and those of the server's certificate that the root may speak for (RFC 5280 4.2.1.6). */
function generalNames(host: HostName, like: Likeness | undefined, constraints: Constraints | undefined): Buffer[] {
  const { dnsNames = [], addresses = [] } = like ?? {}
  const dns = [...host.dnsNames, ...dnsNames.filter(name => !constraints || permitsName(constraints, name))]
  const ips = [...host.addresses, ...addresses.filter(bytes => !constraints || permitsAddress(constraints, bytes))]
  return [
    ...unique(dns, name => name.toLowerCase()).map(name => tag(2, Buffer.from(name, 'latin1'))),
    ...unique(ips, bytes => bytes.toString('hex')).map(bytes => tag(7, bytes)),
  ]
}

/** Where no DNS name stands beside it, clients hold a common name that looks like one to the constraints, an address too. */
const mayStand = (commonName: string, constraints: Constraints | undefined): boolean =>
  !constraints || !/^[\w*-]+(\.[\w-]+)*\.?$/.test(commonName) || permitsName(constraints, commonName)

function constantExtensions(type: LeafKey['type']): Buffer {
  // with an RSA key, TLS 1.2 may encrypt the premaster secret to the certificate (RFC 5246 7.4.2)
  const usage = type === 'rsa' ? keyUsages.signAndEncipher : keyUsages.sign
  return Buffer.concat([leafConstraints(), keyUsage(usage), serverAuth()].map(encode))
}

/** The first of each identity, in order. */
function unique<T>(items: readonly T[], identity: (item: T) => string): T[] {
  const seen = new Set<string>()
  const isNew = (name: string) => !seen.has(name) && seen.add(name)
  return items.filter(item => isNew(identity(item)))
}
