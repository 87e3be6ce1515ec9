import { context, type DerReader, tags } from './der.ts'
import { digests, nameOfOid, showOid, signatureAlgorithms } from './names.ts'

export interface SignatureAlgorithm {
  readonly oid: string
  /** Such as 'sha256WithRSAEncryption', 'ecdsa-with-SHA384', 'RSASSA-PSS', 'Ed25519'; an unknown one in dotted decimal. */
  readonly name: string
  /** Such as 'SHA-256'; absent where the scheme has its own. */
  readonly hash?: string
}

const pss = '1.2.840.113549.1.1.10'

/** The AlgorithmIdentifier of a signature. RFC 5280 4.1.1.2; RSASSA-PSS parameters: RFC 4055 3.1 */
export function readSignatureAlgorithm(reader: DerReader, label: string): SignatureAlgorithm {
  const read = (inner: DerReader): SignatureAlgorithm => {
    const oid = inner.oid('algorithm', showOid)
    const known = Object.hasOwn(signatureAlgorithms, oid) ? signatureAlgorithms[oid]! : { name: oid }
    if (oid === pss) return { oid, ...known, hash: inner.next === undefined ? 'SHA-1' : readPssParameters(inner) }
    readParameters(inner)
    return { oid, ...known }
  }
  return reader.sequence(label, read, showAlgorithm)
}

export const showAlgorithm = ({ name, hash }: SignatureAlgorithm): string =>
  hash && name === 'RSASSA-PSS' ? `${name} with ${hash}` : name

/** An AlgorithmIdentifier of which only the name counts, such as a digest. */
export function readAlgorithm(reader: DerReader, label: string): string {
  const read = (inner: DerReader): string => {
    const oid = inner.oid('algorithm', showOid)
    readParameters(inner)
    return nameOfOid(digests, oid)
  }
  return reader.sequence(label, read, name => name)
}

export function readParameters(inner: DerReader): void {
  if (inner.next === tags.null) inner.content(tags.null, 'parameters', () => 'NULL')
  else if (inner.next !== undefined) inner.any('parameters')
}

function readPssParameters(reader: DerReader): string {
  return reader.sequence('parameters', inner => {
    const hash = inner.optional(context(0), r => r.group(context(0), 'hash', g => readAlgorithm(g, 'hash algorithm')))
    inner.optional(context(1), r => r.group(context(1), 'mask generation', readMaskGeneration))
    inner.optional(context(2), r => r.group(context(2), 'salt', salt => salt.number('salt length', n => `${n} bytes`)))
    inner.optional(context(3), r => r.group(context(3), 'trailer', trailer => trailer.number('trailer field')))
    return hash ?? 'SHA-1'
  })
}

const readMaskGeneration = (reader: DerReader): string =>
  reader.sequence('mask generation algorithm', inner => {
    inner.oid('algorithm', showOid)
    return readAlgorithm(inner, 'hash algorithm')
  })
