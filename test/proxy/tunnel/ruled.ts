// Tunnels to one target, with what rules say of them.
import { createServer } from 'node:net'
import type { TestContext } from 'node:test'
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls'
import type { Target } from '../../../src/model/connection.ts'
import { servicesFor } from '../../../src/proxy/listener.ts'
import type { ProxyOptions } from '../../../src/proxy/services.ts'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { tunnel } from '../../../src/proxy/tunnel/tunnel.ts'
import type { ConnectionFacts, ConnectionRuling } from '../../../src/rules/rulings.ts'
import { MemoryTape } from '../memory-tape.ts'
import { optionsIn, share } from '../running.ts'

type Ruling = Omit<ConnectionRuling, 'by'> | undefined

export interface RuledTunnel {
  readonly tape: MemoryTape
  readonly asked: ConnectionFacts[]
  /** Resolves when its handshake is over, rejects with what ended it. */
  connect(options?: ConnectionOptions): Promise<TLSSocket>
}

/** Whoever connects finds a tunnel to the target. */
export async function ruledTunnel(
  t: Pick<TestContext, 'after'>,
  target: Target,
  ruling: Ruling | ((facts: ConnectionFacts) => Ruling),
  options: Partial<ProxyOptions> = {},
): Promise<RuledTunnel> {
  const { authority, folder } = await share()
  const [tape, asked]: [MemoryTape, ConnectionFacts[]] = [new MemoryTape(), []]
  const own = {
    listens: () => ({ host: '127.0.0.1', port: 1 }),
    since: 0,
    passThrough: new Set<string>(),
    isOurs: () => false,
  }
  const rulings = {
    claims: () => undefined,
    connection(facts: ConnectionFacts) {
      asked.push(facts)
      const found = typeof ruling === 'function' ? ruling(facts) : ruling
      return found && { ...found, by: ['a rule'] }
    },
  }
  const services = { ...servicesFor({ ...optionsIn(folder), ...options }, tape, authority, own), rulings }
  let last = 0
  const server = createServer({ allowHalfOpen: true }, socket => {
    const connection = ++last
    void tunnel(services, connection, new JsTap({ socket, tape, connection, leg: 'client' }), target)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as { readonly port: number }
  t.after(() => server.close())
  const connect = (wanted: ConnectionOptions = {}): Promise<TLSSocket> => {
    const client = tls.connect({
      port,
      host: '127.0.0.1',
      servername: target.host,
      ca: authority.certificatePem,
      ...wanted,
    })
    t.after(() => client.destroy())
    return new Promise((resolve, reject) => {
      client.once('secureConnect', () => resolve(client)).once('error', reject)
      client.once('close', () => reject(new Error('closed')))
    })
  }
  return { tape, asked, connect }
}
