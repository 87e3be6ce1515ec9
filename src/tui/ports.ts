import type { Comparison, ComparisonRow } from '../compare/compare.ts'
import type { Filter } from '../filter/ast.ts'
import type { Connection, ConnectionId } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId } from '../model/exchange.ts'
import type { FrameEntry } from '../model/frame-entry.ts'
import type { LegName } from '../model/party.ts'
import type { Problem } from '../model/problem.ts'
import type { StreamMessage } from '../model/stream-message.ts'
import type { LoggedEvent } from '../store/capture.ts'
import type { FrameQuery } from '../store/frames.ts'
import type { ConnectionRow } from '../store/host-connections.ts'
import type { TreeNode } from '../store/host-tree.ts'
import type { FlowQuery, FlowRow } from '../store/queries.ts'
import type { Sort } from '../store/sorted-flows.ts'
import type { FieldBlock } from '../view/frames/field-block.ts'
import type { Table } from '../view/table.ts'
import type { Handshake } from '../wire/tls/handshake.ts'

export type { LoggedEvent } from '../store/capture.ts'
export type { ConnectionRow } from '../store/host-connections.ts'
export type { TreeNode } from '../store/host-tree.ts'
export type { FlowRow } from '../store/queries.ts'
export { type Sort, sortKeys } from '../store/sorted-flows.ts'

/** Everything that the screens say of one connection. Texts of table, comparison and problems are printable. */
export interface ConnectionView {
  readonly connection: Connection
  readonly handshakes: Readonly<Partial<Record<LegName, Handshake>>>
  readonly table: Table
  readonly comparison: Comparison
  readonly problems: readonly Problem[]
}

export interface Counts {
  readonly flows: number
  readonly connections: number
  readonly failed: number
  /** Bytes of the capture on disk. */
  readonly size: number
}

/** The screens' only door to what was captured. Answers at once, with no more than was asked for. */
export interface FlowSource {
  counts(): Counts
  rows(query: FlowQuery): readonly FlowRow[]
  /** How many flows fit; undefined where they are too many to be counted at once. */
  count(filter: Filter | undefined): number | undefined
  /** How much was looked through for a filter that reads headers or bodies, from 0 to 1; undefined where that is all. */
  searched(filter: Filter): number | undefined
  /** Ids of the first flows in another order than that of time; told anew at times only. */
  sorted(filter: Filter | undefined, sort: Sort): readonly ExchangeId[]
  position(filter: Filter | undefined, id: ExchangeId): number
  connection(id: ConnectionId): ConnectionView | undefined
  /** Ids of the marked flows, in order. */
  marked(): readonly ExchangeId[]
  /** Origins with their flows, and the path segments right below a prefix; told anew at times only. */
  hosts(filter: Filter | undefined): readonly TreeNode[]
  paths(origin: string, prefix: string, filter: Filter | undefined): readonly TreeNode[]
  /** The newest connections of a host, newest first; told anew at times only. */
  connections(host: string): readonly ConnectionRow[]
  /** What is recorded of it, without its handshakes: quicker by far. */
  record(id: ConnectionId): Connection | undefined
  /** The same legs of two connections beside each other; printable. Undefined where one is not there. */
  compareConnections(left: ConnectionId, right: ConnectionId): readonly ComparisonRow[] | undefined
  exchange(id: ExchangeId): Exchange | undefined
  /** Kept bytes of [from, from + length). */
  body(id: ExchangeId, side: BodySide, from: number, length: number): Uint8Array
  bodyLength(id: ExchangeId, side: BodySide): number
  /** Why kept bytes of the body cannot be read. */
  bodyProblem(id: ExchangeId, side: BodySide): Problem | undefined
  /** HTTP/2 frames, oldest first. */
  frames(id: ConnectionId, query: FrameQuery): readonly FrameEntry[]
  frameCount(id: ConnectionId): number
  /** The field block that the frame carries a part of. */
  fieldBlock(id: ConnectionId, index: number): FieldBlock | undefined
  /** WebSocket messages from a `seq` on, oldest first. */
  messages(id: ExchangeId, from: number, limit: number): readonly StreamMessage[]
  messageCount(id: ExchangeId): number
  events(): readonly LoggedEvent[]
}
