import { type ComparisonRow, compareLegs, type LegPair, type Verdict } from '../../compare/compare.ts'
import { gapsOf } from '../../compare/mirror-gaps.ts'
import type { ClientProcess, ConnectionId, Entrance, Target, Treatment } from '../../model/connection.ts'
import type { FrameEntry } from '../../model/frame-entry.ts'
import type { Problem } from '../../model/problem.ts'
import { explainFailure } from '../../problem/explain.ts'
import { hex } from '../../wire/reader.ts'
import { frameFields } from '../frames/frames.ts'
import { hostOf } from '../handshake/server-chain.ts'
import type { FrameLog } from '../text/frame-lines.ts'
import { type ExchangeJson, type ExchangeWithContent, exchangeJson } from './exchange-json.ts'
import { type LegJson, legJson } from './leg-json.ts'
import { type DirectionJson, directionJson, type FieldJson, fieldJson } from './message-json.ts'

/** A connection for programs. connection-json.md describes every member. */
export interface ConnectionJson {
  /** Of this schema: it rises when a member changes its meaning or goes; new members may come any time. */
  readonly version: 1
  readonly id: number
  /** ISO 8601. All `time`s below are ms since then. */
  readonly openedAt: string
  readonly within?: ConnectionId
  readonly entrance?: Entrance
  readonly target?: Target
  /** The exchange that Parley asked for again. */
  readonly origin?: number
  readonly treatment?: Treatment
  /** Seen from outside: the leg called `client` is the whole way from client to server. */
  readonly sniffed?: true
  readonly process?: ClientProcess
  readonly serverName?: string
  readonly protocol?: string
  readonly legs: { readonly client: LegJson; readonly upstream?: LegJson }
  readonly comparison: readonly ComparisonRow[]
  readonly verdict: Verdict
  readonly problems: readonly Problem[]
  /** What was wrong with the server's certificate and allowed by --insecure. */
  readonly tolerated?: Problem
  /** The first ones. */
  readonly exchanges: readonly ExchangeJson[]
  /** Of the connection, or of those that were asked for; there may be more than `exchanges` has. */
  readonly exchangeCount: number
  /** Of HTTP/2: the first ones, and how many there are. */
  readonly frames?: readonly FrameJson[]
  readonly frameCount?: number
  /** Why `trace` got no whole response. */
  readonly reason?: string
  /** ms since openedAt */
  readonly closed?: number
}

const members: Readonly<Record<keyof ConnectionJson, true>> = {
  ...{
    version: true,
    id: true,
    openedAt: true,
    within: true,
    entrance: true,
    target: true,
    origin: true,
    treatment: true,
    sniffed: true,
  },
  ...{ process: true, serverName: true, protocol: true, legs: true, comparison: true, verdict: true, problems: true },
  ...{ tolerated: true, exchanges: true, exchangeCount: true, frames: true, frameCount: true, reason: true },
  closed: true,
}

/** Names of all members that a connection may have. */
export const connectionMembers: readonly string[] = Object.keys(members)

export interface AlsoKnown {
  readonly exchanges?: readonly ExchangeWithContent[]
  readonly exchangeCount?: number
  readonly frames?: FrameLog
  readonly reason?: string
  /** Every handshake message, head and frame with its bytes in hex. */
  readonly bytes?: boolean
}

/** All that is known of a connection but its keys. Texts are exactly the network's: write them with `jsonText`. */
export function connectionJson(pair: LegPair, also: AlsoKnown = {}): ConnectionJson {
  const { connection, client, upstream } = pair
  const { id, openedAt, within, entrance, target, origin, treatment, sniffed, process, serverName, protocol, closed } =
    connection
  const { exchanges = [], exchangeCount = exchanges.length, frames, reason, bytes } = also
  const asked = { host: hostOf(connection), bytes }
  const comparison = compareLegs(pair)
  const gaps = gapsOf(pair)
  return {
    version: 1,
    id,
    openedAt: new Date(openedAt).toISOString(),
    ...(within !== undefined && { within }),
    ...(entrance && { entrance }),
    ...(target && { target }),
    ...(origin !== undefined && { origin }),
    ...(treatment && { treatment }),
    ...(sniffed && { sniffed }),
    ...(process && { process }),
    ...(serverName !== undefined && { serverName }),
    ...(protocol !== undefined && { protocol }),
    legs: {
      client: legJson(connection.client, client, openedAt, asked),
      ...(connection.upstream && {
        upstream: {
          ...legJson(connection.upstream, upstream, openedAt, asked),
          ...(gaps && { mirrorGaps: gaps }),
        },
      }),
    },
    comparison: comparison.rows,
    verdict: comparison.verdict,
    problems: explainFailure(connection, client, upstream),
    ...(connection.tolerated && { tolerated: connection.tolerated }),
    exchanges: exchanges.map(one => exchangeJson(one, openedAt, bytes)),
    exchangeCount,
    ...(frames && {
      frames: Array.from(frames.entries, entry => frameJson(entry, openedAt, bytes)),
      frameCount: frames.count,
    }),
    ...(reason !== undefined && { reason }),
    ...(closed && { closed: closed.at - openedAt }),
  }
}

/** A frame of HTTP/2 on the client leg; on the upstream leg too it passed so, unless the treatment is `rewrite`. */
export interface FrameJson {
  readonly index: number
  readonly direction: DirectionJson
  readonly type: number
  readonly name: string
  readonly flags: readonly string[]
  /** 0 for the connection. */
  readonly stream: number
  /** Bytes of payload. */
  readonly length: number
  /** Offsets count in the payload. */
  readonly fields: readonly FieldJson[]
  readonly malformed?: string
  readonly time: number
  /** What was kept of the payload, in hex; only where it was asked for. */
  readonly bytes?: string
}

/** Times in ms since the connection opened. */
export function frameJson(entry: FrameEntry, openedAt: number, bytes = false): FrameJson {
  const { index, direction, type, typeName, flagNames, stream, length, at } = entry
  const { fields, malformed } = frameFields(entry)
  return {
    index,
    direction: directionJson(direction),
    type,
    name: typeName,
    flags: flagNames,
    stream,
    length,
    fields: fields.map(fieldJson),
    ...(malformed && { malformed: malformed.message }),
    time: at - openedAt,
    ...(bytes && entry.payload && { bytes: hex(entry.payload) }),
  }
}
