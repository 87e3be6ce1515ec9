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
  EMFILE: 'proxy/no-descriptors',
  ENFILE: 'proxy/no-descriptors',
}

/** What a dial that failed means, by the system’s code. */
const dials: Readonly<Record<string, ProblemCode>> = {
  ECONNREFUSED: 'tcp/refused',
  ETIMEDOUT: 'tcp/timeout',
  EHOSTUNREACH: 'tcp/unreachable',
  ENETUNREACH: 'tcp/unreachable',
  EADDRNOTAVAIL: 'tcp/no-local-address',
  EMFILE: 'proxy/no-descriptors',
  ENFILE: 'proxy/no-descriptors',
  ECONNRESET: 'tcp/reset',
  EACCES: 'tcp/forbidden',
  EPERM: 'tcp/forbidden',
}

/** A request that would come back to Parley. */
export const loopProblem = (target: Target): Problem => problemOf('proxy/loop', { detail: hostAndPort(target) })

/** The name of a server could not be looked up. `code` is the resolver’s; `unusedProxy` as for connectProblem. */
export function lookupProblem(host: string, code: string, unusedProxy?: string): Problem {
  const known = Object.hasOwn(lookups, code) ? lookups[code] : undefined
  return withHint(
    known ? problemOf(known, { detail: host }) : problemOf('dns/failed', { detail: `${host} (${code})` }),
    unusedProxy,
  )
}

/** The server could not be dialled. `code` is the system’s; `unusedProxy` a variable that names a proxy Parley passed by. */
export function connectProblem(target: Target, code: string, unusedProxy?: string): Problem {
  const known = Object.hasOwn(dials, code) ? dials[code] : undefined
  const where = hostAndPort(target)
  return withHint(
    known ? problemOf(known, { detail: where }) : problemOf('tcp/failed', { detail: `${where} (${code})` }),
    unusedProxy,
  )
}

/** That a variable of Parley’s environment names another proxy, and what follows from that. */
export const unusedProxySaid = (variable: string): string =>
  `${variable} is set where Parley runs, but Parley dials servers itself; with --upstream-proxy env it goes by it`

function withHint(problem: Problem, unusedProxy: string | undefined): Problem {
  if (unusedProxy === undefined || problem.code === 'proxy/no-descriptors') return problem
  const hint = `${unusedProxySaid(unusedProxy)}. Where only that proxy leads out, nothing is reached.`
  return { ...problem, remedy: [problem.remedy, hint].filter(Boolean).join(' ') }
}
