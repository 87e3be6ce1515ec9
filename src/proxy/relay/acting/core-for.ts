import type { Claims } from '../../../rules/claims.ts'
import type { ActingCore, ActingPorts } from './core.ts'
import { Http1Core } from './http1/http1-core.ts'
import { http2Core } from './http2/http2-core.ts'

/** What a request means that does not say it. */
export interface ActingContext {
  readonly scheme: string
  readonly authority: string
}

export type CoreOf = (ports: ActingPorts) => ActingCore

/** What acts on a connection that agreed on this protocol. */
export function coreFor(alpn: string | undefined, claims: Claims, context: ActingContext): CoreOf {
  if (alpn === 'h2') return ports => http2Core(claims, ports, context)
  return ports => new Http1Core(claims, ports, context)
}
