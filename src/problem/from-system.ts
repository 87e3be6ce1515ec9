import type { Target } from '../model/connection.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import type { ProblemCode } from './codes.ts'
import { type Problem, problemOf } from './problem.ts'

/** What a lookup that failed means, by the resolver’s code. */
const lookups: Readonly<Record<string, ProblemCode>> = {
  ENOTFOUND: 'dns/not-found',
  ENODATA: 'dns/no-address',
  EAI_AGAIN: 'dns/timeout',
  ETIMEOUT: 'dns/timeout',
}

/** What a dial that failed means, by the system’s code. */
const dials: Readonly<Record<string, ProblemCode>> = {
  ECONNREFUSED: 'tcp/refused',
  ETIMEDOUT: 'tcp/timeout',
  EHOSTUNREACH: 'tcp/unreachable',
  ENETUNREACH: 'tcp/unreachable',
  EADDRNOTAVAIL: 'tcp/unreachable',
  ECONNRESET: 'tcp/reset',
  EACCES: 'tcp/forbidden',
}

/** A request that would come back to Parley. */
export const loopProblem = (target: Target): Problem => problemOf('proxy/loop', { detail: hostAndPort(target) })

/** The name of a server could not be looked up. `code` is the resolver’s. */
export const lookupProblem = (host: string, code: string): Problem =>
  Object.hasOwn(lookups, code)
    ? problemOf(lookups[code]!, { detail: host })
    : problemOf('dns/failed', { detail: `${host} (${code})` })

/** The server could not be dialled. `code` is the system’s. */
export const connectProblem = (target: Target, code: string): Problem =>
  Object.hasOwn(dials, code)
    ? problemOf(dials[code]!, { detail: hostAndPort(target) })
    : problemOf('tcp/failed', { detail: `${hostAndPort(target)} (${code})` })
