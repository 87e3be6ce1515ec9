import type { Problem } from '../../problem/problem.ts'
import { failureResponse } from '../failure-page.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import type { ContentTap } from '../socket/content-tap.ts'

const [socks4, socks5] = [4, 5]

/** Ends a connection whose client sent what is no request that a proxy can serve, and says why in its own protocol. */
export function refuse({ tape }: Services, client: ContentTap, problem: Problem): void {
  tape.event(client.connection, now(), { type: 'failed', problem })
  client.write(refusals[client.firstByte ?? 0] ?? failureResponse(problem))
  client.destroySoon()
}

/** In the words of SOCKS: request rejected; no acceptable method (RFC 1928 3). */
const refusals: Readonly<Record<number, Buffer>> = {
  [socks4]: Buffer.from([0, 91, 0, 0, 0, 0, 0, 0]),
  [socks5]: Buffer.from([5, 255]),
}
