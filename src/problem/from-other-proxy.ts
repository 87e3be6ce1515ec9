import type { Via } from '../model/connection.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import type { ProblemCode } from './codes.ts'
import { type Problem, problemOf } from './problem.ts'

const says = (code: ProblemCode, via: Via, detail: string): Problem =>
  problemOf(code, { detail: `${sayVia(via)}: ${detail}` })

/** `socks5://proxy.example:1080`, without what may be secret. */
export const sayVia = (via: Via): string => `${via.scheme}://${hostAndPort(via)}`

/** The other proxy could not be dialled, for the reason that `problem` names of any server. */
export const unreachableProxy = (via: Via, { message }: Problem): Problem =>
  says('upstream-proxy/unreachable', via, message)

export const proxyTlsFailed = (via: Via, { message }: Error): Problem => says('upstream-proxy/tls-failed', via, message)

/** It ended, failed or kept silent before its answer was whole. */
export const silentProxy = (via: Via, how: string): Problem => says('upstream-proxy/no-answer', via, how)

export const unreadableProxy = (via: Via, what: string): Problem => says('upstream-proxy/unreadable', via, what)

/** The method that it wants is none that Parley was given words for (RFC 1928 3), or it did not take the words (RFC 1929 2). */
export const proxyWantsCredentials = (via: Via, detail: string): Problem =>
  says('upstream-proxy/credentials', via, detail)

/** A status to CONNECT other than 2xx. Only 5xx tells of the server (RFC 9110 15.6), and 404 as some proxies use it. */
export function connectRefused(via: Via, status: number, reason: string): Problem {
  const detail = `it answered ${status} ${reason}`.trimEnd()
  if (status === 407) return proxyWantsCredentials(via, detail)
  return says(status >= 500 || status === 404 ? 'upstream-proxy/no-server' : 'upstream-proxy/refused', via, detail)
}

/** RFC 1928 6 */
const socks5Replies: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  1: ['upstream-proxy/no-server', 'general SOCKS server failure'],
  2: ['upstream-proxy/refused', 'connection not allowed by ruleset'],
  3: ['upstream-proxy/no-server', 'network unreachable'],
  4: ['upstream-proxy/no-server', 'host unreachable'],
  5: ['upstream-proxy/no-server', 'connection refused'],
  6: ['upstream-proxy/no-server', 'TTL expired'],
  7: ['upstream-proxy/unreadable', 'command not supported'],
  8: ['upstream-proxy/no-server', 'address type not supported'],
}

export function socks5Refused(via: Via, reply: number): Problem {
  const [code, meaning] =
    socks5Replies[reply] ?? (['upstream-proxy/unreadable', 'a reply that has no meaning'] as const)
  return says(code, via, `it answered ${meaning} (${reply})`)
}

/** SOCKS4: 91 refused or failed, 92 and 93 for want of an ident that names the user. */
export const socks4Refused = (via: Via, reply: number): Problem =>
  reply === 92 || reply === 93
    ? proxyWantsCredentials(via, `it answered that it does not know the user (${reply})`)
    : reply === 91
      ? says('upstream-proxy/no-server', via, 'it answered request rejected or failed (91)')
      : unreadableProxy(via, `it answered ${reply}`)
