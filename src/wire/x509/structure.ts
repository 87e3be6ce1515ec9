import { type Field, hex } from '../reader.ts'
import { remembered } from '../remembered.ts'
import { readSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts'
import { context, DerReader, tags } from './der.ts'
import { type DistinguishedName, readName } from './distinguished-name.ts'
import { type Extensions, readExtensions } from './extensions.ts'
import { type KeyFacts, readPublicKey } from './public-key.ts'

/** A certificate as its bytes say it, before anything is computed from it. Times in ms since the epoch. */
export interface Structure {
  /** 1, 2 or 3 */
  readonly version: number
  /** In hex. */
  readonly serial: string
  readonly issuer: DistinguishedName
  readonly notBefore: number
  readonly notAfter: number
  readonly subject: DistinguishedName
  readonly key: KeyFacts
  readonly extensions: Extensions
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  /** Of every part, with its place in the DER. */
  readonly fields: readonly Field[]
}

type ToBeSigned = Omit<Structure, 'signatureAlgorithm' | 'signature' | 'fields'>

/** Certificate. RFC 5280 4.1. Throws MalformedError for anything else. */
export const readStructure = remembered((der: Uint8Array): Structure => {
  const reader = new DerReader(der, 'certificate')
  const structure = reader.sequence('certificate', inner => {
    const toBeSigned = inner.sequence('to be signed', readToBeSigned)
    const signatureAlgorithm = readSignatureAlgorithm(inner, 'signature algorithm')
    const signature = inner.bitString('signature').bytes
    return { ...toBeSigned, signatureAlgorithm, signature }
  })
  reader.finish()
  return { ...structure, fields: reader.fields }
})

function readToBeSigned(reader: DerReader): ToBeSigned {
  const version = reader.optional(context(0), r => r.group(context(0), 'version', readVersion, v => `${v}`)) ?? 1
  const serial = hex(reader.integer('serial number'))
  readSignatureAlgorithm(reader, 'signature algorithm')
  const issuer = readName(reader, 'issuer')
  const validity = reader.sequence('validity', inner => ({
    notBefore: inner.time('not before'),
    notAfter: inner.time('not after'),
  }))
  const subject = readName(reader, 'subject')
  const key = readPublicKey(reader)
  reader.optional(context(1, false), r => r.content(context(1, false), 'issuer unique id'))
  reader.optional(context(2, false), r => r.content(context(2, false), 'subject unique id'))
  const read = (r: DerReader): Extensions =>
    r.group(context(3), 'extensions', readExtensions, all => `${all.list.length}`)
  const extensions = reader.optional(context(3), read) ?? { list: [], values: {} }
  return { version, serial, issuer, ...validity, subject, key, extensions }
}

const readVersion = (reader: DerReader): number => reader.number('number', n => `v${n + 1}`, tags.integer) + 1
