import { tls13 } from '../registry/versions.ts'
import { alerts, fail, TlsError } from './tls-error.ts'

const userCanceled = 90
const warning = 1
const fatal = 2

/**
 * What an alert of the server means: RFC 8446 6, RFC 5246 7.2. Throws TlsError for one that ends the connection by an
 * error, and for one that is none. `version` is the negotiated one, 0 before.
 */
export function readServerAlert(content: Uint8Array, version: number): 'closed' | 'warning' {
  if (content.length !== 2) fail('decode-error', 'an alert of another length than two bytes')
  const [level, description = 0] = content
  if (level !== warning && level !== fatal) fail('illegal-parameter', `an alert of level ${level}`)
  if (description === alerts['close-notify']) return 'closed'
  const harmless = version === tls13 ? description === userCanceled : level === warning
  if (harmless) return 'warning'
  throw new TlsError(description, `the server sent alert ${description}`, 'alert-received')
}
