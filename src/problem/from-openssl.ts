import type { LegClosed } from '../model/connection.ts'
import type { LegName, Party } from '../model/party.ts'
import type { ProblemCode } from './codes.ts'
import type { Problem } from './problem.ts'

type Said = Omit<Problem, 'blame'> & { readonly blame?: Party }

const trustRemedy =
  'make the client trust the CA (`parley ca path`), or pass this host through if it pins its certificate'

/** What an alert means by the leg that it came in on. The alert's name is RFC 8446 6's. */
const alerts: Readonly<Record<LegName, Readonly<Record<string, Said>>>> = {
  client: {
    UNKNOWN_CA: {
      code: 'tls/client-rejected-leaf',
      message: 'the client does not trust our CA (alert unknown_ca)',
      remedy: trustRemedy,
    },
    BAD_CERTIFICATE: {
      code: 'tls/client-rejected-leaf',
      message: 'the client refused our certificate (alert bad_certificate)',
      remedy: trustRemedy,
    },
    CERTIFICATE_UNKNOWN: {
      code: 'tls/client-rejected-leaf',
      message: 'the client refused our certificate (alert certificate_unknown)',
      remedy: trustRemedy,
    },
    CERTIFICATE_EXPIRED: {
      code: 'tls/client-rejected-leaf',
      message: 'the client holds our certificate for expired; compare both clocks',
      remedy: trustRemedy,
    },
    UNSUPPORTED_CERTIFICATE: {
      code: 'tls/client-rejected-leaf',
      message: 'the client does not support the kind of certificate that we minted',
    },
    DECRYPT_ERROR: {
      code: 'tls/client-rejected-leaf',
      message: 'the client could not verify our signature (alert decrypt_error)',
    },
    BAD_RECORD_MAC: {
      code: 'tls/bad-record',
      message: 'the client could not decrypt a record of ours (alert bad_record_mac)',
    },
    PROTOCOL_VERSION: {
      code: 'tls/no-common-version',
      message: 'the client refused our TLS version (alert protocol_version)',
    },
    HANDSHAKE_FAILURE: {
      code: 'tls/no-common-suite',
      message: 'the client gave up the handshake (alert handshake_failure)',
    },
    INSUFFICIENT_SECURITY: {
      code: 'tls/no-common-suite',
      message: 'the client holds what was agreed for too weak (alert insufficient_security)',
    },
    USER_CANCELED: {
      code: 'tls/client-cancelled',
      message: 'the client cancelled the handshake (alert user_canceled)',
    },
  },
  upstream: {
    HANDSHAKE_FAILURE: {
      code: 'tls/no-common-suite',
      message: 'the server found no suite, group or signature algorithm it accepts (alert handshake_failure)',
      remedy: 'compare the offered lists with what the server supports',
    },
    PROTOCOL_VERSION: {
      code: 'tls/no-common-version',
      message: 'the server refuses every TLS version that was offered (alert protocol_version)',
    },
    UNRECOGNIZED_NAME: {
      code: 'tls/unrecognized-name',
      message: 'the server knows no such name (alert unrecognized_name)',
      remedy: 'check the server name that the client sends',
    },
    NO_APPLICATION_PROTOCOL: {
      code: 'tls/no-common-alpn',
      message: 'the server speaks none of the offered protocols (alert no_application_protocol)',
    },
    CERTIFICATE_REQUIRED: {
      code: 'tls/client-certificate-required',
      blame: 'client',
      message: 'the server wants a client certificate and got none (alert certificate_required)',
      remedy: 'name a certificate with --client-cert, or pass this host through, so that the client can show its own',
    },
    UNKNOWN_CA: {
      code: 'tls/client-certificate-refused',
      message: 'the server refused the client certificate (alert unknown_ca)',
    },
    BAD_CERTIFICATE: {
      code: 'tls/client-certificate-refused',
      message: 'the server refused the client certificate or its absence (alert bad_certificate)',
    },
    ACCESS_DENIED: {
      code: 'tls/client-certificate-refused',
      message: 'the server denied access (alert access_denied)',
    },
    INSUFFICIENT_SECURITY: {
      code: 'tls/no-common-suite',
      message: 'the server holds every offered suite for too weak (alert insufficient_security)',
    },
    ILLEGAL_PARAMETER: {
      code: 'tls/server-rejected-hello',
      message: 'the server found a field of our hello out of order (alert illegal_parameter)',
    },
    DECODE_ERROR: {
      code: 'tls/server-rejected-hello',
      message: 'the server could not read our hello (alert decode_error)',
    },
    BAD_RECORD_MAC: {
      code: 'tls/bad-record',
      message: 'the server could not decrypt a record of ours (alert bad_record_mac)',
    },
    DECRYPT_ERROR: {
      code: 'tls/bad-finished',
      message: 'our Finished does not fit what the server saw of the handshake (alert decrypt_error)',
    },
    INTERNAL_ERROR: { code: 'tls/server-internal-error', message: 'the server failed inside (alert internal_error)' },
  },
}

