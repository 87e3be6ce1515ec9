import type { Direction } from '../direction.ts'
import { isTls13 } from './registry/versions.ts'
import type { ClientHello, MessageValue, ServerHello } from './values.ts'

/** How far the handshake has come: what the messages so far have settled. */
export class Progress {
  /** The first, and after a HelloRetryRequest or for a renegotiation the later ones. */
  readonly clientHellos: ClientHello[] = []
  retry: ServerHello | undefined
  serverHello: ServerHello | undefined
  version: number | undefined
  /** TLS 1.0 to 1.2: ServerHelloDone was seen, so this is a full handshake. */
  serverDone = false
  resumed = false
  renegotiations = 0
  readonly finished: Record<Direction, boolean> = { 'to-server': false, 'to-client': false }
  /** At least one handshake came to its end. */
  established = false
  #awaitsServerHello = false

  get clientHello(): ClientHello | undefined {
    return this.clientHellos.at(-1)
  }
  get tls13(): boolean {
    return isTls13(this.version)
  }
  /** Both Finished of the handshake that is under way were seen. */
  get over(): boolean {
    return this.finished['to-server'] && this.finished['to-client']
  }

  /** Who speaks next, as far as the protocol says. */
  turn(): Direction {
    if (!this.clientHello) return 'to-server'
    if (this.#awaitsServerHello) return 'to-client'
    const waitsForServer = this.tls13 || !this.serverDone
    if (waitsForServer) return this.finished['to-client'] || this.retryUnanswered ? 'to-server' : 'to-client'
    return this.finished['to-server'] && !this.finished['to-client'] ? 'to-client' : 'to-server'
  }

  /**
   * Whether the messages that a Finished or CertificateVerify of this direction covers can all have been seen
   * (RFC 8446 4.4.1, RFC 5246 7.4.9): the other direction may be cut, begin late, or be missing.
   */
  coversAll(direction: Direction): boolean {
    if (!this.clientHello || !this.serverHello || this.retryUnanswered) return false
    if (this.tls13) return direction === 'to-client' || this.finished['to-client']
    if (direction === 'to-server') return this.serverDone || this.finished['to-client']
    return !this.serverDone || this.finished['to-server']
  }

  /** A HelloRetryRequest was sent, and the second ClientHello has not come. */
  get retryUnanswered(): boolean {
    return this.retry !== undefined && this.clientHellos.length === 1
  }

  /** TLS 1.0 to 1.2: a ClientHello while a connection is up starts over (RFC 5246 7.4.1). */
  startsOver(value: MessageValue): boolean {
    return value.name === 'client_hello' && this.serverHello !== undefined && !this.tls13
  }

  startOver(): void {
    this.renegotiations++
    this.serverHello = undefined
    this.serverDone = false
    this.resumed = false
    this.finished['to-server'] = false
    this.finished['to-client'] = false
  }

  see(value: MessageValue, direction: Direction): void {
    switch (value.name) {
      case 'client_hello':
        this.clientHellos.push(value.hello)
        this.#awaitsServerHello = true
        return
      case 'hello_retry_request':
        this.retry = value.hello
        this.version = value.hello.selectedVersion ?? value.hello.legacyVersion
        this.#awaitsServerHello = false
        return
      case 'server_hello':
        this.serverHello = value.hello
        this.version = value.hello.selectedVersion ?? value.hello.legacyVersion
        this.#awaitsServerHello = false
        return
      case 'server_hello_done':
        this.serverDone = true
        return
      case 'change_cipher_spec':
        // A client that changes first may have seen a ServerHelloDone that we have not.
        if (direction === 'to-client' && this.serverHello && !this.tls13 && !this.serverDone) this.resumed = true
        return
      case 'finished':
        this.finish(direction)
        return
    }
  }

  finish(direction: Direction): void {
    this.finished[direction] = true
    if (this.over) this.established = true
  }
}
