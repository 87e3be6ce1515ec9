import { type TlsError, type TlsErrorCode, UnsupportedError } from '../wire/tls/client/tls-error.ts'
import type { ProblemCode } from './codes.ts'
import type { Before } from './from-alert.ts'
import { closedProblem, problemOfAlert } from './from-openssl.ts'
import { type Problem, problemOf } from './problem.ts'

/** What the words of a server mean that Parley's own TLS client did not take, by the client's code for them. */
const refused: Readonly<Record<Exclude<TlsErrorCode, Elsewhere>, ProblemCode>> = {
  'unexpected-message': 'tls/unexpected-message',
  flood: 'tls/unexpected-message',
  'bad-record-mac': 'tls/bad-record',
  'record-overflow': 'tls/illegal-message',
  'not-tls': 'tls/not-tls',
  'protocol-version': 'tls/no-common-version',
  'too-old': 'tls/no-common-version',
  'handshake-failure': 'tls/illegal-message',
  'illegal-parameter': 'tls/illegal-message',
  'decode-error': 'tls/illegal-message',
  'missing-extension': 'tls/illegal-message',
  'unsupported-extension': 'tls/illegal-message',
  downgrade: 'tls/illegal-message',
  'decrypt-error': 'tls/bad-finished',
  'bad-signature': 'tls/bad-signature',
  'bad-certificate': 'tls/certificate-invalid',
  certificate: 'tls/certificate-invalid',
  'weak-dh': 'tls/weak-key',
  'weak-signature': 'tls/weak-digest',
  'insufficient-security': 'tls/weak-key',
  'internal-error': 'proxy/internal',
}

/** Codes that say more than one problem. */
type Elsewhere = 'alert-received' | 'closed' | 'unsupported'

/** Why Parley's own TLS client ended a session with a server, or the server did by an alert. */
export function tlsClientProblem(error: TlsError, before: Before): Problem {
  if (error instanceof UnsupportedError) return problemOf('tls/not-followed', { detail: error.choice })
  if (error.code === 'alert-received') return problemOfAlert('upstream', error.alert, before)
  if (error.code === 'closed') return closedProblem('server', { at: 0, by: 'server', how: 'fin' })
  const code = refused[error.code as keyof typeof refused]
  return problemOf(code, {
    ...(code === 'proxy/internal' ? {} : { blame: 'server' as const, leg: 'upstream' as const }),
    detail: error.message,
  })
}
