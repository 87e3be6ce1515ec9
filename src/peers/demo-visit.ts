import { visitThrough } from './client.ts'
import type { ClientResult, ConnectOptions } from './client-types.ts'
import { type ChatResult, chatThrough } from './client-websocket.ts'
import type { DemoVisit } from './demo-script.ts'
import type { Origin, Origins } from './origins.ts'

/** What came of a visit: one list of results for each connection, or a chat. */
export interface VisitOutcome {
  readonly visit: DemoVisit
  readonly origin: Origin
  readonly connections: readonly (readonly ClientResult[])[]
  readonly chat?: ChatResult
}

/** Makes one visit of the demo. `options` say how to get there: proxy, ca, addresses, timeout, signal. Never throws. */
export async function makeVisit(visit: DemoVisit, origins: Origins, options: ConnectOptions): Promise<VisitOutcome> {
  const origin = origins.named(visit.origin)
  const url = new URL(origin.url)
  const tls = { ...visit.tls, ...(visit.clientCertificate ? origins.clientIdentity : {}) }
  const connect: ConnectOptions = { ...options, tls, ...(visit.alpn ? { alpn: visit.alpn } : {}) }
  if (visit.messages) {
    const chat = await chatThrough({ ...connect, url, messages: visit.messages })
    return { visit, origin, connections: [], chat }
  }
  const { requests, pipelined } = visit
  const first = await visitThrough({ ...connect, url, requests, pipelined })
  const session = first.at(-1)?.session
  if (!visit.resumes || !session) return { visit, origin, connections: [first] }
  const second = await visitThrough({ ...connect, tls: { ...tls, session }, url, requests, pipelined })
  return { visit, origin, connections: [first, second] }
}

/** How a visit ended, in the words of `DemoVisit.ends`. */
export function endOf({ connections, chat }: VisitOutcome): number | string {
  const last = chat ?? connections.at(-1)?.at(-1)
  return last?.error?.stage ?? last?.status ?? 'nothing'
}
