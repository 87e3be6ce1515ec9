import { isTls13 } from '../../registry/versions.ts'

/** Bytes of content in a record: RFC 8446 5.1, RFC 5246 6.2.1. */
export const maxPlaintext = 16_384

/** Bytes that a record may have behind its header: RFC 8446 5.2, RFC 5246 6.2.3. */
export const maxFragment = (version: number): number => maxPlaintext + (isTls13(version) ? 256 : 2048)

/** Records that our side seals under a key of TLS 1.3: RFC 8446 5.5 allows AES-GCM 2^24.5. */
export const recordsPerKey = 2 ** 24
