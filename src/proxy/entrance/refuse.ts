import type { Duplex } from 'node:stream'
import type { Problem } from '../../model/problem.ts'
import { problemOf } from '../../problem/problem.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import { ContentTap } from '../socket/content-tap.ts'
import { failureResponse } from './failure-page.ts'

const tlsHandshake = 22
const [socks4, socks5] = [4, 5]
const went = new Set(['ECONNRESET', 'EPIPE'])

/** Ends a connection whose client sent what is no request that a proxy can serve, and says why in its own protocol. */
export function refuse({ tape }: Services, socket: Duplex, error: NodeJS.ErrnoException): void {
  if (socket.writableEnded) return // refused already: Node tells every chunk of it
  if (!(socket instanceof ContentTap) || socket.received === 0 || went.has(error.code ?? '')) {
    socket.destroy()
    return
  }
  const problem = badRequest(socket, error)
  tape.event(socket.connection, now(), { type: 'failed', problem })
  if (socket.writable) socket.end(refusals[socket.firstByte ?? 0] ?? failureResponse(problem), () => socket.destroy())
  else socket.destroy()
}

/** The refusal of a CONNECT whose authority names no server. */
export const badConnect = (authority = ''): Error =>
  Object.assign(new Error(`CONNECT ${authority}`), {
    problem: {
      code: 'proxy/bad-connect',
      blame: 'client',
      message: `CONNECT ${authority} names no HOST:PORT`,
      remedy: 'CONNECT takes HOST:PORT',
    } satisfies Problem,
  })

/** In the words of SOCKS: request rejected; no acceptable method (RFC 1928 3). */
const refusals: Readonly<Record<number, Buffer>> = {
  [socks4]: Buffer.from([0, 91, 0, 0, 0, 0, 0, 0]),
  [socks5]: Buffer.from([5, 255]),
}

/** By llhttp's word for what is wrong. */
const remedies: Readonly<Record<string, string>> = {
  HPE_INVALID_URL: 'a URL is ASCII: let the client percent-encode the rest (RFC 3986 2.1)',
  HPE_INVALID_METHOD: 'a method without a name at IANA passes through a tunnel alone: let the client use CONNECT',
  HPE_PAUSED_H2_UPGRADE: 'a proxy is asked in HTTP/1.1; inside a tunnel HTTP/2 passes',
  HPE_HEADER_OVERFLOW: 'a head has 1 MiB at the most',
}

function badRequest({ firstByte }: ContentTap, error: NodeJS.ErrnoException): Problem {
  if ('problem' in error) return error.problem as Problem
  if (firstByte === tlsHandshake) return problemOf('proxy/tls-to-proxy-port')
  if (firstByte === socks4 || firstByte === socks5) return problemOf('proxy/socks')
  if (error.code === 'HPE_INVALID_EOF_STATE')
    return { code: 'proxy/bad-request', blame: 'client', message: 'the client ended in the midst of its request' }
  const remedy = error.code && remedies[error.code]
  return {
    code: 'proxy/bad-request',
    blame: 'client',
    message: `the client sent what is no HTTP request (${error.code ?? error.message})`,
    ...(remedy && { remedy }),
  }
}
