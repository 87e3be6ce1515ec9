import type { Target } from '../model/connection.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import type { Party } from '../model/party.ts'
import type { ProblemCode } from './codes.ts'
import type { Problem } from './problem.ts'

type Lookup = readonly [code: ProblemCode, blame: Party, message: (host: string) => string, remedy: string]

const late: Lookup = [
  'dns/timeout',
  'parley',
  host => `the name server did not say in time where ${host} is`,
  'check the network and the name servers of this machine',
]

/** What a lookup that failed means, by the resolver’s code. */
const lookups: Readonly<Record<string, Lookup>> = {
  ENOTFOUND: [
    'dns/not-found',
    'client',
    host => `there is no host named ${host}`,
    'check the spelling; names that only some network knows can be given with --resolve HOST:ADDRESS',
  ],
  ENODATA: [
    'dns/no-address',
    'server',
    host => `the name ${host} has no address`,
    "check the name's A and AAAA records",
  ],
  EAI_AGAIN: late,
  ETIMEOUT: late,
}

/** The name of a server could not be looked up. `code` is the resolver’s. */
export function lookupProblem(host: string, code: string): Problem {
  const found = rowOf(lookups, code)
  if (!found)
    return {
      code: 'dns/failed',
      blame: 'parley',
      message: `the name ${host} could not be looked up (${code})`,
      remedy: 'check the network and the name server of this machine',
    }
  const [name, blame, message, remedy] = found
  return { code: name, blame, message: message(host), remedy }
}

/** What a dial that failed means, by the system’s code. */
const dials: Readonly<Record<string, readonly [code: ProblemCode, what: string, remedy: string]>> = {
  ECONNREFUSED: ['tcp/refused', 'refused the connection', 'is the server running, and on that port?'],
  ETIMEDOUT: ['tcp/timeout', 'did not answer', 'a firewall may drop the packets; try from another network'],
  EHOSTUNREACH: ['tcp/unreachable', 'cannot be reached', 'check the route and the VPN'],
  ENETUNREACH: ['tcp/unreachable', 'cannot be reached', 'this machine has no route to that network'],
  ECONNRESET: [
    'tcp/reset',
    'reset the connection at once',
    'a firewall, or a server that turns this machine away, is the usual cause',
  ],
  EACCES: ['tcp/forbidden', 'may not be dialled from here', 'the system forbids it; check the local firewall'],
  EADDRNOTAVAIL: ['tcp/unreachable', 'cannot be reached', 'this machine has no address to dial it from'],
}

/** The server could not be dialled. `code` is the system’s. */
export function connectProblem(target: Target, code: string): Problem {
  const found = rowOf(dials, code)
  if (!found)
    return { code: 'tcp/failed', blame: 'server', message: `${hostAndPort(target)} could not be dialled (${code})` }
  const [name, what, remedy] = found
  return { code: name, blame: 'server', message: `${hostAndPort(target)} ${what}`, remedy }
}

const rowOf = <T>(table: Readonly<Record<string, T>>, code: string): T | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined
