import {
  type Context,
  type HrTime,
  ROOT_CONTEXT,
  type Attributes as SdkAttributes,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { AlwaysOnSampler, BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions'
import { version } from '../model/version.ts'
import { flowMetrics } from './flow-metrics.ts'
import { flowSpans, type ToldFlow } from './flow-spans.ts'
import type { Attributes, SpanNode } from './span.ts'
import { type TraceParent, traceParent } from './traceparent.ts'

/** A collector of OpenTelemetry. */
export interface Collector {
  /** Hands a flow to the next batch. Never throws for what the collector does. */
  tell(flow: ToldFlow): void
  /** Resolves when what was told has been sent, or could not be. Never rejects. */
  flush(): Promise<void>
  /** Sends the rest. Never rejects. */
  close(): Promise<void>
}

export interface CollectorOptions {
  /** To which `/v1/traces` and `/v1/metrics` are added. Headers come from OTEL_EXPORTER_OTLP_HEADERS, as everywhere. */
  readonly url: string
  /** A batch could not be sent. */
  readonly onFailure: (why: string) => void
  /** ms between batches of metrics */
  readonly interval?: number
}

const mostQueued = 16_384 // spans; what comes when so many wait is left out
const mostInBatch = 1024 // spans
const exportTimeout = 5000 // ms
const spanInterval = 1000 // ms
const metricInterval = 10_000 // ms
const limits = { attributeValueLengthLimit: 4096, attributeCountLimit: 64 }

/** Opens the way to a collector, by OTLP over HTTP. Dials nothing before there is something to send. */
export function openCollector({ url, onFailure, interval = metricInterval }: CollectorOptions): Collector {
  const base = url.replace(/\/+$/, '')
  const resource = resourceFromAttributes({ [ATTR_SERVICE_NAME]: 'parley', [ATTR_SERVICE_VERSION]: version })
  const options = (path: string) => ({ url: `${base}${path}`, timeoutMillis: exportTimeout })
  const spans = watched(new OTLPTraceExporter(options('/v1/traces')), onFailure)
  const processor = new BatchSpanProcessor(spans, {
    maxQueueSize: mostQueued,
    maxExportBatchSize: mostInBatch,
    scheduledDelayMillis: spanInterval,
    exportTimeoutMillis: exportTimeout + 1000,
  })
  const tracers = new BasicTracerProvider({
    resource,
    sampler: new AlwaysOnSampler(), // whoever records, records all
    spanLimits: limits,
    spanProcessors: [processor],
  })
  const reader = new PeriodicExportingMetricReader({
    exporter: watched(new OTLPMetricExporter(options('/v1/metrics')), onFailure),
    exportIntervalMillis: interval,
    exportTimeoutMillis: Math.min(interval, exportTimeout),
  })
  const meters = new MeterProvider({ resource, readers: [reader] })
  const tracer = tracers.getTracer('parley', version)
  const count = flowMetrics(meters.getMeter('parley', version))
  const settled = async (...all: readonly Promise<unknown>[]): Promise<void> => void (await Promise.allSettled(all))
  return {
    tell(flow) {
      const parent = flow.exchange && traceParent(flow.exchange.request.head.headers)
      start(tracer, flowSpans(flow), parent ? contextOf(parent) : ROOT_CONTEXT)
      count(flow)
    },
    flush: () => settled(processor.forceFlush()),
    close: () => settled(tracers.shutdown(), meters.shutdown()),
  }
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const

function start(
  tracer: Tracer,
  { name, kind, start: startedAt, end, attributes, error, children }: SpanNode,
  parent: Context,
): void {
  const span = tracer.startSpan(
    name,
    { kind: kinds[kind], startTime: exactly(startedAt), attributes: defined(attributes) },
    parent,
  )
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error })
  const context = trace.setSpan(parent, span)
  for (const child of children) start(tracer, child, context)
  span.end(exactly(end))
}

/** A number alone might be taken for ms since the process began. */
const exactly = (ms: number): HrTime => {
  const ns = Math.round((ms % 1000) * 1e6)
  return [Math.floor(ms / 1000) + (ns === 1e9 ? 1 : 0), ns === 1e9 ? 0 : ns]
}

const defined = (attributes: Attributes): SdkAttributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)) as SdkAttributes

const contextOf = ({ traceId, spanId, sampled }: TraceParent): Context =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    isRemote: true,
    traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
  })

interface Exporting {
  // biome-ignore lint/suspicious/noExplicitAny: of spans or of metrics
  export(items: any, done: (result: { readonly code: number; readonly error?: Error }) => void): void
}

/** The exporter, which says when a batch of it was lost. */
function watched<Exporter extends Exporting>(exporter: Exporter, onFailure: (why: string) => void): Exporter {
  const send = exporter.export.bind(exporter)
  exporter.export = (items, done) =>
    send(items, result => {
      if (result.code !== 0) onFailure(result.error?.message ?? 'it did not take a batch')
      done(result)
    })
  return exporter
}
