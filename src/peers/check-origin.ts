import { makeTestAuthority } from './certificates.ts'
import { http2Server } from './http-origins.ts'
import { listen } from './origin.ts'
import type { Site } from './site.ts'

/** An origin for all subdomains of a domain: it answers everything, and remembers who has come. */
export interface CheckOrigin {
  /** Of 127.0.0.1. */
  readonly port: number
  /** PEM of the throwaway root that signs its certificate. */
  readonly caPem: string
  /** Resolves when a request for the host has come, to its version of HTTP: `1.1`, `2.0`. */
  arrived(host: string): Promise<string>
  close(): Promise<void>
}

/** Starts one on a free port. */
export async function startCheckOrigin(domain: string): Promise<CheckOrigin> {
  const authority = await makeTestAuthority()
  const arrivals = new Map<string, PromiseWithResolvers<string>>()
  const site: Site = ({ headers, httpVersion }, response) => {
    const named = String(headers[':authority'] ?? headers.host)
    arrival(named.replace(/:\d+$/, '').toLowerCase()).resolve(httpVersion)
    response.writeHead(200, { 'content-type': 'text/plain' }).end('Parley\n')
  }
  const { port, close } = await listen(http2Server(site, authority.issue({ host: `*.${domain}` })))
  return { port, caPem: authority.caPem, arrived: host => arrival(host).promise, close }

  function arrival(host: string): PromiseWithResolvers<string> {
    const known = arrivals.get(host) ?? Promise.withResolvers<string>()
    arrivals.set(host, known)
    return known
  }
}
