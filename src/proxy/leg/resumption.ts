import { createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import tls, { type SecureContext, type Server } from 'node:tls'
import type { ConnectionId } from '../../model/connection.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import type { Session } from '../../wire/tls/client/tls-client.ts'
import { ticketKeyLine } from '../../wire/tls/key-log.ts'
import { tls13 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { readSessionState, type SessionState } from './session-state.ts'

const nameLength = 16
const ivLength = 16
const macLength = 32
const mostOffered = 8 // tickets in one hello; clients offer one or two
const mostKept = 4096

/** Both legs of one connection, as far as their resumption goes. */
export interface SessionPair {
  readonly connection: ConnectionId
  /** Marks the tickets that this connection's client is given: the first 16 bytes of each. */
  readonly name: Buffer
  /** The newest session that the server gave to Parley; absent until it gives one. */
  upstream?: UpstreamSession
}

/** A session with a server can be resumed only by the TLS client that began it: OpenSSL's is DER. */
export type UpstreamSession =
  | { readonly by: 'openssl'; readonly session: Buffer }
  | { readonly by: 'exact'; readonly session: Session }

interface Kept {
  readonly pair: SessionPair
  /** Empty where nothing is to be resumed. */
  readonly where: string
}

export type TicketCallback = (
  name: Buffer,
  iv: Buffer,
  enc: boolean,
) => readonly [number, Buffer, Buffer, Buffer?, Buffer?]
/** Node's hook for ticket keys, which its types do not show. */
export interface NativeTicketContext {
  onticketkeycallback?: TicketCallback
  enableTicketKeyCallback?(): void
}

/**
 * Which upstream session belongs to which ticket. A ticket that Parley issues bears the name of its connection
 * (RFC 5077 4, key_name), so the next hello that offers it says which upstream session to offer to the server:
 * Parley resumes when that client does, and never with a session of somebody else's.
 */
export class Resumption {
  readonly #kept = new BoundedMap<string, Kept>(mostKept)
  readonly #macKey = randomBytes(16)
  readonly #key = randomBytes(16)
  #current: Buffer | undefined
  readonly #byId = new BoundedMap<string, Kept & { readonly session: Buffer }>(mostKept)
  #server: Server | undefined

  /** Has a server context issue tickets that this finds again. */
  sign(secureContext: SecureContext): void {
    const context = secureContext.context as NativeTicketContext
    if (!context.enableTicketKeyCallback) return
    const renew = 2 // accepted, and the client gets a new ticket that bears the new connection's name
    context.onticketkeycallback = (name, iv, issuing) => {
      if (issuing) return [1, this.#macKey, this.#key, this.#current ?? randomBytes(nameLength), iv]
      return [this.#isOfHere(this.#kept.get(name.toString('latin1'))) ? renew : 0, this.#macKey, this.#key]
    }
    context.enableTicketKeyCallback()
  }

  /** A pair for a new connection. `where` is one text of all that has to be the same for its session to be resumed. */
  open(where: string, connection: ConnectionId): SessionPair {
    const pair: SessionPair = { connection, name: randomBytes(nameLength) }
    this.#kept.set(pair.name.toString('latin1'), { pair, where })
    return pair
  }

  /** The pair whose ticket this hello offers, where one is ours for the same place: the first, as OpenSSL takes it. */
  recall(hello: ClientHello | undefined, where: string): SessionPair | undefined {
    const byId = hello && this.#byId.get(Buffer.from(hello.sessionId).toString('latin1'))
    if (byId?.where === where) return byId.pair
    for (const ticket of [...(hello?.psk?.identities ?? []).slice(0, mostOffered), hello?.sessionTicket]) {
      if (!ticket || ticket.length <= nameLength + macLength) continue
      const kept = this.#kept.get(Buffer.from(ticket.subarray(0, nameLength)).toString('latin1'))
      if (kept?.where === where && this.#isGenuine(ticket)) return kept.pair
    }
    return undefined
  }

  /** Key log lines for the tickets of ours that a hello offers: without them nobody could tell whether its binders are right. */
  ticketKeyLines(hello: ClientHello | undefined): string[] {
    const ours = (hello?.psk?.identities.slice(0, mostOffered) ?? []).filter(
      ticket => ticket.length > nameLength + ivLength + macLength && this.#isGenuine(ticket),
    )
    return ours.flatMap(ticket => {
      const state = this.#stateIn(ticket)
      return state ? [ticketKeyLine(ticket, state.psk)] : []
    })
  }

  /**
   * Has the tickets of the handshake that starts on `tap` bear the pair's name. OpenSSL asks for it while it reads
   * what the tap emits.
   */
  name(tap: Pick<WireTap, 'beforeRead'>, { name }: SessionPair): { readonly secured: () => void } {
    let secured = false
    tap.beforeRead = () => {
      this.#current = name
      if (secured) tap.beforeRead = undefined
    }
    return {
      secured: () => {
        secured = true
      },
    }
  }

  /** What keeps sessions by their id, for a client without tickets (RFC 5246 F.1.4); undefined for all others. */
  keeperFor(hello: ClientHello | undefined): Server | undefined {
    if (!hello || hello.sessionTicket || hello.supportedVersions?.includes(tls13)) return undefined
    this.#server ??= this.#openKeeper()
    return this.#server
  }

  #openKeeper(): Server {
    const server = tls.createServer() // never listens: TLSSocket asks it for sessions
    server.on('newSession', (id, session, done) => {
      const kept = this.#current && this.#kept.get(this.#current.toString('latin1'))
      if (kept) this.#byId.set(id.toString('latin1'), { ...kept, session })
      done()
    })
    server.on('resumeSession', (id, done) => {
      const kept = this.#byId.get(id.toString('latin1'))
      done(null, (this.#isOfHere(kept) ? kept?.session : undefined) as Buffer)
    })
    return server
  }

  /** A session belongs to one place and one client: RFC 6066 3 forbids to resume it under another name. */
  #isOfHere(kept: Kept | undefined): boolean {
    const here = this.#current && this.#kept.get(this.#current.toString('latin1'))?.where
    return kept !== undefined && kept.where !== '' && kept.where === here
  }

  /** RFC 5077 4: name, IV, state, MAC. */
  #stateIn(ticket: Uint8Array): SessionState | undefined {
    const iv = ticket.subarray(nameLength, nameLength + ivLength)
    const decipher = createDecipheriv('aes-128-cbc', this.#key, iv) // what Node's hook has OpenSSL use
    try {
      const sealed = ticket.subarray(nameLength + ivLength, ticket.length - macLength)
      return readSessionState(Buffer.concat([decipher.update(sealed), decipher.final()]))
    } catch {
      return undefined // a state of another kind of OpenSSL; then the binder stays unchecked
    }
  }

  #isGenuine(ticket: Uint8Array): boolean {
    const end = ticket.length - macLength
    const mac = createHmac('sha256', this.#macKey).update(ticket.subarray(0, end)).digest()
    return timingSafeEqual(mac, ticket.subarray(end))
  }
}
