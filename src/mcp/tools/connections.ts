import { z } from 'zod'
import { readLegPair } from '../../compare/read-leg-pair.ts'
import { compareConnections } from '../../compare/two-connections.ts'
import { readerOf } from '../../library/capture-reader.ts'
import type { Capture } from '../../store/capture.ts'
import type { ConnectionJson } from '../../view/json/connection-json.ts'
import type { LegJson } from '../../view/json/leg-json.ts'
import { inputs, type Tool, tool } from '../tool.ts'
import { rowOf } from './flows.ts'

const parts = [
  'summary',
  'comparison',
  'client-messages',
  'upstream-messages',
  'certificates',
  'exchanges',
  'frames',
] as const

export const connectionTools: readonly Tool[] = [
  tool({
    name: 'get_connection',
    title: 'Inspect one connection',
    says: 'Both TLS handshakes of a connection: client to Parley (the client leg), Parley to server (the upstream leg). Begin with the part "summary"; "comparison" puts both legs side by side; the messages are those of each handshake with every field.',
    input: {
      capture: inputs.capture,
      connection: inputs.connection,
      part: z.enum(parts).default('summary'),
      after: inputs.after,
      limit: inputs.limit(50, 8),
    },
    run({ capture: name, connection: id, part, after = 0, limit }, { captures, tell }) {
      const told = connectionOf(captures.named(name), id)
      if (part === 'summary') return tell(summaryOf(told))
      const all = listOf(told, part)
      const next = after + limit < all.length ? after + limit : undefined
      return tell({ connection: id, part, total: all.length, items: all.slice(after, after + limit) }, { next })
    },
  }),
  tool({
    name: 'explain_failure',
    title: 'Explain why it failed',
    says: 'Why a flow or connection failed: who is to blame, what happened, what to do, how far each leg came, who closed it, and where the two handshakes differ.',
    input: {
      capture: inputs.capture,
      flow: inputs.flow.optional(),
      connection: inputs.connection.optional(),
    },
    run({ capture: name, flow, connection }, { captures, tell }) {
      const capture = captures.named(name)
      if ((flow === undefined) === (connection === undefined)) throw new Error('give either flow or connection')
      const told = connectionOf(capture, connection ?? rowOf(capture, flow!).connection)
      const exchange = flow === undefined ? undefined : readerOf(capture).exchange(flow)
      return tell({
        ...(exchange && { flow: { id: exchange.id, aborted: exchange.aborted, problems: exchange.problems } }),
        ...summaryOf(told),
        differences: told.comparison.filter(({ mark }) => mark !== '=' && mark !== '·'),
        lastMessages: { client: lastOf(told.legs.client), upstream: lastOf(told.legs.upstream) },
      })
    },
  }),
  tool({
    name: 'compare_connections',
    title: 'Compare two connections',
    says: 'The same leg of two connections side by side, both legs: what was offered and agreed, certificates and fingerprints. Finds why one client or one server behaves otherwise.',
    input: {
      capture: inputs.capture,
      left: inputs.connection,
      right: inputs.connection,
      rightCapture: inputs.capture.describe('name of the capture of the right one, where it is another'),
      all: z.boolean().default(false).describe('rows in which they are the same as well'),
    },
    run({ capture: name, left, right, rightCapture, all }, { captures, tell }) {
      const ours = pairOf(captures.named(name), left) // read before the other may close it
      const theirs = pairOf(captures.named(rightCapture ?? name), right)
      const rows = compareConnections(ours, theirs)
      const shown = rows.map(({ client, upstream, ...row }) => ({ ...row, left: client, right: upstream }))
      return tell({ left, right, rows: all ? shown : shown.filter(({ mark }) => mark !== '=') })
    },
  }),
]

function connectionOf(capture: Capture, id: number): ConnectionJson {
  const told = readerOf(capture).connection(id)
  if (!told) throw new Error(`the capture has no connection ${id}`)
  return told
}

function pairOf(capture: Capture, id: number) {
  const connection = capture.connection(id)
  if (!connection) throw new Error(`the capture has no connection ${id}`)
  return readLegPair(capture, connection)
}

/** All but the lists, which are parts of their own. */
function summaryOf({ legs, comparison, exchanges, frames: _, ...told }: ConnectionJson): object {
  return {
    ...told,
    legs: { client: legSummary(legs.client), ...(legs.upstream && { upstream: legSummary(legs.upstream) }) },
    differs: comparison.filter(({ mark }) => mark === '≠' || mark === '!' || mark === '~').map(({ label }) => label),
    exchanges: exchanges.map(({ id, request, response }) => ({
      id,
      request: `${request.method} ${request.url}`,
      ...(response && { status: response.status }),
    })),
  }
}

function legSummary({ tls, ...leg }: LegJson): object {
  if (!tls) return leg
  const { messages, records: _, certificates, ...told } = tls
  return {
    ...leg,
    tls: {
      ...told,
      messages: messages.map(({ name, direction }) => `${direction} ${name}`),
      certificates: certificates.server.map(({ subject }) => subject),
    },
  }
}

const lastOf = (leg: LegJson | undefined): unknown => leg?.tls?.messages.at(-1) ?? null

function listOf(
  { comparison, legs, exchanges, frames }: ConnectionJson,
  part: (typeof parts)[number],
): readonly unknown[] {
  switch (part) {
    case 'comparison':
      return comparison
    case 'client-messages':
      return legs.client.tls?.messages ?? []
    case 'upstream-messages':
      return legs.upstream?.tls?.messages ?? []
    case 'certificates':
      return (['client', 'upstream'] as const).flatMap(leg =>
        (legs[leg]?.tls?.certificates.server ?? []).map(certificate => ({ leg, ...certificate })),
      )
    case 'exchanges':
      return exchanges
    default:
      return frames ?? []
  }
}
