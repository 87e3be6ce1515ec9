import type { Entrance, Target } from '../../model/connection.ts'
import { HeadReader } from '../../wire/http1/head-reader.ts'
import { readRequestHead, readResponseHead } from '../../wire/http1/start-line.ts'
import { granted4, takeSocks4 } from '../../wire/socks/socks4.ts'
import { passwordLogin, succeeded, takeGreeting, takeLogin, takeSocks5 } from '../../wire/socks/socks5.ts'

/** What a client and a proxy said until the way to the server stood. */
export interface Prelude {
  readonly entrance: Entrance
  readonly target: Target
  /** Bytes of each direction that belong to it. */
  readonly toServer: number
  readonly toClient: number
}

/** `more`: it may be one, once more has come; `none`: these bytes are something else, or the proxy refused. */
export type Taken = Prelude | 'more' | 'none'

const connectCommand = 1
const connect = Buffer.from('CONNECT ')

/** Reads how a tunnel is asked for and granted: CONNECT (RFC 9110 9.3.6), SOCKS4, SOCKS4A or SOCKS5. Never throws. */
export function takePrelude(toServer: Uint8Array, toClient: Uint8Array): Taken {
  if (toServer.length === 0) return toClient.length === 0 ? 'more' : 'none'
  try {
    if (toServer[0] === 5) return takeFive(toServer, toClient)
    if (toServer[0] === 4) return takeFour(toServer, toClient)
    const begin = Buffer.from(toServer.subarray(0, connect.length))
    if (begin.equals(connect)) return takeConnect(toServer, toClient)
    return connect.subarray(0, begin.length).equals(begin) ? 'more' : 'none'
  } catch {
    return 'none' // MalformedError
  }
}

function takeConnect(toServer: Uint8Array, toClient: Uint8Array): Taken {
  const asked = new HeadReader()
  const end = asked.push(toServer, 0)
  if (end === -1) return 'more'
  const target = end > 0 ? targetOf(readRequestHead(asked.text)?.target ?? '') : undefined
  if (!target) return 'none'
  for (let from = 0; ; ) {
    const answered = new HeadReader()
    const to = answered.push(toClient, from)
    if (to === -1) return 'more'
    const status = to > 0 ? readResponseHead(answered.text)?.status : undefined
    if (status === undefined || status >= 300) return 'none'
    if (status >= 200) return { entrance: 'connect', target, toServer: end, toClient: to }
    from = to
  }
}

/** host:port, with brackets around an IPv6 address. */
function targetOf(authority: string): Target | undefined {
  const colon = authority.lastIndexOf(':')
  const port = Number(authority.slice(colon + 1))
  const host = authority.slice(0, colon).replace(/^\[|\]$/g, '')
  return colon > 0 && host !== '' && Number.isInteger(port) && port > 0 && port < 65_536 ? { host, port } : undefined
}

function takeFour(toServer: Uint8Array, toClient: Uint8Array): Taken {
  const asked = takeSocks4(toServer)
  if (!asked) return 'more'
  if (asked.value.command !== connectCommand) return 'none'
  if (toClient.length < 8) return 'more'
  const { host, port, named } = asked.value
  if (toClient[0] !== 0 || toClient[1] !== granted4) return 'none'
  return { entrance: named ? 'socks4a' : 'socks4', target: { host, port }, toServer: asked.length, toClient: 8 }
}

function takeFive(toServer: Uint8Array, toClient: Uint8Array): Taken {
  const greeting = takeGreeting(toServer)
  if (!greeting || toClient.length < 2) return toClient.length > 0 && toClient[0] !== 5 ? 'none' : 'more'
  if (toClient[0] !== 5) return 'none'
  const withLogin = toClient[1] === passwordLogin
  const login = withLogin ? takeLogin(toServer.subarray(greeting.length)) : { length: 0 }
  if (!login) return 'more'
  const before = { toServer: greeting.length + login.length, toClient: withLogin ? 4 : 2 }
  const asked = takeSocks5(toServer.subarray(before.toServer))
  const reply = toClient.subarray(before.toClient)
  if (!asked || reply.length < 2) return 'more'
  if (asked.value.command !== connectCommand || reply[1] !== succeeded) return 'none'
  const answered = takeSocks5(reply) // it has the shape of a request (RFC 1928 6)
  if (!answered) return 'more'
  return {
    entrance: 'socks5',
    target: { host: asked.value.host, port: asked.value.port },
    toServer: before.toServer + asked.length,
    toClient: before.toClient + answered.length,
  }
}
