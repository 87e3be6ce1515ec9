import { fail } from './tls-error.ts'

const mostIdle = 32 // records in a row that carry nothing
const mostUpdates = 32 // messages behind the handshake without data between them
const mostWarnings = 4

/** Counts what a server may send without getting anywhere, so that nobody keeps us busy. Throws TlsError. */
export class Patience {
  #idle = 0
  #updates = 0
  #warnings = 0

  /** A record that carries nothing. */
  idle(): void {
    if (++this.#idle > mostIdle) fail('unexpected-message', 'too many records that carry nothing', 'flood')
  }

  /** A ticket, KeyUpdate or CertificateRequest behind the handshake. */
  update(): void {
    if (++this.#updates > mostUpdates) fail('unexpected-message', 'too many messages behind the handshake', 'flood')
  }

  /** A warning, or a HelloRequest that is not followed. */
  warning(): void {
    if (++this.#warnings > mostWarnings) fail('unexpected-message', 'too many warnings', 'flood')
  }

  /** Data came: all is well. */
  data(): void {
    this.#idle = 0
    this.#updates = 0
    this.#warnings = 0
  }

  secured(): void {
    this.#idle = 0
    this.#warnings = 0
  }
}
