import { createHash } from 'node:crypto'

const hash = (name: string, ...parts: readonly Uint8Array[]): Buffer => {
  const running = createHash(name)
  for (const part of parts) running.update(part)
  return running.digest()
}

/** RFC 6101 5.2.3.1: 48 bytes for MD5, 40 for SHA-1. */
const pad = (name: string, byte: number): Buffer => Buffer.alloc(name === 'md5' ? 48 : 40, byte)

/** SSL 3.0's way to stretch a secret with MD5 and SHA-1 (RFC 6101 6.1, 6.2.2). `length` in bytes. */
export function ssl3Expand(secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 16) }, (_, i) =>
    hash('md5', secret, hash('sha1', Buffer.alloc(i + 1, 0x41 + i), secret, seed)),
  )
  return Buffer.concat(blocks).subarray(0, length)
}

/** The MAC of a record (RFC 6101 5.2.3.1), HMAC's predecessor. `header` is sequence number, type and length. */
export const ssl3Mac = (name: string, secret: Uint8Array, header: Uint8Array, content: Uint8Array): Uint8Array =>
  hash(name, secret, pad(name, 0x5c), hash(name, secret, pad(name, 0x36), header, content))

/**
 * MD5 and SHA-1 over the handshake messages and the master secret, one behind the other: of CertificateVerify
 * (RFC 6101 5.6.8), and with `sender` (`CLNT` or `SRVR`) of Finished (5.6.9).
 */
export const ssl3HandshakeHash = (
  messages: readonly Uint8Array[],
  master: Uint8Array,
  sender: 'CLNT' | 'SRVR' | '' = '',
): { readonly md5: Uint8Array; readonly sha1: Uint8Array } => {
  const of = (name: string): Uint8Array =>
    hash(name, master, pad(name, 0x5c), hash(name, ...messages, Buffer.from(sender), master, pad(name, 0x36)))
  return { md5: of('md5'), sha1: of('sha1') }
}
