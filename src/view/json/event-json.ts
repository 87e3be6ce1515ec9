import type { ClientProcess, Connection, ConnectionId, Entrance, Target, Treatment } from '../../model/connection.ts'
import type { ExchangeId } from '../../model/exchange.ts'
import type { Problem } from '../../model/problem.ts'
import type { FlowJson, FlowLegJson } from './flow-json.ts'

/** What happens while a proxy runs, for programs: one a line. event.schema.json describes every member. */
export type EventJson = {
  /** Of this schema: it rises when a member changes its meaning or goes; new members, and new events, may come any time. */
  readonly version: 1
  /** ISO 8601: when it was told. */
  readonly time: string
} & (
  | { readonly event: 'listening'; readonly host: string; readonly port: number; readonly capture: string }
  | { readonly event: 'connection-opened' | 'connection-closed'; readonly connection: ConnectionSummary }
  | { readonly event: 'flow-begun' | 'flow-ended'; readonly flow: FlowJson }
  | {
      readonly event: 'problem'
      readonly connection: ConnectionId
      /** Of one exchange alone. */
      readonly flow?: ExchangeId
      readonly problem: Problem
    }
  | { readonly event: 'trouble'; readonly message: string; readonly stopped: boolean }
  | {
      readonly event: 'ended'
      readonly because: EndReason
      readonly signal?: string
      readonly capture: string
      readonly flows: number
      readonly failed: number
    }
)

/** What ended a run: a signal, or the option of that name. */
export type EndReason = 'signal' | 'for' | 'until' | 'count'

/** An event without what all have. */
export type Told = EventJson extends infer Event
  ? Event extends EventJson
    ? Omit<Event, 'version' | 'time'>
    : never
  : never

export const eventJson = (told: Told, at: number): EventJson =>
  ({ version: 1, time: new Date(at).toISOString(), ...told }) as EventJson

/** What is known of a connection without dissecting it. */
export interface ConnectionSummary {
  readonly id: ConnectionId
  /** ISO 8601 */
  readonly openedAt: string
  readonly within?: ConnectionId
  readonly entrance?: Entrance
  readonly target?: Target
  readonly treatment?: Treatment
  readonly process?: ClientProcess
  readonly serverName?: string
  readonly protocol?: string
  readonly legs: { readonly client: FlowLegJson; readonly upstream?: FlowLegJson }
  /** ms since openedAt */
  readonly closed?: number
}

export function connectionSummary(connection: Connection): ConnectionSummary {
  const { id, openedAt, within, entrance, target, treatment, process, serverName, protocol, closed } = connection
  const { client, upstream } = connection
  return {
    id,
    openedAt: new Date(openedAt).toISOString(),
    ...(within !== undefined && { within }),
    ...(entrance && { entrance }),
    ...(target && { target }),
    ...(treatment && { treatment }),
    ...(process && { process }),
    ...(serverName !== undefined && { serverName }),
    ...(protocol !== undefined && { protocol }),
    legs: { client: agreedJson(client.agreed), ...(upstream && { upstream: agreedJson(upstream.agreed) }) },
    ...(closed && { closed: closed.at - openedAt }),
  }
}

const agreedJson = (agreed: Connection['client']['agreed']): FlowLegJson => ({
  ...(agreed && { version: agreed.version, cipherSuite: agreed.cipherSuite }),
  ...(agreed?.alpn !== undefined && { alpn: agreed.alpn }),
})
