import { type CompareAspects, rowOf } from '../comparison.ts'

/** What HTTP/2 says of itself: a connection that is only observed passes every frame on as it came. */
export const http2Rows: CompareAspects = ({ connection: { protocol, treatment, upstream } }) => {
  if (protocol !== 'h2' || treatment !== 'observe' || upstream?.secureAt === undefined) return []
  const relayed = 'relayed verbatim'
  return rowOf('http2-settings', 'HTTP/2 SETTINGS and windows', relayed, relayed)
}
