import type { Meter } from '@opentelemetry/api'
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_URL_SCHEME,
  METRIC_HTTP_CLIENT_REQUEST_DURATION,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from '@opentelemetry/semantic-conventions'
import { ATTR_NETWORK_IO_DIRECTION } from '@opentelemetry/semantic-conventions/incubating'
import { httpAttributes, problemOfFlow } from './attributes.ts'
import type { ToldFlow } from './flow-spans.ts'
import type { Attributes } from './span.ts'

/** s, as the conventions advise for HTTP. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/** Counts flows that ended. No attribute takes values of the network's choice: their number is bounded. */
export function flowMetrics(meter: Meter): (flow: ToldFlow) => void {
  const seconds = { unit: 's', advice: { explicitBucketBoundaries: boundaries } }
  const served = meter.createHistogram(METRIC_HTTP_SERVER_REQUEST_DURATION, {
    ...seconds,
    description: 'From the head of a request to the end of its response, as its client saw it.',
  })
  const asked = meter.createHistogram(METRIC_HTTP_CLIENT_REQUEST_DURATION, {
    ...seconds,
    description: 'The same, as Parley saw it of the server.',
  })
  const flows = meter.createCounter('parley.flows', { unit: '{flow}', description: 'Flows that ended.' })
  const failures = meter.createCounter('parley.failures', {
    unit: '{flow}',
    description: 'Flows that failed, by cause.',
  })
  const bytes = meter.createCounter('parley.io', {
    unit: 'By',
    description: 'Bytes of bodies, or of what is not decoded.',
  })
  return flow => {
    const { connection, exchange } = flow
    const problem = problemOfFlow(exchange, connection)
    flows.add(1, { 'parley.flow.kind': exchange ? 'exchange' : 'connection' })
    if (problem) failures.add(1, { [ATTR_ERROR_TYPE]: problem.code, 'parley.blame': problem.blame })
    const io = exchange
      ? { receive: exchange.request.bodyBytes, transmit: exchange.response?.bodyBytes ?? 0 }
      : { receive: connection.client.bytes?.toServer ?? 0, transmit: connection.client.bytes?.toClient ?? 0 }
    for (const [direction, count] of Object.entries(io)) bytes.add(count, { [ATTR_NETWORK_IO_DIRECTION]: direction })
    if (!exchange) return
    const { request, response, aborted, server } = exchange
    const error = problem && { [ATTR_ERROR_TYPE]: problem.code }
    const end = response?.endedAt ?? aborted?.at
    if (end !== undefined)
      served.record(Math.max(0, end - request.headAt) / 1000, {
        ...narrow(httpAttributes(exchange, 'client')),
        ...error,
      })
    const side = server === 'not-asked' ? undefined : (server ?? exchange)
    const answered = side?.response?.endedAt
    if (side && connection.upstream && answered !== undefined)
      asked.record(Math.max(0, answered - side.request.headAt) / 1000, narrow(httpAttributes(side, 'upstream')))
  }
}

const narrowed = [
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_URL_SCHEME,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_NETWORK_PROTOCOL_VERSION,
]

const narrow = (attributes: Attributes): Record<string, string | number> =>
  Object.fromEntries(
    narrowed.flatMap(name => {
      const value = attributes[name]
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : []
    }),
  )
