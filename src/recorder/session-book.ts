import type { ConnectionId } from '../model/connection.ts'
import { BoundedMap } from '../wire/bounded-map.ts'
import { hex } from '../wire/reader.ts'
import type { Handshake } from '../wire/tls/handshake.ts'

const most = 10_000 // sessions that are remembered

/** Sessions that were offered on recorded connections, by ticket or session ID: who resumes later is found here. */
export class SessionBook {
  readonly #origins = new BoundedMap<string, ConnectionId>(most)

  /** The earlier connection whose session this handshake resumed. */
  originOf({ clientHello: hello, negotiated }: Handshake): ConnectionId | undefined {
    if (!hello || negotiated.resumption === 'none') return undefined
    const offered = [...(hello.psk?.identities ?? []), hello.sessionTicket, hello.sessionId]
    for (const key of offered) {
      const origin = key && key.length > 0 ? this.#origins.get(hex(key)) : undefined
      if (origin !== undefined) return origin
    }
    return undefined
  }

  /** Notes what the server of this handshake offers to resume. */
  add(id: ConnectionId, { messages, serverHello }: Handshake): void {
    for (const { value } of messages)
      if (value.name === 'new_session_ticket') this.#origins.set(hex(value.ticket.ticket), id)
    const sessionId = serverHello?.selectedVersion === undefined ? serverHello?.sessionId : undefined
    if (sessionId && sessionId.length > 0 && !this.#origins.has(hex(sessionId))) this.#origins.set(hex(sessionId), id)
  }
}
