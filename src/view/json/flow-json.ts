import type { Acted } from '../../model/acted.ts'

/** A row of the list as it is told; a row of the store fits. */
export interface ToldFlow {
  readonly id: number
  readonly kind: 'exchange' | 'connection'
  readonly connection: number
  readonly stream?: number
  /** ms since the epoch */
  readonly startedAt: number
  readonly scheme: string
  readonly host: string
  readonly port?: number
  readonly method: string
  readonly path: string
  readonly status?: number
  readonly contentType?: string
  readonly requestBytes: number
  readonly responseBytes: number
  /** ms */
  readonly duration?: number
  readonly protocol: string
  readonly state: 'running' | 'complete' | 'aborted' | 'cancelled'
  readonly acted?: Acted
  readonly clientVersion?: string
  readonly clientAlpn?: string
  readonly upstreamVersion?: string
  readonly upstreamAlpn?: string
  /** Whether the two handshakes differ; absent where that is not known. */
  readonly differs?: boolean
  readonly note?: string
  readonly code?: string
  readonly remedy?: string
  readonly marked?: boolean
  readonly comment?: string
}

type AsItIs =
  | ('id' | 'kind' | 'connection' | 'stream' | 'method' | 'host' | 'status' | 'contentType' | 'requestBytes')
  | ('responseBytes' | 'duration' | 'protocol' | 'state' | 'differs' | 'acted' | 'comment')

/** A row of the list for programs: flow.schema.json describes every member. */
export interface FlowJson extends Pick<ToldFlow, AsItIs> {
  /** Of this schema: it rises when a member changes its meaning or goes; new members may come any time. */
  readonly version: 1
  /** ISO 8601 */
  readonly startedAt: string
  readonly url: string
  readonly legs: { readonly client: FlowLegJson; readonly upstream: FlowLegJson }
  readonly problem?: { readonly code?: string; readonly message: string; readonly remedy?: string }
  readonly marked?: true
}

/** What a leg agreed on. */
export interface FlowLegJson {
  readonly version?: string
  /** Of a connection; the list has none. */
  readonly cipherSuite?: string
  readonly alpn?: string
}

/** Texts are exactly what was recorded: write them with `jsonText`. */
export function flowJson(flow: ToldFlow): FlowJson {
  const { id, kind, connection, stream, startedAt, method, host, status, contentType, duration, protocol, state } = flow
  const { requestBytes, responseBytes, differs, acted, note, code, remedy, marked, comment } = flow
  return {
    version: 1,
    ...{ id, kind, connection },
    ...(stream !== undefined && { stream }),
    startedAt: new Date(startedAt).toISOString(),
    ...{ method, url: urlOf(flow), host },
    ...(status !== undefined && { status }),
    ...(contentType !== undefined && { contentType }),
    ...{ requestBytes, responseBytes },
    ...(duration !== undefined && { duration }),
    ...{ protocol, state },
    legs: {
      client: legOf(flow.clientVersion, flow.clientAlpn),
      upstream: legOf(flow.upstreamVersion, flow.upstreamAlpn),
    },
    ...(differs !== undefined && { differs }),
    ...(acted !== undefined && { acted }),
    ...(note !== undefined && {
      problem: { ...(code !== undefined && { code }), message: note, ...(remedy !== undefined && { remedy }) },
    }),
    ...(marked && { marked }),
    ...(comment !== undefined && { comment }),
  }
}

const legOf = (version: string | undefined, alpn: string | undefined): FlowLegJson => ({
  ...(version !== undefined && { version }),
  ...(alpn !== undefined && { alpn }),
})

/** `https://host:8443/path`; of a connection `tls://host:443`. */
export const urlOf = ({ scheme, host, port, path }: Pick<ToldFlow, 'scheme' | 'host' | 'port' | 'path'>): string =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}${path}`
