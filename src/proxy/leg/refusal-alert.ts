import { createCipheriv } from 'node:crypto'
import { trafficKeys } from '../../wire/tls/keys.ts'
import { recordAlgorithm } from '../../wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../wire/tls/registry/cipher-suite-facts.ts'
import { tls13 } from '../../wire/tls/registry/versions.ts'

const fatal = 2
const alertRecord = 21
const badCertificate = 42
const unknownCa = 48
const certificateUnknown = 46

/** RFC 8446 6.2, by the words of OpenSSL and Node for what is wrong, as OpenSSL itself would answer. */
const byCode: Readonly<Record<string, number>> = {
  CERT_HAS_EXPIRED: 45,
  CERT_REVOKED: 44,
  CERT_SIGNATURE_FAILURE: 51,
  INVALID_PURPOSE: 43,
  CERT_NOT_YET_VALID: badCertificate,
  CERT_REJECTED: badCertificate,
  CERT_UNTRUSTED: badCertificate,
  HOSTNAME_MISMATCH: badCertificate,
  ERR_TLS_CERT_ALTNAME_INVALID: badCertificate,
  CERT_CHAIN_TOO_LONG: unknownCa,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownCa,
  INVALID_CA: unknownCa,
  PATH_LENGTH_EXCEEDED: unknownCa,
  SELF_SIGNED_CERT_IN_CHAIN: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCa,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCa,
}

/** By the code of the problem, where Parley itself found it. */
const byProblem: Readonly<Record<string, number>> = {
  'tls/certificate-revoked': 44,
  'tls/certificate-weak-key': badCertificate,
  'tls/certificate-weak-digest': badCertificate,
}

/** The alert that refuses a certificate. */
export const alertFor = (problem: string, code = ''): number =>
  byProblem[problem] ?? (Object.hasOwn(byCode, code) ? byCode[code]! : certificateUnknown)

/** The record of a fatal alert before anything is encrypted. */
export const clearAlert = (description: number): Buffer => Buffer.from([alertRecord, 3, 3, 0, 2, fatal, description])

const changeCipherSpec = Buffer.from([20, 3, 3, 0, 1, 1]) // RFC 8446 D.4: middleboxes want one, servers drop it

/**
 * The first record of TLS 1.3 that a client encrypts, in place of its Finished. `secret` is the
 * client_handshake_traffic_secret. Undefined for a suite that is not known.
 */
export function sealedAlert(description: number, cipherSuite: number, secret: Uint8Array): Buffer | undefined {
  const facts = cipherSuiteFacts(cipherSuite)
  if (!facts) return undefined
  const algorithm = recordAlgorithm(facts, tls13)
  const { key, iv } = trafficKeys('client_handshake_traffic_secret', secret, algorithm).keys
  const inner = Buffer.from([fatal, description, alertRecord])
  const header = Buffer.from([23, 3, 3, 0, inner.length + algorithm.tagLength])
  // The cipher is one of three families with the same calls; the types of node:crypto want each by its own name.
  const cipher = createCipheriv(algorithm.cipher as 'aes-128-ccm', key, iv, { authTagLength: algorithm.tagLength })
  cipher.setAAD(header, { plaintextLength: inner.length })
  const sealed = Buffer.concat([cipher.update(inner), cipher.final()])
  return Buffer.concat([changeCipherSpec, header, sealed, cipher.getAuthTag()])
}
