import { createServer } from 'node:http'
import { listenFor } from '../e2e/support/origin.ts'
import type { Owner } from '../e2e/support/processes.ts'

/** A span as OTLP has it in JSON (opentelemetry-proto, trace.proto), its attributes as an object. */
export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  /** 1 internal, 2 server, 3 client */
  readonly kind: number
  /** ns since the epoch */
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly status: { readonly code?: number; readonly message?: string }
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface ReceivedPoint {
  readonly name: string
  readonly unit: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly asInt?: number | string
  readonly asDouble?: number
  readonly count?: number | string
  readonly sum?: number
}

export interface Receiver {
  readonly url: string
  readonly spans: readonly ReceivedSpan[]
  /** Of the last batch; counts are from the beginning on. */
  readonly points: readonly ReceivedPoint[]
  readonly resource: Readonly<Record<string, unknown>>
  readonly requests: readonly { readonly path: string; readonly type: string | undefined }[]
}

/** A receiver of OTLP over HTTP in JSON. It reads what the protocol prescribes, and answers 400 to anything else. */
export async function startReceiver(owner: Owner, { status = 200 } = {}): Promise<Receiver> {
  const spans: ReceivedSpan[] = []
  let points: readonly ReceivedPoint[] = []
  let resource: Readonly<Record<string, unknown>> = {}
  const requests: { path: string; type: string | undefined }[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    requests.push({ path: request.url!, type: request.headers['content-type'] })
    if (status !== 200) return void response.writeHead(status).end()
    try {
      const body = JSON.parse(Buffer.concat(parts).toString())
      if (request.url!.endsWith('/v1/traces')) {
        for (const { resource: of, scopeSpans } of body.resourceSpans) {
          resource = plain(of.attributes)
          for (const { spans: more } of scopeSpans)
            spans.push(...more.map((span: Sent) => ({ ...span, attributes: plain(span.attributes) })))
        }
      } else if (request.url!.endsWith('/v1/metrics')) points = body.resourceMetrics.flatMap(pointsOf)
      else throw new Error('no such path')
      response.setHeader('content-type', 'application/json').end('{}')
    } catch (error) {
      response.writeHead(400).end(String(error))
    }
  })
  const port = await listenFor(owner, server)
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    get points() {
      return points
    },
    get resource() {
      return resource
    },
    requests,
  }
}

interface Sent {
  readonly attributes: readonly KeyValue[]
}
interface KeyValue {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

const plain = (attributes: readonly KeyValue[] = []): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, readValue(value)]))

function readValue(value: Readonly<Record<string, unknown>>): unknown {
  const [[kind, inner] = ['none', undefined]] = Object.entries(value)
  if (kind === 'intValue') return Number(inner)
  if (kind === 'arrayValue')
    return ((inner as { values?: Readonly<Record<string, unknown>>[] }).values ?? []).map(readValue)
  if (kind === 'stringValue' || kind === 'boolValue' || kind === 'doubleValue') return inner
  throw new Error(`an attribute of kind ${kind}`)
}

interface SentMetrics {
  readonly scopeMetrics: readonly {
    readonly metrics: readonly {
      readonly name: string
      readonly unit: string
      readonly sum?: { readonly dataPoints: readonly Sent[]; readonly isMonotonic: boolean }
      readonly histogram?: { readonly dataPoints: readonly Sent[] }
    }[]
  }[]
}

const pointsOf = ({ scopeMetrics }: SentMetrics): readonly ReceivedPoint[] =>
  scopeMetrics.flatMap(({ metrics }) =>
    metrics.flatMap(({ name, unit, sum, histogram }) =>
      (sum ?? histogram)!.dataPoints.map(point => ({ ...point, name, unit, attributes: plain(point.attributes) })),
    ),
  )
