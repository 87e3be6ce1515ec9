import { type Names, shower } from './names.ts'

/** The small registries, whose numbers are one byte unless said otherwise. */
export const compressionMethods: Names = { 0: 'null', 1: 'DEFLATE', 64: 'LZS' }
export const ecPointFormats: Names = {
  0: 'uncompressed',
  1: 'ansiX962_compressed_prime',
  2: 'ansiX962_compressed_char2',
}
export const ecCurveTypes: Names = { 1: 'explicit_prime', 2: 'explicit_char2', 3: 'named_curve' }
/** Two bytes. */
export const certificateCompressions: Names = { 1: 'zlib', 2: 'brotli', 3: 'zstd' }
export const certificateStatusTypes: Names = { 0: 'reserved', 1: 'ocsp', 2: 'ocsp_multi' }
export const keyUpdateRequests: Names = { 0: 'update_not_requested', 1: 'update_requested' }
export const serverNameTypes: Names = { 0: 'host_name' }
export const heartbeatModes: Names = { 1: 'peer_allowed_to_send', 2: 'peer_not_allowed_to_send' }
export const certificateTypes: Names = { 0: 'X509', 1: 'OpenPGP', 2: 'RawPublicKey', 3: '1609Dot2' }
export const tokenBindingParameters: Names = { 0: 'rsa2048_pkcs1.5', 1: 'rsa2048_pss', 2: 'ecdsap256' }
export const trustedAuthorityTypes: Names = { 0: 'pre_agreed', 1: 'key_sha1_hash', 2: 'x509_name', 3: 'cert_sha1_hash' }
export const cachedInformationTypes: Names = { 1: 'cert', 2: 'cert_req' }

/** RFC 8701 3.1 sets aside its own GREASE values for this one-byte registry. */
const pskGrease = [0x0b, 0x2a, 0x49, 0x68, 0x87, 0xa6, 0xc5, 0xe4]
export const pskModes: Names = {
  ...Object.fromEntries(pskGrease.map(value => [value, 'GREASE'])),
  0: 'psk_ke',
  1: 'psk_dhe_ke',
}

export const clientCertificateTypes: Names = {
  1: 'rsa_sign',
  2: 'dss_sign',
  3: 'rsa_fixed_dh',
  4: 'dss_fixed_dh',
  5: 'rsa_ephemeral_dh',
  6: 'dss_ephemeral_dh',
  20: 'fortezza_dms',
  21: 'gost_sign01',
  22: 'gost_sign256',
  23: 'gost_sign512',
  64: 'ecdsa_sign',
  65: 'rsa_fixed_ecdh',
  66: 'ecdsa_fixed_ecdh',
  67: 'gost_sign256',
  68: 'gost_sign512',
}

/** RFC 6066 4: code to bytes of plaintext. */
export const maxFragmentLengths: Names = { 1: '512 bytes', 2: '1024 bytes', 3: '2048 bytes', 4: '4096 bytes' }

/** Two bytes: DTLS-SRTP protection profiles. */
export const srtpProfiles: Names = {
  1: 'SRTP_AES128_CM_HMAC_SHA1_80',
  2: 'SRTP_AES128_CM_HMAC_SHA1_32',
  5: 'SRTP_NULL_HMAC_SHA1_80',
  6: 'SRTP_NULL_HMAC_SHA1_32',
  7: 'SRTP_AEAD_AES_128_GCM',
  8: 'SRTP_AEAD_AES_256_GCM',
}

export const showByte = (names: Names) => shower(names, 2)
