import { clientError, within } from './client-failure.ts'
import { askHttp1, OneSocketAgent } from './client-http1.ts'
import { askHttp2, closeHttp2, openHttp2 } from './client-http2.ts'
import { Line, now } from './client-line.ts'
import { askPipelined } from './client-pipeline.ts'
import { type Ask, Reply } from './client-reply.ts'
import type { ClientRequest, ClientResult, ConnectOptions } from './client-types.ts'

export type * from './client-types.ts'

/** Requests of one connection: paths are resolved against `url`. */
export interface VisitOptions extends ConnectOptions {
  readonly url: URL
  readonly requests: readonly (ClientRequest & { readonly path?: string | undefined })[]
  /** Sends all HTTP/1.1 requests before the first answer (RFC 9112 9.3.2). */
  readonly pipelined?: boolean | undefined
}

/** One request over a connection of its own. Resolves within the timeout, always; see ClientResult. */
export async function fetchThrough(
  options: ConnectOptions & ClientRequest & { readonly url: URL },
): Promise<ClientResult> {
  const { method, headers, body, ...rest } = options
  const results = await visitThrough({ ...rest, requests: [{ method, headers, body }] })
  return results[0]!
}

/**
 * Several requests over one connection: HTTP/2 sends them together, HTTP/1.1 one after another. One result a request,
 * in order; those that were not answered carry the error. No socket is left open.
 */
export async function visitThrough(options: VisitOptions): Promise<readonly ClientResult[]> {
  const { url } = options
  const asks = options.requests.map(({ path, ...request }) => ({ ...request, url: path ? new URL(path, url) : url }))
  const runs = asks.map(ask => ({ ask, reply: new Reply() }))
  const line = new Line(options)
  const failures = new Map<Reply, unknown>()
  const late = AbortSignal.timeout(options.timeout ?? 15_000)
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late
  let opened = false
  try {
    await within(signal, line.open(url, options))
    opened = true
    await send(line, options, signal, runs, failures)
  } catch (error) {
    for (const { reply } of runs) if (!reply.whole) failures.set(reply, line.tlsError ?? error)
  }
  await line.close(opened && failures.size === 0)
  return runs.map(({ ask, reply }) => resultOf(ask, line, reply, failures.get(reply)))
}

interface Run {
  readonly ask: Ask
  readonly reply: Reply
}

async function send(
  line: Line,
  options: VisitOptions,
  signal: AbortSignal,
  runs: readonly Run[],
  failures: Map<Reply, unknown>,
): Promise<void> {
  const socket = line.socket!
  const one = async (reply: Reply, asking: Promise<void>) => {
    await within(signal, asking).catch(error => failures.set(reply, line.tlsError ?? error))
  }
  if (line.tls?.alpn === 'h2') {
    const session = openHttp2(options.url, socket)
    await Promise.all(runs.map(({ ask, reply }) => one(reply, askHttp2(session, ask, reply))))
    if (failures.size > 0) session.destroy()
    else await closeHttp2(session)
  } else if (options.pipelined) {
    await within(signal, askPipelined(socket, runs))
  } else {
    const agent = new OneSocketAgent(socket)
    const absolute = options.proxy !== undefined && options.url.protocol === 'http:'
    for (const { ask, reply } of runs) await one(reply, askHttp1(agent, ask, absolute, reply))
  }
}

function resultOf(ask: Ask, line: Line, reply: Reply, failure: unknown): ClientResult {
  const { startedAt, connectedAt, tunnelledAt, securedAt, connectStatus, tls, session } = line
  const { status, headAt, headers, trailers, body, bodyBytes } = reply
  const timings = { startedAt, ...given({ connectedAt, tunnelledAt, securedAt, headAt }), endedAt: now() }
  const protocol = line.stage !== 'http' ? undefined : tls?.alpn === 'h2' ? 'h2' : 'http/1.1'
  const error = failure === undefined ? undefined : clientError(failure, line.stage)
  const known = given({ connectStatus, tls, protocol, status, session, error } as const)
  return { url: ask.url.href, ...known, headers, trailers, body, bodyBytes, timings }
}

/** Without the keys whose value is undefined. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}
