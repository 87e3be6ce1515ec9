import type { Duplex } from 'node:stream'
import { isProblem } from '../../model/problem.ts'
import { requestProblem } from '../../problem/from-request.ts'
import type { Problem } from '../../problem/problem.ts'
import { failureResponse } from '../failure-page.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import { ContentTap } from '../socket/content-tap.ts'

const [socks4, socks5] = [4, 5]
const went = new Set(['ECONNRESET', 'EPIPE'])

/** Ends a connection whose client sent what is no request that a proxy can serve, and says why in its own protocol. */
export function refuse({ tape }: Services, socket: Duplex, wrong: Problem | NodeJS.ErrnoException): void {
  if (socket.writableEnded) return // refused already: Node tells every chunk of it
  if (!(socket instanceof ContentTap) || socket.received === 0 || went.has(wrong.code ?? '')) {
    socket.destroy()
    return
  }
  const problem = isProblem(wrong) ? wrong : requestProblem(wrong, socket.firstByte)
  tape.event(socket.connection, now(), { type: 'failed', problem })
  if (socket.writable) socket.end(refusals[socket.firstByte ?? 0] ?? failureResponse(problem), () => socket.destroy())
  else socket.destroy()
}

/** In the words of SOCKS: request rejected; no acceptable method (RFC 1928 3). */
const refusals: Readonly<Record<number, Buffer>> = {
  [socks4]: Buffer.from([0, 91, 0, 0, 0, 0, 0, 0]),
  [socks5]: Buffer.from([5, 255]),
}
