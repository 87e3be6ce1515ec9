import { randomInt } from 'node:crypto'
import dns from 'node:dns'
import net from 'node:net'
import type { Target } from '../../model/connection.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import {
  readServiceAnswer,
  type ServiceAnswer,
  type ServiceRecord,
  serviceQuestion,
} from '../../wire/dns/service-records.ts'
import { MalformedError } from '../../wire/reader.ts'
import { withoutRoot } from '../host-pattern.ts'

const hour = 3_600_000 // ms
const mostNames = 1000
const mostAtOnce = 16
const mostServers = 2
const dnsPort = 53

export interface ServiceLookupOptions {
  /** The resolvers as `dns.getServers` tells them. */
  readonly servers?: () => readonly string[]
  /** ms for one of them to answer */
  readonly patience?: number
  readonly now?: () => number
}

type Records = readonly ServiceRecord[]

/**
 * The HTTPS records of servers (RFC 9460), which the system's look-up of a name does not tell: asked of the same
 * resolvers, beside the traffic, each name once an hour. What is not answered is as if there were none.
 */
export class ServiceLookup {
  readonly #known = new BoundedMap<string, { readonly at: number; readonly records: Promise<Records> }>(mostNames)
  readonly #servers: () => readonly string[]
  readonly #patience: number
  readonly #now: () => number
  #asking = 0

  constructor({ servers = dns.getServers, patience = 2000, now = Date.now }: ServiceLookupOptions = {}) {
    this.#servers = servers
    this.#patience = patience
    this.#now = now
  }

  /** Never rejects. */
  recordsOf(target: Target): Promise<Records> {
    const name = serviceName(target)
    if (name === undefined) return Promise.resolve([])
    const known = this.#known.use(name)
    if (known && this.#now() - known.at < hour) return known.records
    if (this.#asking >= mostAtOnce) return Promise.resolve([])
    this.#asking++
    const records = this.#ask(name).finally(() => this.#asking--)
    this.#known.delete(name)
    this.#known.set(name, { at: this.#now(), records })
    return records
  }

  async #ask(name: string): Promise<Records> {
    for (const server of this.#servers().slice(0, mostServers)) {
      const answer = await askOne(server, name, this.#patience).catch(() => undefined)
      if (answer) return answer.records
    }
    return []
  }
}

const apart = /(?:^|\.)(?:local|localhost|onion|test|invalid|internal)$/ // RFC 6761, 6762 and 7686: not for the resolvers of all

/** What stands for a target in DNS (RFC 9460 9.1); undefined where resolvers are not to be asked. */
export function serviceName({ host, port }: Target): string | undefined {
  const name = withoutRoot(host.toLowerCase())
  if (net.isIP(name) > 0 || !name.includes('.') || apart.test(name)) return undefined
  return port === 443 ? name : `_${port}._https.${name}`
}

/** `127.0.0.1`, `127.0.0.1:5353`, `::1`, `[::1]:5353` */
function endpointOf(server: string): { readonly address: string; readonly port: number } {
  const [, v6, v4, digits] = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(server) ?? []
  return { address: v6 ?? v4 ?? server, port: digits === undefined ? dnsPort : Number(digits) }
}

/** One question to one resolver. Rejects where it cannot be asked, or is silent for `patience` ms. */
async function askOne(server: string, name: string, patience: number): Promise<ServiceAnswer> {
  const { createSocket } = await import('node:dgram') // nothing else needs it
  const { address, port } = endpointOf(server)
  const id = randomInt(65_536)
  const question = serviceQuestion(id, name)
  const socket = createSocket(net.isIPv6(address) ? 'udp6' : 'udp4').unref()
  return new Promise<ServiceAnswer>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), patience).unref()
    socket.once('error', reject).once('close', () => clearTimeout(timer))
    socket.on('message', (message: Buffer) => {
      const answer = answerIn(message, name)
      if (answer?.id === id) resolve(answer)
    })
    socket.connect(port, address, (error?: Error) => (error ? reject(error) : socket.send(question))) // so it hears nobody else
  }).finally(() => socket.close())
}

function answerIn(message: Uint8Array, name: string): ServiceAnswer | undefined {
  try {
    return readServiceAnswer(message, name)
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
