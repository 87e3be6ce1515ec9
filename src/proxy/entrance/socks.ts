import type { Entrance, Target } from '../../model/connection.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { MalformedError } from '../../wire/reader.ts'
import { granted4, rejected4, socks4Reply, takeSocks4 } from '../../wire/socks/socks4.ts'
import {
  addressNotSupported,
  commandNotSupported,
  loginAnswer,
  maskedLogin,
  methodChosen,
  noLogin,
  noMethod,
  notAllowed,
  passwordLogin,
  socks5Reply,
  succeeded,
  takeGreeting,
  takeLogin,
  takeSocks5,
} from '../../wire/socks/socks5.ts'
import type { SocksRequest } from '../../wire/socks/whole.ts'
import type { Access } from '../services.ts'
import { tunnel } from '../tunnel/tunnel.ts'
import { type Arrival, aim } from './arrival.ts'
import { parseAuthority } from './authority.ts'
import { Gone, Opening, Refusal } from './opening.ts'

/** Serves a client whose first byte is the version of SOCKS: 4 or 5. It gets a tunnel, or is told why not. */
export async function enterSocks(arrival: Arrival, first: Buffer): Promise<void> {
  const { services, connection } = arrival
  const opening = new Opening(arrival, first)
  const version = first[0] === 4 ? socks4 : socks5
  try {
    const { request, entrance } = await version.ask(opening, services.access)
    const target = targetOf(request, version)
    const problem = aim(arrival, entrance, target)
    if (problem) throw new Refusal(problem, version.refusal(notAllowed))
    opening.say(version.agreed)
    void tunnel(services, connection, opening.handOver(), target)
  } catch (error) {
    if (error instanceof Gone) return void arrival.socket.destroy()
    opening.refuse(asRefusal(error, version))
  }
}

interface Version {
  ask(opening: Opening, access: Access): Promise<{ readonly request: SocksRequest; readonly entrance: Entrance }>
  readonly agreed: Buffer
  /** `code` is one of SOCKS5's; the older version has one for all. */
  refusal(code: number): Buffer
}

const socks4: Version = {
  async ask(opening, access) {
    const request = await opening.read(takeSocks4)
    if (access.asks) throw new Refusal(problemOf('proxy/credentials', { detail: 'SOCKS4 has none' }), refused4)
    return { request, entrance: request.named ? 'socks4a' : 'socks4' }
  },
  agreed: socks4Reply(granted4),
  refusal: () => refused4,
}
const refused4 = socks4Reply(rejected4)

const socks5: Version = {
  async ask(opening, access) {
    const offered = await opening.read(takeGreeting)
    const method = [...(access.asks ? [] : [noLogin]), passwordLogin].find(one => offered.includes(one))
    if (method === undefined) throw new Refusal(noCommonMethod(access, offered), methodChosen(noMethod))
    opening.say(methodChosen(method))
    if (method === passwordLogin) {
      const { user, password } = await opening.read(takeLogin, maskedLogin)
      if (!access.knows(user, password)) throw new Refusal(problemOf('proxy/credentials'), loginAnswer(false))
      opening.say(loginAnswer(true))
    }
    return { request: await opening.read(takeSocks5), entrance: 'socks5' }
  },
  agreed: socks5Reply(succeeded),
  refusal: socks5Reply,
}

const noCommonMethod = ({ asks }: Access, offered: readonly number[]): Problem =>
  asks
    ? problemOf('proxy/credentials', { detail: 'the client offers none' })
    : problemOf('proxy/bad-socks', { detail: `it offers the login methods ${offered.join(', ') || 'none'}` })

const connectCommand = 1
const commandNames: Readonly<Record<number, string>> = { 2: 'BIND', 3: 'UDP ASSOCIATE' }

/** Throws a Refusal where no TCP connection is asked for, or its host is none. */
function targetOf({ command, host, port }: SocksRequest, version: Version): Target {
  if (command !== connectCommand) {
    const detail = commandNames[command] ?? `command ${command}`
    throw new Refusal(problemOf('proxy/socks-command', { detail }), version.refusal(commandNotSupported))
  }
  const target = parseAuthority(`${host.includes(':') ? `[${host}]` : host}:${port}`)
  if (target) return target
  const problem = problemOf('proxy/bad-socks', { detail: `${host}:${port} is no host and port` })
  throw new Refusal(problem, version.refusal(addressNotSupported))
}

function asRefusal(error: unknown, version: Version): Refusal {
  if (error instanceof Refusal) return error
  const { message } = error as Error
  const malformed = error instanceof MalformedError
  const problem = problemOf(malformed ? 'proxy/bad-socks' : 'proxy/internal', { detail: message })
  return new Refusal(problem, version.refusal(malformed ? addressNotSupported : 1))
}
