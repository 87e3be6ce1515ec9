import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchThrough } from '../peers/client.ts'
import type { ClientError, ClientResult } from '../peers/client-types.ts'
import { defaultMinTls } from '../proxy/hello/versions.ts'
import type { ConnectionJson } from '../view/json/connection-json.ts'
import type { ExchangeJson } from '../view/json/exchange-json.ts'
import { openCapture } from './capture-reader.ts'
import type { ParleyOptions } from './options.ts'
import { startParley } from './start-parley.ts'

/** What `trace` takes: a request, and whatever `startParley` takes. */
export interface TraceOptions extends ParleyOptions {
  /** GET, or POST where there is a body, unless told. */
  readonly method?: string
  /** Sent as they are, in order. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: string | Uint8Array
  /** Offered protocols in order; `h2` and `http/1.1` unless told. */
  readonly alpn?: readonly string[]
  /** ms for all of it; 30,000 unless told. */
  readonly maxTime?: number
  readonly signal?: AbortSignal
}

/** What one request came to. */
export interface Traced {
  /** Both handshakes, their comparison and the verdict; absent where no connection was made. */
  readonly connection?: ConnectionJson
  /** Request and response; absent where the connection failed before. */
  readonly exchange?: ExchangeJson
  /** The whole body, content codings and all; at most 4 MiB. */
  readonly body: Uint8Array
  /** Why the client has no whole response. */
  readonly error?: ClientError
}

const defaultMaxTime = 30_000 // ms

/**
 * Sends one request through both legs, as `parley trace` does, and tells what both sides said. A request that fails is
 * no error: `error` and `connection.problems` say why. Rejects with TypeError where the URL is none of http or https, and
 * with what `startParley` rejects with.
 */
export async function trace(url: string | URL, options: TraceOptions = {}): Promise<Traced> {
  const to = new URL(url)
  if (!/^https?:$/.test(to.protocol)) throw new TypeError(`trace takes an http or https URL, not ${to.protocol}`)
  const folder = mkdtempSync(join(tmpdir(), 'parley-trace-'))
  const capture = options.capture ?? join(folder, 'trace.parley')
  try {
    const { error, body } = await sent(to, { ...options, capture })
    using reader = openCapture(capture)
    const connection = [...reader.connections()].at(-1)
    const exchange = connection?.exchanges[0]
    return { ...(connection && { connection }), ...(exchange && { exchange }), body, ...(error && { error }) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** All is recorded when it resolves. */
async function sent(url: URL, options: TraceOptions): Promise<ClientResult> {
  const { body, method = body === undefined ? 'GET' : 'POST', headers = [], maxTime = defaultMaxTime } = options
  await using parley = await startParley(options)
  return await fetchThrough({
    url,
    proxy: parley,
    ca: parley.certificate,
    method,
    headers: [...defaultsBeside(headers), ...headers],
    ...{ body, alpn: options.alpn, signal: options.signal, timeout: maxTime },
    tls: { minVersion: options.minTls ?? defaultMinTls },
  })
}

const defaults = [
  ['user-agent', 'parley'],
  ['accept', '*/*'],
] as const

const defaultsBeside = (headers: NonNullable<TraceOptions['headers']>) =>
  defaults.filter(([name]) => !headers.some(([other]) => other.toLowerCase() === name))
