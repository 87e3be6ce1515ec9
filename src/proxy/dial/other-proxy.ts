import type { Via } from '../../model/connection.ts'

/** How another proxy is spoken to; an `a` and an `h` at the end mean that it looks the names up (curl's words). */
export type ProxyScheme = 'http' | 'https' | 'socks4' | 'socks4a' | 'socks5' | 'socks5h'

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** A proxy through which servers are reached. */
export interface OtherProxy extends Via {
  readonly scheme: ProxyScheme
  readonly credentials?: Credentials
}

/** One way to a server. */
export type Way = 'direct' | OtherProxy

/** Ports where none is given (curl's). */
export const defaultPorts: Readonly<Record<ProxyScheme, number>> = {
  http: 1080,
  https: 443,
  socks4: 1080,
  socks4a: 1080,
  socks5: 1080,
  socks5h: 1080,
}

const isProxyScheme = (scheme: string): scheme is ProxyScheme => Object.hasOwn(defaultPorts, scheme)

/**
 * A proxy's URL, `socks5://user:password@host:port`; without a scheme it is an HTTP proxy's. Undefined where it is none:
 * what follows the port is not allowed to mean anything.
 */
export function readOtherProxy(text: string): OtherProxy | undefined {
  const [, scheme = 'http', userinfo, v6, name, port] =
    /^(?:([a-z][a-z\d]*):\/\/)?(?:([^/@]*)@)?(?:\[([\da-f:.]+)\]|([^\s/?#@:[\]]+))(?::(\d{1,5}))?\/?$/i.exec(text) ?? []
  const [host, lower] = [v6 ?? name, scheme.toLowerCase()]
  if (host === undefined || !isProxyScheme(lower)) return undefined
  const number = port === undefined ? defaultPorts[lower] : Number(port)
  const credentials = userinfo === undefined ? undefined : readCredentials(userinfo)
  if (number < 1 || number > 65_535 || credentials === 'unreadable') return undefined
  return { scheme: lower, host: host.toLowerCase(), port: number, ...(credentials && { credentials }) }
}

/** `user:password`, with what a URL writes as `%40`. */
function readCredentials(userinfo: string): Credentials | 'unreadable' {
  try {
    const at = userinfo.indexOf(':')
    const [user, password] = at < 0 ? [userinfo, ''] : [userinfo.slice(0, at), userinfo.slice(at + 1)]
    return { user: decodeURIComponent(user), password: decodeURIComponent(password) }
  } catch {
    return 'unreadable'
  }
}

/** What is shown of a proxy: not its credentials. */
export const viaOf = ({ scheme, host, port }: OtherProxy): Via => ({ scheme, host, port })

/** RFC 7617 2 */
export const basic = ({ user, password }: Credentials): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
