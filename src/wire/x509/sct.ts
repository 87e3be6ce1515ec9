import { type ByteReader, hex } from '../reader.ts'

/** A log's promise to publish the certificate. RFC 6962 3.2 */
export interface Sct {
  /** 0 is v1. */
  readonly version: number
  /** SHA-256 of the log's key, in hex. */
  readonly logId: string
  /** ms since the epoch */
  readonly timestamp: number
  /** Such as 'ecdsa with SHA-256'. */
  readonly signatureAlgorithm: string
  readonly signature: Uint8Array
}

const hashes = ['none', 'MD5', 'SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] // RFC 5246 7.4.1.4.1
const signatures = ['anonymous', 'rsa', 'dsa', 'ecdsa']

/** A SignedCertificateTimestampList as in the X.509, OCSP and TLS extensions. RFC 6962 3.3 */
export function readSctList(reader: ByteReader): Sct[] {
  const list = reader.block(reader.u16('list length'), 'signed certificate timestamps')
  const scts = list.list(item => item.block(item.u16('timestamp length'), 'signed certificate timestamp')).map(readSct)
  reader.end()
  return scts
}

function readSct(reader: ByteReader): Sct {
  const version = reader.u8('version', n => `v${n + 1}`)
  const logId = hex(reader.bytes(32, 'log id'))
  const timestamp = reader.group('timestamp', readTimestamp, showTimestamp)
  reader.bytes(reader.u16('extensions length'), 'extensions')
  const hash = reader.u8('hash', n => hashes[n] ?? String(n))
  const algorithm = reader.u8('signature algorithm', n => signatures[n] ?? String(n))
  const signature = reader.bytes(reader.u16('signature length'), 'signature')
  reader.end()
  const signatureAlgorithm = `${signatures[algorithm] ?? algorithm} with ${hashes[hash] ?? hash}`
  return { version, logId, timestamp, signatureAlgorithm, signature }
}

const readTimestamp = (reader: ByteReader): number => reader.u32('high') * 2 ** 32 + reader.u32('low')

const lastDate = 8.64e15 // ECMA-262 21.4.1.1
const showTimestamp = (at: number): string => (at <= lastDate ? new Date(at).toISOString() : `${at} ms`)
