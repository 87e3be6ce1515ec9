import { readLegPair } from '../../compare/read-leg-pair.ts'
import type { Filter } from '../../filter/ast.ts'
import type { Connection, ConnectionId } from '../../model/connection.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import type { Capture } from '../../store/capture.ts'
import type { FlowRow } from '../../store/queries.ts'
import { urlOf } from '../../view/json/flow-json.ts'
import { fittingFlows } from '../fitting-flows.ts'
import { recordedDifferences } from './answers.ts'
import { type Difference, handshakeDifferences, type Ignored } from './handshake-differences.ts'
import { type PairedUp, pairBy } from './pair-up.ts'

/** A pair that differs. */
export interface PairFinding {
  readonly kind: 'connections' | 'flows'
  /** Host and port, or method and URL, of the left one. */
  readonly name: string
  readonly left: number
  readonly right: number
  readonly differences: readonly Difference[]
}

/** Something that is in one capture alone. */
export interface OnlyFinding {
  readonly kind: 'only-left' | 'only-right'
  readonly of: 'connection' | 'flow'
  readonly name: string
  readonly id: number
  /** The other capture has others of this host, so that it is no difference: clients open as many as they like. */
  readonly spare?: true
}

export type Finding = PairFinding | OnlyFinding

export interface CompareOptions {
  readonly filter?: Filter | undefined
  readonly ignored: Ignored
}

/** How much was compared. */
export interface Compared {
  readonly connections: number
  readonly flows: number
}

/**
 * Pairs connections by host and flows by method and URL, each in their order, and tells what differs. Takes some ms for
 * a pair of connections. Throws StoreError.
 */
export function* compareCaptures(
  left: Capture,
  right: Capture,
  { filter, ignored }: CompareOptions,
): Generator<Finding, Compared> {
  const [ours, theirs] = [flowsOf(left, filter), flowsOf(right, filter)]
  const hosts = pairConnections(connectionsOf(left, filter && ours), connectionsOf(right, filter && theirs))
  for (const [a, b] of hosts.pairs) {
    const differences = handshakeDifferences(readLegPair(left, a), readLegPair(right, b), ignored)
    if (differences.length > 0) yield { kind: 'connections', name: hostOf(a), left: a.id, right: b.id, differences }
  }
  for (const one of hosts.onlyLeft) yield onlyConnection('only-left', one, hosts.both)
  for (const one of hosts.onlyRight) yield onlyConnection('only-right', one, hosts.both)
  const flows = pairFlows(exchangesIn(ours), exchangesIn(theirs))
  for (const [a, b] of flows.pairs) {
    const differences = recordedDifferences({ capture: left, id: a.id }, { capture: right, id: b.id }, ignored)
    if (differences.length > 0) yield { kind: 'flows', name: nameOf(a), left: a.id, right: b.id, differences }
  }
  for (const row of flows.onlyLeft) yield { kind: 'only-left', of: 'flow', name: nameOf(row), id: row.id }
  for (const row of flows.onlyRight) yield { kind: 'only-right', of: 'flow', name: nameOf(row), id: row.id }
  return { connections: hosts.pairs.length, flows: flows.pairs.length }
}

/** What of a row is needed to pair it: a capture may have many. */
type PairedFlow = Pick<FlowRow, 'id' | 'kind' | 'connection' | 'method' | 'scheme' | 'host' | 'port' | 'path'>

const flowsOf = (capture: Capture, filter: Filter | undefined): readonly PairedFlow[] =>
  Array.from(fittingFlows(capture, filter), ({ id, kind, connection, method, scheme, host, port, path }) => ({
    ...{ id, kind, connection, method, scheme, host, path },
    ...(port !== undefined && { port }),
  }))

const exchangesIn = (flows: readonly PairedFlow[]): readonly PairedFlow[] =>
  flows.filter(({ kind }) => kind === 'exchange')

const nameOf = (flow: PairedFlow): string => `${flow.method} ${urlOf(flow)}`

const page = 2000

/** All but those to Parley itself; with `flows`, those that carry one of them. */
function* connectionsOf(capture: Capture, flows: readonly PairedFlow[] | undefined): Generator<Connection> {
  const wanted = flows && new Set<ConnectionId>(flows.map(({ connection }) => connection))
  for (let after = 0; ; ) {
    const connections = capture.connections({ after, limit: page })
    const last = connections.at(-1)?.id
    if (last === undefined) return
    for (const connection of connections)
      if (connection.treatment !== 'own' && connection.target && (wanted?.has(connection.id) ?? true)) yield connection
    after = last
  }
}

const hostOf = ({ target }: Connection): string => (target ? hostAndPort(target) : '')

/** A leg that resumes a session says less: like is paired with like first. */
const hostAndKind = (connection: Connection): string =>
  [hostOf(connection), connection.client.agreed?.resumed, connection.upstream?.agreed?.resumed].join(' ')

/** Servers of tests listen on another port each time. */
const nameOfHost = ({ target }: Connection): string => target?.host ?? ''

function pairConnections(left: Iterable<Connection>, right: Iterable<Connection>) {
  const paired = pairBy([...left], [...right], [hostAndKind, hostOf, nameOfHost])
  return { ...paired, both: new Set(paired.pairs.map(([one]) => nameOfHost(one))) }
}

const pairFlows = (left: readonly PairedFlow[], right: readonly PairedFlow[]): PairedUp<PairedFlow> =>
  pairBy(left, right, [nameOf, ({ port: _, ...flow }) => nameOf(flow)])

const onlyConnection = (kind: OnlyFinding['kind'], connection: Connection, both: ReadonlySet<string>): OnlyFinding => ({
  ...{ kind, of: 'connection', name: hostOf(connection), id: connection.id },
  ...(both.has(nameOfHost(connection)) && { spare: true }),
})