/** What OpenSSL itself complained about, by its reason. `client` and `upstream` are the leg on which it happened. */
const local: Readonly<Record<string, Readonly<Record<LegName, Said>>>> = {
  NO_SHARED_CIPHER: both('tls/no-common-suite', 'no cipher suite is common to both sides'),
  UNSUPPORTED_PROTOCOL: both('tls/no-common-version', 'no TLS version is common to both sides'),
  VERSION_TOO_LOW: both('tls/no-common-version', 'the other side offers only TLS versions that are too old'),
  WRONG_VERSION_NUMBER: both('tls/not-tls', 'what came is no TLS record'),
  PACKET_LENGTH_TOO_LONG: both('tls/not-tls', 'what came is no TLS record, or one that is too long'),
  BAD_RECORD_TYPE: both('tls/not-tls', 'a record of an unknown type came'),
  HTTP_REQUEST: both('tls/http-on-tls-port', 'plain HTTP came where TLS was expected'),
  NO_SUITABLE_KEY_SHARE: both('tls/no-common-group', 'no key exchange group is common to both sides'),
  NO_SUITABLE_GROUPS: both('tls/no-common-group', 'no key exchange group is common to both sides'),
  NO_SHARED_GROUP: both('tls/no-common-group', 'no key exchange group is common to both sides'),
  NO_SHARED_GROUPS: both('tls/no-common-group', 'no key exchange group is common to both sides'),
  BAD_ECPOINT: both('tls/no-common-group', 'the key share is no point of its curve'),
  NO_SUITABLE_SIGNATURE_ALGORITHM: both(
    'tls/no-common-signature-algorithm',
    'no signature algorithm fits the certificate',
  ),
  NO_SHARED_SIGNATURE_ALGORITHMS: both(
    'tls/no-common-signature-algorithm',
    'no signature algorithm is common to both sides',
  ),
  WRONG_SIGNATURE_TYPE: both(
    'tls/no-common-signature-algorithm',
    'the signature is of an algorithm that was not offered',
  ),
  DH_KEY_TOO_SMALL: both('tls/weak-key', 'the Diffie-Hellman group is too small to be safe'),
  EE_KEY_TOO_SMALL: both('tls/weak-key', 'the key in the certificate is too small to be safe'),
  CA_MD_TOO_WEAK: both('tls/weak-digest', 'the certificate is signed with a digest that is too weak'),
  DIGEST_CHECK_FAILED: both('tls/bad-finished', 'Finished does not fit the handshake: somebody changed it on the way'),
  DECRYPTION_FAILED_OR_BAD_RECORD_MAC: both('tls/bad-record', 'a record could not be decrypted'),
  CIPHER_OPERATION_FAILED: both('tls/bad-record', 'a record could not be decrypted'), // AES-GCM in TLS 1.2
  UNEXPECTED_MESSAGE: both('tls/unexpected-message', 'what came is no message that may come here'),
  UNEXPECTED_EOF_WHILE_READING: both(
    'tls/closed-during-handshake',
    'the other side closed in the middle of the handshake',
  ),
}

function both(code: ProblemCode, message: string): Readonly<Record<LegName, Said>> {
  return {
    client: { code, message: `${message} (client leg)` },
    upstream: { code, message: `${message} (upstream leg)` },
  }
}

const alertPrefixes = ['SSL/TLS_ALERT_', 'TLSV1_ALERT_', 'TLSV13_ALERT_', 'SSLV3_ALERT_', 'TLSV1_']

/** Codes of Node's that only say that the connection went; the socket knows how. */
const gone = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED'])

/**
 * Who failed a TLS handshake, and how, from the code of Node's error and from how the connection closed.
 * `unheard`: it closed before a ClientHello was sent on it.
 */
export function tlsProblem(leg: LegName, error: NodeJS.ErrnoException, closed?: LegClosed, unheard = false): Problem {
  const peer = leg === 'client' ? 'client' : 'server'
  const code = error.code ?? ''
  const reason = code.startsWith('ERR_SSL_') ? code.slice('ERR_SSL_'.length) : code
  const prefix = alertPrefixes.find(p => reason.startsWith(p))
  const alert = prefix === undefined ? undefined : reason.slice(prefix.length)
  const said = (alert !== undefined ? alerts[leg][alert] : undefined) ?? local[reason]?.[leg]
  if (said) return { blame: peer, ...said }
  if (alert !== undefined && prefix !== 'TLSV1_')
    return {
      code: `tls/refused-by-${peer}`,
      blame: peer,
      message: `the ${peer} ended the handshake with alert ${alert.toLowerCase()}`,
    }
  if (code === 'ETIMEDOUT')
    return {
      code: 'tls/handshake-timeout',
      blame: peer,
      message: `the ${peer} did not answer in time during the TLS handshake`,
    }
  if (gone.has(code)) return closedProblem(peer, closed, unheard)
  return {
    code: `tls/${peer}-failed`,
    blame: peer,
    message: `TLS with the ${peer} failed: ${reason.toLowerCase().replaceAll('_', ' ') || error.message}`,
  }
}

/** `peer` ended the TCP connection during the handshake, or before it. */
export function closedProblem(peer: Exclude<Party, 'parley'>, closed?: LegClosed, unheard = false): Problem {
  const word = closed?.how === 'fin' ? 'closed' : 'reset'
  return {
    code: `tls/${word}-by-${peer}`,
    blame: peer,
    message: `the ${peer} ${word} the connection ${unheard ? 'before it got a ClientHello' : 'during the TLS handshake'}`,
  }
}
