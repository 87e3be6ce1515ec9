import type { Header } from '../model/exchange.ts'

/** Who the client says its own span is (W3C Trace Context, 3.2). */
export interface TraceParent {
  /** 32 digits of hex, not all zero. */
  readonly traceId: string
  /** 16 digits of hex, not all zero. */
  readonly spanId: string
  readonly sampled: boolean
}

const version00 = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const later = /^(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/ // 3.2.4: what is known of it is read

/** The parent of a request; undefined where it names none, two, or one that is not well formed. */
export function traceParent(headers: readonly Header[]): TraceParent | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === 'traceparent').map(([, value]) => value.trim())
  const [value = '', other] = values
  if (other !== undefined) return undefined
  const [, traceId = '', spanId = '', flags = ''] = version00.exec(value) ?? later.exec(value) ?? []
  if (/^0*$/.test(traceId) || /^0*$/.test(spanId)) return undefined
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
