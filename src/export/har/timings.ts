import type { Timing } from '../../view/timing/timing.ts'
import type { HarTimings } from './values.ts'

const unknown = -1

/** In HAR `connect` has `ssl` in it, and there is no client leg: Parley's handshake with the client is waiting to the server. */
export function harTimings({ blocked, dns, connect, tlsUpstream, tlsClient, send, wait, receive }: Timing): HarTimings {
  return {
    blocked: sum(blocked, tlsClient) ?? unknown,
    dns: dns ?? unknown,
    connect: sum(connect, tlsUpstream) ?? unknown,
    ssl: tlsUpstream ?? unknown,
    send: send ?? 0,
    wait: wait ?? 0,
    receive: receive ?? 0,
    _tlsClient: tlsClient ?? unknown,
  }
}

/** What a reader adds up: all but what is contained in something else. */
export const harTime = ({ blocked, dns, connect, send, wait, receive }: HarTimings): number =>
  [blocked, dns, connect, send, wait, receive].reduce((total, part) => total + Math.max(0, part), 0)

const sum = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)
