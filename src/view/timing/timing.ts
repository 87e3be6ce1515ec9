import type { Connection } from '../../model/connection.ts'
import type { Exchange } from '../../model/exchange.ts'

export type PhaseName = 'blocked' | 'dns' | 'connect' | 'tls-upstream' | 'tls-client' | 'send' | 'wait' | 'receive'

export const phaseTitles: Readonly<Record<PhaseName, string>> = {
  blocked: 'blocked',
  dns: 'DNS',
  connect: 'TCP connect',
  'tls-upstream': 'TLS with server',
  'tls-client': 'TLS with client',
  send: 'send',
  wait: 'wait',
  receive: 'receive',
}

/** A part of an exchange's time; ms since the epoch. */
export interface Phase {
  readonly name: PhaseName
  readonly from: number
  readonly to: number
}

/** Where an exchange's time went, in ms. What does not apply, or has not happened, is absent. */
export interface Timing {
  readonly startedAt: number
  /** Its last known moment. */
  readonly endedAt: number
  /** In order of time. */
  readonly phases: readonly Phase[]
  /** Waiting for anything else than what follows: the client's own words, the proxy's work. */
  readonly blocked?: number
  readonly dns?: number
  readonly connect?: number
  readonly tlsUpstream?: number
  /** From when the server's handshake was done: the client's waits for it. */
  readonly tlsClient?: number
  readonly send?: number
  readonly wait?: number
  readonly receive?: number
  readonly total: number
}

export interface TimingOptions {
  /** Whether it is the first exchange on its connection, which the opening of the connection is charged to. */
  readonly first: boolean
  /** For an exchange that still runs: how far its last phase goes; ms since the epoch. */
  readonly now?: number
}

/** The timing of one exchange. Clocks that run backwards give phases of no length, never negative ones. */
export function flowTiming(exchange: Exchange, connection: Connection | undefined, options: TimingOptions): Timing {
  const opening = options.first && connection ? openingPhases(exchange, connection) : []
  const phases = [...opening, ...messagePhases(exchange, options.now)]
  const startedAt = phases[0]?.from ?? exchange.request.headAt
  const endedAt = phases.reduce((latest, { to }) => Math.max(latest, to), startedAt)
  const spent = (name: PhaseName): number | undefined => {
    const found = phases.filter(phase => phase.name === name)
    return found.length === 0 ? undefined : found.reduce((sum, { from, to }) => sum + to - from, 0)
  }
  const parts = {
    blocked: spent('blocked'),
    dns: spent('dns'),
    connect: spent('connect'),
    tlsUpstream: spent('tls-upstream'),
    tlsClient: spent('tls-client'),
    send: spent('send'),
    wait: spent('wait'),
    receive: spent('receive'),
  }
  const known = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
  return { startedAt, endedAt, phases, ...known, total: endedAt - startedAt }
}

/** What happened before the request's head, with what lies between as 'blocked'. */
function openingPhases({ request }: Exchange, { openedAt, client, upstream }: Connection): Phase[] {
  const lookup = upstream?.lookup
  const wayStands = upstream?.tunnelledAt ?? upstream?.connectedAt // through another proxy it takes longer
  const clientTlsFrom =
    client.secureAt === undefined ? undefined : (upstream?.secureAt ?? client.connectedAt ?? openedAt)
  const happened = [
    lookup && !lookup.literal && phase('dns', lookup.startedAt, lookup.endedAt),
    phase('connect', upstream?.dialledAt, wayStands),
    phase('tls-upstream', wayStands, upstream?.secureAt),
    phase('tls-client', clientTlsFrom, client.secureAt),
  ].filter(each => each !== undefined && each !== false)
  const phases: Phase[] = []
  let at = openedAt
  for (const { name, from, to } of happened) {
    const start = Math.max(at, from)
    if (start > request.headAt) break
    if (start > at) phases.push({ name: 'blocked', from: at, to: start })
    at = Math.min(request.headAt, Math.max(start, to))
    phases.push({ name, from: start, to: at })
  }
  if (request.headAt > at) phases.push({ name: 'blocked', from: at, to: request.headAt })
  return phases
}

const phase = (name: PhaseName, from: number | undefined, to: number | undefined): Phase | undefined =>
  from === undefined || to === undefined ? undefined : { name, from, to: Math.max(from, to) }

/** A response that begins before the request has ended leaves nothing to wait for. */
function messagePhases({ request, response, aborted }: Exchange, now: number | undefined): Phase[] {
  const start = request.headAt
  const over = aborted?.at ?? now
  const latest = response?.headAt ?? over ?? request.endedAt ?? start
  const sent = Math.max(start, Math.min(request.endedAt ?? latest, latest))
  const phases: Phase[] = [{ name: 'send', from: start, to: sent }]
  const answered = response?.headAt ?? over
  if (answered === undefined) return phases
  if (request.endedAt !== undefined || response) phases.push({ name: 'wait', from: sent, to: Math.max(sent, answered) })
  const received = response?.endedAt ?? over
  if (response && received !== undefined)
    phases.push({
      name: 'receive',
      from: Math.max(sent, response.headAt),
      to: Math.max(sent, response.headAt, received),
    })
  return phases
}
