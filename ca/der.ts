import { createRequire } from 'node:module'
import type forge from 'node-forge'

/** Only what ASN.1 needs of forge's forty files, which take 35 ms to load. */
const asn1: typeof forge.asn1 = createRequire(import.meta.url)('node-forge/lib/asn1.js')
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class

/** One ASN.1 value as forge holds it; its bytes are a binary string. */
export type Node = forge.asn1.Asn1

export const sequence = (...items: Node[]): Node => asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, items)
export const set = (...items: Node[]): Node => asn1.create(UNIVERSAL, asn1.Type.SET, true, items)
export const integer = (bytes: Buffer): Node => primitive(asn1.Type.INTEGER, bytes.toString('latin1'))
export const octets = (bytes: Buffer): Node => primitive(asn1.Type.OCTETSTRING, bytes.toString('latin1'))
export const utf8 = (text: string): Node => primitive(asn1.Type.UTF8, Buffer.from(text).toString('latin1'))
export const bmp = (text: string): Node => primitive(asn1.Type.BMPSTRING, text)
export const oid = (dotted: string): Node => primitive(asn1.Type.OID, asn1.oidToDer(dotted).getBytes())
export const yes = (): Node => primitive(asn1.Type.BOOLEAN, '\xff')
export const nothing = (): Node => primitive(asn1.Type.NULL, '')

/** A BIT STRING; `unused` is the number of padding bits in the last byte. */
export const bits = (bytes: Buffer, unused = 0): Node =>
  primitive(asn1.Type.BITSTRING, String.fromCharCode(unused) + bytes.toString('latin1'))

/** `[number] EXPLICIT`, around one value. */
export const tagged = (number: number, inner: Node): Node => asn1.create(CONTEXT_SPECIFIC, number, true, [inner])

/** `[number] IMPLICIT`, a primitive. */
export const tag = (number: number, bytes: Buffer): Node =>
  asn1.create(CONTEXT_SPECIFIC, number, false, bytes.toString('latin1'))

/** `[number] IMPLICIT SEQUENCE`. */
export const tagList = (number: number, ...items: Node[]): Node => asn1.create(CONTEXT_SPECIFIC, number, true, items)

/** A Time, ms since the epoch, cut to seconds. RFC 5280 4.1.2.5: UTCTime up to 2049, GeneralizedTime after. */
export function time(at: number): Node {
  const date = new Date(at)
  return date.getUTCFullYear() < 2050
    ? primitive(asn1.Type.UTCTIME, asn1.dateToUtcTime(date))
    : primitive(asn1.Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date))
}

export const encode = (node: Node): Buffer => Buffer.from(asn1.toDer(node).getBytes(), 'latin1')

/** Throws forge's Error on bytes that are not exactly one DER value. BIT STRINGs stay as they are, never looked into. */
export function decode(der: Buffer): Node {
  const options = { strict: true, parseAllBytes: true, decodeBitStrings: false }
  return asn1.fromDer(der.toString('latin1'), options as unknown as boolean) // the types know the older signature only
}

/** The items of a constructed value; none of a primitive one. */
export const itemsOf = (node: Node | undefined): readonly Node[] => (Array.isArray(node?.value) ? node.value : [])

/** The content bytes of a primitive value; empty for a constructed one. */
export const bytesOf = (node: Node | undefined): Buffer =>
  Buffer.from(typeof node?.value === 'string' ? node.value : '', 'latin1')

/** The dotted form of an OBJECT IDENTIFIER; undefined for anything else. */
export function oidOf(node: Node | undefined): string | undefined {
  if (node?.tagClass !== UNIVERSAL || node.type !== asn1.Type.OID || typeof node.value !== 'string') return undefined
  return asn1.derToOid(node.value)
}

/** The number of a context-specific tag; undefined for a universal one. */
export const tagOf = (node: Node): number | undefined => (node.tagClass === CONTEXT_SPECIFIC ? node.type : undefined)

/** A Time in ms since the epoch; NaN for anything else. */
export function timeOf(node: Node | undefined): number {
  if (typeof node?.value !== 'string') return Number.NaN
  if (node.type === asn1.Type.UTCTIME) return asn1.utcTimeToDate(node.value).getTime()
  return node.type === asn1.Type.GENERALIZEDTIME ? asn1.generalizedTimeToDate(node.value).getTime() : Number.NaN
}

/** The text of a directory string, whichever of its string types was used. */
export function textOf(node: Node | undefined): string | undefined {
  if (node === undefined || typeof node.value !== 'string') return undefined
  if (node.type === asn1.Type.UTF8) return bytesOf(node).toString('utf8')
  return node.value // forge has decoded a BMPString already; the other alphabets are one byte a character
}

function primitive(type: forge.asn1.Type, value: string): Node {
  return asn1.create(UNIVERSAL, type, false, value)
}
